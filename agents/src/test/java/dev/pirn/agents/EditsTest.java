package dev.pirn.agents;

import static dev.pirn.agents.AgentEvent.Kind.ACTIVE;
import static dev.pirn.agents.AgentEvent.Kind.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.testkit.Scribe;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Edits in the ways in which editors and tools save, some one after the other at once: what was
/// saved last is always what is served in the end. `-Dpirn.edits=1000` for the long form,
/// `-Dpirn.seed=N` for another order.
@Timeout(3600)
class EditsTest {
  private static final int EDITS = Integer.getInteger("pirn.edits", 60);

  private static final List<BiConsumer<Scribe, String>> STYLES =
      List.of(
          Scribe::inPlace,
          Scribe::viaRename,
          Scribe::likeVim,
          Scribe::deleteAndRecreate,
          (scribe, text) ->
              scribe.inPieces(List.of(text.substring(0, 9), text.substring(9)), _ -> {}),
          (scribe, text) -> {
            scribe.truncate();
            scribe.inPlace(text);
          });

  @TempDir private Path temp;

  @Test
  void whatWasSavedLastIsServed() throws Exception {
    long seed = Long.getLong("pirn.seed", System.nanoTime());
    Random random = new Random(seed);
    try (Running desk = new Running(temp)) {
      Scribe main = Scribe.of(desk.write("agents/a/main.py", Running.python("edit0")));
      Scribe word = Scribe.of(desk.write("agents/a/word.py", "WORD = 'word0'\n"));
      String says = "=WORD + 'and%d'";
      main.inPlace(Running.python(says.formatted(0), "from word import WORD"));
      desk.open();
      desk.await("a", ACTIVE);
      int own = 0;
      for (int i = 1; i <= EDITS; ) {
        // Up to three saves without a pause, of either file.
        int other = 0;
        for (int burst = random.nextInt(3); burst >= 0 && i <= EDITS; burst--, i++) {
          BiConsumer<Scribe, String> style = STYLES.get(random.nextInt(STYLES.size()));
          if (random.nextBoolean()) {
            own = i;
            String text = Running.python(says.formatted(i), "from word import WORD");
            style.accept(main, text);
          } else {
            other = i;
            style.accept(word, "WORD = 'word%d'\n".formatted(i));
          }
        }
        String wanted = (other == 0 ? lastWord : "word" + other) + "and" + own;
        lastWord = other == 0 ? lastWord : "word" + other;
        serves(desk, wanted, seed, i);
      }
      assertThat(desk.events("a", REJECTED)).as("seed %d", seed).isEmpty();
      assertThat(desk.state("a").traffic().failed()).isZero();
      System.out.printf("%d edits, none missed, %d swaps%n", EDITS, desk.state("a").restarts());
    }
  }

  private String lastWord = "word0";

  private static void serves(Running desk, String wanted, long seed, int edit) {
    int swaps = desk.events("a", ACTIVE).size();
    while (!desk.word("a").equals(wanted)) {
      int seen = swaps;
      desk.await(
          () -> desk.events("a", ACTIVE).size() > seen || desk.word("a").equals(wanted),
          () ->
              "%s after edit %d with seed %d, serves %s"
                  .formatted(wanted, edit, seed, desk.word("a")));
      swaps = desk.events("a", ACTIVE).size();
    }
  }
}
