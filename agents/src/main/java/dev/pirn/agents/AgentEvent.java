package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened to an agent.
///
/// @param kind what
/// @param agent the agent's name
/// @param generation which generation it is about; 0 for none
/// @param time when
/// @param reason why, in a few words; null where the kind says it
/// @param files the files because of which it happened, sorted
/// @param timings the steps so far; [SwapTimings#NONE] where nothing was measured
/// @param diagnostics what is wrong, if that is known
/// @param lastLines the last lines of a process that failed
public record AgentEvent(
    Kind kind,
    String agent,
    long generation,
    Instant time,
    @Nullable String reason,
    List<Path> files,
    SwapTimings timings,
    List<Diagnostic> diagnostics,
    List<String> lastLines) {
  /// What can happen. The set may grow.
  public enum Kind {
    /// A process is being started.
    STARTING,
    /// It is ready for requests.
    READY,
    /// Requests go to it.
    ACTIVE,
    /// Requests go to it no more; it answers those that it has.
    DRAINING,
    /// It has ended as it should.
    STOPPED,
    /// It will not be put in force; what was stays.
    REJECTED,
    /// It has ended by itself.
    CRASHED,
    /// It is not restarted for a while: it ends again and again, or its files change without end.
    SUSPENDED,
    /// A file that is only to be reported has changed.
    NOTICED,
    /// An agent that it depends on has another process.
    DEPENDENCY;

    /// As events are called: `agent.starting`.
    public String type() {
      return "agent." + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public AgentEvent {
    files = List.copyOf(files);
    diagnostics = List.copyOf(diagnostics);
    lastLines = List.copyOf(lastLines);
  }

  static AgentEvent of(Kind kind, String agent, long generation, @Nullable String reason) {
    return new AgentEvent(
        kind,
        agent,
        generation,
        Instant.now(),
        reason,
        List.of(),
        SwapTimings.NONE,
        List.of(),
        List.of());
  }

  AgentEvent files(List<Path> files) {
    return new AgentEvent(
        kind, agent, generation, time, reason, files, timings, diagnostics, lastLines);
  }

  AgentEvent timings(SwapTimings timings) {
    return new AgentEvent(
        kind, agent, generation, time, reason, files, timings, diagnostics, lastLines);
  }

  AgentEvent because(List<Diagnostic> diagnostics, List<String> lastLines) {
    return new AgentEvent(
        kind, agent, generation, time, reason, files, timings, diagnostics, lastLines);
  }
}
