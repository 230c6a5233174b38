package dev.pirn.settings;

import dev.pirn.live.Place;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a search has found to be best.
///
/// `{"best": {"params": {...}, "fitness": 0.9}}` or only `{"params": {...}}`; beside either, there
/// may be `experiment`, `promotion_id` and `metrics`.
///
/// @param experiment which search; null if it does not say
/// @param promotionId what it calls itself; null if it does not say
/// @param params its parameters; what is no single value is null
/// @param metrics what it reached
record Winner(
    @Nullable String experiment,
    @Nullable String promotionId,
    Map<String, Param> params,
    Map<String, String> metrics) {

  /// A parameter's value as it is spelled, or null if it is not a single one.
  record Param(@Nullable String value, Place place) {}

  /// Reads one; null if it has no parameters.
  static @Nullable Winner of(YamlNode root) {
    if (!(root instanceof YamlMap all)) {
      return null;
    }
    YamlMap best = all.get("best") instanceof YamlMap map ? map : all;
    if (!(best.get("params") instanceof YamlMap given) || given.entries().isEmpty()) {
      return null;
    }
    Map<String, Param> params = new LinkedHashMap<>();
    for (YamlMap.Entry entry : given.entries()) {
      params.put(entry.key().text(), new Param(text(entry.value()), hidden(entry.value().place())));
    }
    Map<String, String> metrics = new LinkedHashMap<>();
    reached(all.get("metrics"), metrics);
    reached(best.get("metrics"), metrics);
    reached(best, metrics);
    return new Winner(
        either("experiment", best, all), either("promotion_id", best, all), params, metrics);
  }

  private static void reached(@Nullable YamlNode node, Map<String, String> metrics) {
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map.entries()) {
        String value = text(entry.value());
        if (value != null) {
          metrics.put(entry.key().text(), value);
        }
      }
    }
  }

  /// A place without its line, in which a secret may stand.
  static Place hidden(Place place) {
    return new Place(place.file(), place.line(), place.column(), place.length(), null);
  }

  private static @Nullable String either(String key, YamlMap first, YamlMap second) {
    String value = text(first.get(key));
    return value == null ? text(second.get(key)) : value;
  }

  private static @Nullable String text(@Nullable YamlNode node) {
    return node instanceof YamlScalar scalar && !scalar.isNull() ? scalar.text() : null;
  }

  /// What makes it the same winner: its experiment, its own name, and its parameters in any order.
  String identity(String experimentName) {
    SortedMap<String, Object> sorted = new TreeMap<>();
    params.forEach((name, param) -> sorted.put(name, String.valueOf(param.value())));
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("experiment", experimentName);
    all.put("promotion_id", promotionId);
    all.put("params", sorted);
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] bytes = Json.of(all).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(sha256.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
