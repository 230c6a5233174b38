package dev.pirn.patterns;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// The arithmetic of weighted choice, in the order of the names so that it is the same everywhere.
final class Weights {
  private Weights() {}

  static Map<String, Integer> checked(Map<String, Integer> weights) {
    weights.forEach((name, weight) -> {
      if (weight < 0) {
        throw new IllegalArgumentException(
            "weight of \"%s\" must not be negative, was %d".formatted(name, weight));
      }
    });
    if (total(weights) == 0) {
      throw new IllegalArgumentException("at least one weight must be over 0, were " + weights);
    }
    return Collections.unmodifiableMap(new TreeMap<>(weights));
  }

  static long total(Map<String, Integer> weights) {
    return weights.values().stream().mapToLong(Integer::longValue).sum();
  }

  /// The name whose share of the weights the point falls into.
  static String at(long point, Map<String, Integer> weights) {
    long end = 0;
    for (Map.Entry<String, Integer> weight : weights.entrySet()) {
      end += weight.getValue();
      if (point < end) {
        return weight.getKey();
      }
    }
    throw new IllegalArgumentException(
        "point must be below the sum %d, was %d".formatted(end, point));
  }
}
