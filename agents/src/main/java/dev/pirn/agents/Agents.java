package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Subscription;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Agents that are run, and swapped when their code changes.
///
/// ```java
/// try (Agents agents = Agents.open(AgentsOptions.of(Path.of("")))) {
///   agents.list().forEach(agent -> System.out.println(agent.name() + " at " + agent.url()));
///   agents.restart("greeter").toCompletableFuture().join();
/// }
/// ```
///
/// Each agent has an address that stays. What is sent there is answered by the process that is in
/// force, or waits for it. A process that replaces another takes over when it is ready; if it never
/// is, the other one stays.
///
/// **Threading.** All methods may be called by any thread. Each agent has a thread of its own that
/// decides, `pirn-agent-NAME`.
///
/// **Life cycle.** [#open] returns when the agents have been found; they start then, those that
/// others depend on first. [#close] ends all processes, and takes no longer than their grace and
/// some seconds.
///
/// **Failure.** A definition that is broken leaves what runs as it is. See [#diagnostics] and
/// [AgentState#rejection].
public final class Agents implements AutoCloseable {
  private Agents() {}

  /// Finds agents, starts them, and follows their files.
  ///
  /// @param listener is told from the first event on
  public static Agents open(AgentsOptions options, AgentListener listener) {
    throw new UnsupportedOperationException();
  }

  /// All agents, by name.
  public List<AgentState> list() {
    throw new UnsupportedOperationException();
  }

  /// One agent.
  public Optional<AgentState> get(String name) {
    throw new UnsupportedOperationException();
  }

  /// What to tell somebody who asked for a name that is not there.
  public Diagnostic notFound(String name) {
    throw new UnsupportedOperationException();
  }

  /// Starts an agent that does not run.
  ///
  /// @return how it stands when that has succeeded or failed; failed for a name that is not there
  public CompletionStage<AgentState> start(String name) {
    throw new UnsupportedOperationException();
  }

  /// Stops an agent; its address stays, and refuses.
  public CompletionStage<AgentState> stop(String name) {
    throw new UnsupportedOperationException();
  }

  /// Replaces an agent's process in the agent's mode, and follows its files again if they were
  /// suspended.
  public CompletionStage<AgentState> restart(String name) {
    throw new UnsupportedOperationException();
  }

  /// Takes paths beside those that are run; what is no agent there is an error.
  public List<Diagnostic> add(Collection<Path> named) {
    throw new UnsupportedOperationException();
  }

  /// Restarts, or signals, the agents that take one of these settings.
  public void settingsChanged(Collection<String> keys) {
    throw new UnsupportedOperationException();
  }

  /// What a change of a file would do, and why.
  public Explanation explain(Path file) {
    throw new UnsupportedOperationException();
  }

  /// What is wrong with definitions now.
  public List<Diagnostic> diagnostics() {
    throw new UnsupportedOperationException();
  }

  /// The last lines that an agent has printed, oldest first, each with its generation.
  public List<String> lastLines(String name, int most) {
    throw new UnsupportedOperationException();
  }

  /// The file in which an agent's lines are kept.
  public Path logFile(String name) {
    throw new UnsupportedOperationException();
  }

  /// Tells another listener from now on.
  public Subscription listen(AgentListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
