package dev.pirn.agents.state;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// What agents keep beyond the life of their processes: a few values each, under names.
///
/// ```java
/// StateStore store = StateStore.open(folder.resolve("agents"), LOG::warn);
/// store.clear("greeter");
/// ```
///
/// Each value is a file of its own, which is replaced in one step: a crash leaves the old value or
/// the new one. It carries a digest, which is checked when it is read; a file that is not what was
/// written is set aside, reported, and its value cannot be read until it is written anew.
///
/// **Threading.** All methods may be called by any thread, and block.
///
/// **Failure.** [StateException]; what was kept is unchanged then.
///
/// **Units and defaults.** A value has at most 1 MiB; an agent has at most 1,000 values and 16 MiB.
public final class StateStore {
  private final Path folder;
  private final Consumer<? super String> problems;
  private final Map<String, AgentState> agents = new ConcurrentHashMap<>();

  private StateStore(Path folder, Consumer<? super String> problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /// A store in a folder, which is made when something is written. No two stores may have the same
  /// folder at one time.
  ///
  /// @param problems is told what was found damaged, by the thread that found it; must not block
  public static StateStore open(Path folder, Consumer<? super String> problems) {
    return new StateStore(
        Objects.requireNonNull(folder, "folder"), Objects.requireNonNull(problems, "problems"));
  }

  /// Deletes all that an agent has kept, damaged files included.
  ///
  /// @throws StateException if the disk fails
  public void clear(String agent) {
    of(agent).clear();
  }

  /// The names of what an agent keeps, in their order; not those of damaged values.
  ///
  /// @throws StateException if the disk fails
  public java.util.List<String> keys(String agent) {
    return of(agent).list().stream().map(AgentState.Listed::key).toList();
  }

  AgentState of(String agent) {
    Objects.requireNonNull(agent, "agent");
    if (!AgentState.isKey(agent)) {
      throw new IllegalArgumentException(
          "an agent's name is 1 to 128 letters, digits, dots, hyphens and underscores, was \"%s\""
              .formatted(agent));
    }
    return agents.computeIfAbsent(
        agent, name -> new AgentState(name, folder.resolve(Stored.nameOf(name)), problems::accept));
  }
}
