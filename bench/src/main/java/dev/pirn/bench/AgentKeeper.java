package dev.pirn.bench;

import dev.pirn.agents.AgentEvent;
import dev.pirn.agents.AgentListener;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.agents.AgentsOptions;
import dev.pirn.agents.Mode;
import dev.pirn.agents.SwapTimings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Who keeps an agent running while its code is edited: Pirn, or a peer.
interface AgentKeeper {
  /// How it is called in the table.
  String title();

  /// What is missing here and how to get it; null if it can be used.
  @Nullable String missing();

  /// Whether it is for agents in this language.
  boolean keeps(AgentProgram program);

  /// Starts an agent that was written into a workspace, and waits until it answers.
  Kept keep(AgentProgram program, Path workspace) throws Exception;

  /// An agent that runs.
  ///
  /// @param port where it answers
  /// @param steps what the keeper itself says of the restarts, for the note
  /// @param end ends it
  record Kept(int port, Supplier<String> steps, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /// Pirn, in one of its modes.
  record Pirn(Mode mode) implements AgentKeeper {
    private static final long START_SECONDS = 60;

    @Override
    public String title() {
      return "pirn " + word();
    }

    private String word() {
      return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public @Nullable String missing() {
      return null;
    }

    @Override
    public boolean keeps(AgentProgram program) {
      return true;
    }

    @Override
    public Kept keep(AgentProgram program, Path workspace) throws Exception {
      Path definition = AgentProgram.folder(workspace).resolve("agent.yaml");
      Files.writeString(definition, Files.readString(definition) + "mode: " + word() + "\n");
      Agents agents = open(AgentsOptions.of(workspace), 1);
      Queue<SwapTimings> timings = new ConcurrentLinkedQueue<>();
      var _ =
          agents.listen(event -> {
            if (event.kind() == AgentEvent.Kind.ACTIVE) {
              timings.add(event.timings());
            }
          });
      AgentState state = agents.list().getFirst();
      int port = URI.create(Objects.requireNonNull(state.url())).getPort();
      return new Kept(port, () -> steps(timings), agents::close);
    }

    /// How long the steps took at p50, up to the one after which requests go to the new process.
    private static String steps(Collection<SwapTimings> timings) {
      if (timings.isEmpty()) {
        return "";
      }
      StringBuilder steps = new StringBuilder("; p50 of");
      for (String step : List.of("detect", "precheck", "start", "ready", "swap")) {
        double[] millis =
            timings.stream()
                .mapToDouble(it -> it.toMap().get(step + "_ms") instanceof Double ms ? ms : 0)
                .toArray();
        steps.append(" %s %.0f".formatted(step, Sample.of(millis).p50()));
      }
      return steps.append(" ms").toString();
    }

    /// Agents of which that many answer, and which may be restarted as often as one likes.
    static Agents open(AgentsOptions options, int wanted) throws IOException, InterruptedException {
      CompletableFuture<?> up = new CompletableFuture<>();
      Agents agents =
          Agents.open(
              options.mostRestarts(0),
              new AgentListener() {
                private int active;

                @Override
                public synchronized void onEvent(AgentEvent event) {
                  if (event.kind() == AgentEvent.Kind.ACTIVE && ++active == wanted) {
                    up.complete(null);
                  } else if (event.kind() == AgentEvent.Kind.REJECTED) {
                    String last = String.join("\n", event.lastLines());
                    up.completeExceptionally(new IOException(event.reason() + "\n" + last));
                  }
                }
              });
      try {
        up.get(START_SECONDS, TimeUnit.SECONDS);
        return agents;
      } catch (ExecutionException | TimeoutException e) {
        agents.close();
        throw new IOException("not all agents got ready: " + e.getMessage(), e);
      }
    }
  }

  static List<AgentKeeper> pirn() {
    return List.of(new Pirn(Mode.BLUE_GREEN), new Pirn(Mode.HOLD));
  }
}
