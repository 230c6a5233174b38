package dev.pirn.agents.front;

import java.time.Duration;
import java.util.Map;

/// What a front has done since it was opened.
///
/// @param requests how many requests have come
/// @param failed how many the front answered itself with 5xx, or could not answer to the end
///   because of the agent
/// @param refused how many the front refused because of what they were, with 4xx
/// @param cut how many streams were ended because their process had to go
/// @param left how many clients left before they were answered
/// @param held how many requests wait now
/// @param mostHeld how many have waited at once
/// @param replayed how often a request was given to a process again
/// @param longestHold how long a request has waited at most, of those that wait no more
/// @param inFlight how many requests are with which generation; one without any may be missing
/// @param bytesIn how many bytes of bodies were received from clients, WebSockets included
/// @param bytesOut how many bytes of bodies were sent to clients, WebSockets included
public record FrontStatistics(
    long requests,
    long failed,
    long refused,
    long cut,
    long left,
    int held,
    int mostHeld,
    long replayed,
    Duration longestHold,
    Map<Long, Integer> inFlight,
    long bytesIn,
    long bytesOut) {
  /// Copies what it is given.
  public FrontStatistics {
    inFlight = Map.copyOf(inFlight);
  }
}
