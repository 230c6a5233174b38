package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Agents whose code is edited by another process while clients ask them: how long it takes until
/// an answer is of the new code, and how many requests fail meanwhile.
final class AgentEdits {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 100_000_000L;

  /// On two cores a client that never pauses would take one from what is measured.
  private static final AgentClient.Manner EAGER =
      new AgentClient.Manner(true, false, Duration.ofMillis(2));

  private static final List<AgentClient.Manner> LOAD =
      Stream.of(true, false)
          .map(keepAlive -> new AgentClient.Manner(keepAlive, true, Duration.ofMillis(20)))
          .flatMap(manner -> Collections.nCopies(16, manner).stream())
          .toList();

  private AgentEdits() {}

  /// What came of the edits.
  ///
  /// @param millis from `close(2)` to the first answer that shows an edit
  /// @param lost how many edits no answer has shown in time
  /// @param clients who asked
  /// @param steps what the keeper says of it
  private record Outcome(Sample millis, int lost, List<AgentClient> clients, String steps) {
    Outcome {
      clients = List.copyOf(clients);
    }

    double[] answered() {
      return clients.stream().flatMapToDouble(it -> DoubleStream.of(it.millis())).toArray();
    }

    /// Why a request failed that was not just refused.
    String failure() {
      return clients.stream()
          .flatMap(it -> Stream.ofNullable(it.failure()))
          .findFirst()
          .map(it -> ", others: " + it)
          .orElse("");
    }
  }

  /// The time to the first answer of the new code; one client asks 2 ms after each answer or
  /// failure.
  static String swaps(AgentKeeper keeper, AgentProgram program, int edits) throws Exception {
    String figure =
        "%s: edit -> first answer of new code, %s".formatted(keeper.title(), program.language());
    return row(
        figure,
        keeper,
        program,
        () -> {
          Outcome outcome = run(keeper, program, edits, List.of(EAGER));
          String note = "lost " + outcome.lost + outcome.steps;
          return Sample.row(figure, outcome.millis, "ms", note);
        });
  }

  /// The requests that fail while 32 clients ask, half of them with a new connection each time,
  /// half of the requests POSTs.
  static String failures(AgentKeeper keeper, AgentProgram program, String manners, int edits)
      throws Exception {
    String figure =
        "%s: answers under 32 clients, agent %s SIGTERM".formatted(keeper.title(), manners);
    return row(
        figure,
        keeper,
        program,
        () -> {
          Outcome outcome = run(keeper, program, edits, LOAD);
          double[] answered = outcome.answered();
          long failed = outcome.clients.stream().mapToLong(AgentClient::failed).sum();
          long refused = outcome.clients.stream().mapToLong(AgentClient::refused).sum();
          String note =
              "failed %,d of %,d in %d restarts, lost %d; refused %,d%s"
                  .formatted(
                      failed,
                      answered.length + failed,
                      edits + warmUp(edits),
                      outcome.lost,
                      refused,
                      outcome.failure());
          return Sample.row(figure, Sample.of(answered), "ms", note);
        });
  }

  private static String row(
      String figure, AgentKeeper keeper, AgentProgram program, Callable<String> measured)
      throws Exception {
    String missing = program.missing() == null ? keeper.missing() : program.missing();
    if (missing != null) {
      return Sample.skipped(figure, missing);
    }
    try {
      return measured.call();
    } catch (IOException e) {
      return figure + " failed: " + e.getMessage();
    }
  }

  private static int warmUp(int edits) {
    return Math.max(1, edits / 10);
  }

  private static Outcome run(
      AgentKeeper keeper, AgentProgram program, int edits, List<AgentClient.Manner> manners)
      throws Exception {
    Path workspace = Files.createTempDirectory("pirn-bench-agents-").toRealPath();
    Path edited = program.write(workspace);
    double[] millis = new double[edits];
    int measured = 0;
    List<AgentClient> clients = new ArrayList<>();
    AgentClient.Sight sight = new AgentClient.Sight();
    String steps;
    try (OtherProcess writer = new OtherProcess(edited, program.mark())) {
      writer.order("save 0");
      try (AgentKeeper.Kept kept = keeper.keep(program, workspace)) {
        try {
          manners.forEach(it -> clients.add(new AgentClient(kept.port(), it, sight)));
          int warmUp = warmUp(edits);
          for (int i = -warmUp; i < edits; i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            int edit = i + warmUp + 1;
            long closed = writer.order("save " + edit);
            long seen = sight.await(edit, PATIENCE);
            if (i >= 0 && seen != 0) {
              millis[measured++] = (seen - closed) / 1e6;
            }
          }
        } finally {
          // Before the agent ends, whose last answers would fail.
          for (AgentClient client : clients) {
            client.end();
          }
        }
        steps = kept.steps().get();
      }
    } finally {
      Folders.delete(workspace);
    }
    double[] values = Arrays.copyOf(millis, Math.max(1, measured));
    return new Outcome(Sample.of(values), edits - measured, clients, steps);
  }
}
