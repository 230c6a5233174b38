package dev.pirn.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Agents that are kept running by Pirn and by its peers.
///
/// One after the other, with agents of the same text. Peers are edited less often than Pirn because
/// they take longer, and agents in Java less often than others; each row says how often.
final class AgentFigures {
  private static final int FEWEST = 2;

  private AgentFigures() {}

  /// @param home the repository, where the peers of npm are
  static void run(boolean quick, Path home, Consumer<String> rows) throws Exception {
    List<AgentPeer> peers = AgentPeer.all(home);
    // First, while this process has little else to do.
    rows.accept(IdleAgents.run(quick ? 5 : 20));
    swaps(peers, quick ? 10 : 50, rows);
    failures(peers, quick ? 10 : 100, rows);
    new FrontOverhead(quick ? 500 : 2_500, rows).run();
  }

  private static void swaps(List<AgentPeer> peers, int edits, Consumer<String> rows)
      throws Exception {
    List<AgentKeeper> keepers = new ArrayList<>(List.of(AgentKeeper.pirn().getFirst()));
    keepers.addAll(peers);
    for (AgentProgram program : AgentProgram.all()) {
      for (AgentKeeper keeper : keepers) {
        if (keeper.keeps(program)) {
          int ofLanguage = program.language().equals("Java") ? edits / 4 : edits;
          int times = keeper instanceof AgentPeer ? ofLanguage * 2 / 5 : ofLanguage;
          rows.accept(AgentEdits.swaps(keeper, program, Math.max(FEWEST, times)));
        }
      }
    }
  }

  private static void failures(List<AgentPeer> peers, int edits, Consumer<String> rows)
      throws Exception {
    List<AgentKeeper> keepers = new ArrayList<>(AgentKeeper.pirn());
    keepers.addAll(peers);
    AgentProgram polite = AgentProgram.node();
    for (AgentKeeper keeper : keepers) {
      int times = keeper instanceof AgentPeer ? Math.max(FEWEST, edits / 8) : edits;
      rows.accept(AgentEdits.failures(keeper, polite, "handles", times));
      rows.accept(AgentEdits.failures(keeper, polite.rude(), "dies of", times));
    }
  }
}
