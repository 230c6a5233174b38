package dev.pirn.agents;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long the steps of a start or swap took.
///
/// @param detect from the last change of a file to when it was told; zero without one
/// @param precheck checking and building the code
/// @param start until the process was there
/// @param ready from then until it was ready
/// @param swap until requests went to it
/// @param drain until the process before it had answered all of its; zero while that is not known
public record SwapTimings(
    Duration detect,
    Duration precheck,
    Duration start,
    Duration ready,
    Duration swap,
    Duration drain) {
  /// Nothing has been measured.
  public static final SwapTimings NONE =
      new SwapTimings(
          Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  SwapTimings swap(Duration swap) {
    return new SwapTimings(detect, precheck, start, ready, swap, drain);
  }

  SwapTimings drain(Duration drain) {
    return new SwapTimings(detect, precheck, start, ready, swap, drain);
  }

  /// The steps in milliseconds by their names with `_ms`, as plain data for JSON.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("detect_ms", milliseconds(detect));
    map.put("precheck_ms", milliseconds(precheck));
    map.put("start_ms", milliseconds(start));
    map.put("ready_ms", milliseconds(ready));
    map.put("swap_ms", milliseconds(swap));
    map.put("drain_ms", milliseconds(drain));
    return map;
  }

  private static double milliseconds(Duration duration) {
    return Math.round(duration.toNanos() / 1e4) / 100.0;
  }
}
