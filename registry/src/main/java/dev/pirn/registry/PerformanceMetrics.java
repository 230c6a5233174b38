package dev.pirn.registry;

import dev.pirn.yaml.Key;
import dev.pirn.yaml.Range;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured of an agent; null where nothing was.
///
/// @param avgLatencyMs the mean time of a call, in milliseconds
/// @param avgTokens the mean number of tokens of a call
/// @param successRate the share of calls that succeeded, from 0 to 1
/// @param costPerCall what a call costs
/// @param throughputPerHour how many calls an hour it takes
public record PerformanceMetrics(
    @Key("avg_latency_ms") @Nullable Double avgLatencyMs,
    @Key("avg_tokens") @Nullable Double avgTokens,
    @Key("success_rate") @Range(min = 0, max = 1) @Nullable Double successRate,
    @Key("cost_per_call") @Nullable Double costPerCall,
    @Key("throughput_per_hour") @Nullable Double throughputPerHour) {

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "avg_latency_ms", avgLatencyMs);
    put(map, "avg_tokens", avgTokens);
    put(map, "success_rate", successRate);
    put(map, "cost_per_call", costPerCall);
    put(map, "throughput_per_hour", throughputPerHour);
    return map;
  }

  private static void put(Map<String, Object> map, String key, @Nullable Double value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
