package dev.pirn.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Agents that are kept running by Pirn and by its peers.
///
/// One after the other, with agents of the same text. Peers are edited less often than Pirn,
/// because they take longer and have nothing to prove; each row says how often.
final class AgentFigures {
  private AgentFigures() {}

  /// @param home the repository, where the peers of npm are
  static void run(boolean quick, Path home, Consumer<String> rows) throws Exception {
    List<AgentPeer> peers = AgentPeer.all(home);
    // First, while this process has little else to do.
    rows.accept(IdleAgents.run(quick ? 5 : 20));
    swaps(peers, quick ? 10 : 50, rows);
    failures(peers, quick ? 10 : 100, rows);
    new FrontOverhead(quick ? 500 : 4_000, rows).run();
  }

  private static void swaps(List<AgentPeer> peers, int edits, Consumer<String> rows)
      throws Exception {
    List<AgentKeeper> keepers = new ArrayList<>(List.of(AgentKeeper.pirn().getFirst()));
    keepers.addAll(peers);
    for (AgentProgram program : AgentProgram.all()) {
      for (AgentKeeper keeper : keepers) {
        if (keeper.keeps(program)) {
          int times = keeper instanceof AgentPeer ? Math.max(3, edits * 2 / 5) : edits;
          rows.accept(AgentEdits.swaps(keeper, program, times));
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
      int times = keeper instanceof AgentPeer ? Math.max(3, edits / 5) : edits;
      rows.accept(AgentEdits.failures(keeper, polite, "handles", times));
      rows.accept(AgentEdits.failures(keeper, polite.rude(), "dies of", times));
    }
  }
}
