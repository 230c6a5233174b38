package dev.pirn.agents;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How an agent stands at one moment.
///
/// @param spec what it is
/// @param phase what it is doing
/// @param since when that began
/// @param url its address, which stays; null before its first start
/// @param generation the generation that answers, or did last; 0 before the first
/// @param pid the process of that generation; 0 if there is none
/// @param restarts how many generations have answered after the first one
/// @param crashes how often a process ended by itself
/// @param timings of the last start or swap
/// @param rejection why the last that was wanted is not in force; null if it is
/// @param suspendedBy the file because of which its files are not followed for a while; null if
///   they are followed
/// @param traffic what its address has seen
public record AgentState(
    AgentSpec spec,
    AgentPhase phase,
    Instant since,
    @Nullable String url,
    long generation,
    long pid,
    int restarts,
    int crashes,
    SwapTimings timings,
    @Nullable Rejection rejection,
    @Nullable String suspendedBy,
    Traffic traffic) {
  /// What an address has seen since it was opened.
  ///
  /// @param requests how many requests came
  /// @param failed how many could not be answered by the agent
  /// @param held how many wait now
  /// @param mostHeld how many have waited at once
  /// @param replayed how often a request was given to a process again
  public record Traffic(long requests, long failed, int held, int mostHeld, long replayed) {
    /// Before it is opened.
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0);
  }

  AgentState traffic(Traffic traffic) {
    return new AgentState(
        spec,
        phase,
        since,
        url,
        generation,
        pid,
        restarts,
        crashes,
        timings,
        rejection,
        suspendedBy,
        traffic);
  }

  /// Its name.
  public String name() {
    return spec.name();
  }

  /// The last lines of what was rejected, for people.
  public List<String> lastLines() {
    return rejection == null ? List.of() : rejection.lastLines();
  }
}
