package dev.pirn.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Random programs against the engine. More of them with `-Dpirn.simulations=N`, other ones with
/// `-Dpirn.seed=S`.
class SimulationTest {
  @Test
  @Timeout(3600)
  void deliversWhatTheDiskSaysWhateverHappens() {
    long first = Long.getLong("pirn.seed", 1);
    int count = Integer.getInteger("pirn.simulations", 20_000);
    for (long seed = first; seed < first + count; seed++) {
      List<SimulationStep> program = Simulation.program(seed);
      if (failure(seed, program) != null) {
        Assertions.fail(report(seed, shrunk(seed, program)));
      }
    }
  }

  private static @Nullable Throwable failure(long seed, List<SimulationStep> program) {
    try {
      new Simulation(seed, program).run();
      return null;
    } catch (AssertionError | RuntimeException e) {
      return e;
    }
  }

  /// Leaves out what is not needed to fail: the end first, then single steps.
  private static List<SimulationStep> shrunk(long seed, List<SimulationStep> program) {
    List<SimulationStep> least = program;
    for (int length = 1; length < program.size(); length++) {
      if (failure(seed, program.subList(0, length)) != null) {
        least = program.subList(0, length);
        break;
      }
    }
    for (boolean smaller = true; smaller; ) {
      smaller = false;
      for (int i = least.size() - 1; i >= 0; i--) {
        List<SimulationStep> fewer = new ArrayList<>(least);
        fewer.remove(i);
        if (failure(seed, fewer) != null) {
          least = fewer;
          smaller = true;
        }
      }
    }
    return least;
  }

  private static String report(long seed, List<SimulationStep> program) {
    Throwable failure = failure(seed, program);
    String trace =
        failure == null
            ? ""
            : java.util.Arrays.stream(failure.getStackTrace())
                .limit(12)
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
    return "seed "
        + seed
        + ": "
        + failure
        + IntStream.range(0, program.size())
            .mapToObj(i -> "\n  " + program.get(i))
            .collect(Collectors.joining())
        + trace;
  }
}
