package dev.pirn.patterns;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.pirn.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Documents that differ from a good one in a few places, and what a schema says of them.
final class Mutations {
  private static final List<String> LENGTHS =
      List.of("x".repeat(51), "x".repeat(101), "x".repeat(501), "x".repeat(1001));
  private static final List<@Nullable Object> VALUES = values();

  private final Random random;
  private final JsonSchema schema;

  Mutations(long seed, Map<String, Object> schema) {
    this.random = new Random(seed);
    this.schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Json.line(schema));
  }

  private static List<@Nullable Object> values() {
    List<@Nullable Object> values = new ArrayList<>(LENGTHS);
    for (Object value :
        new @Nullable Object[] {
          null,
          "",
          " ",
          "x",
          "a b",
          "🏭",
          0L,
          1L,
          -1L,
          100L,
          5000L,
          9999L,
          0.5,
          1.5,
          true,
          false,
          List.of(),
          Map.of(),
          List.of("a", "b"),
          List.of("a", "a"),
          List.of(1L),
          List.of(""),
          Map.of("a", "b"),
          "1.0.0",
          "1.0",
          "v1",
          "1.0.0-beta.1",
          "2026-01-31",
          "2026-13-01",
          "2026-02-30",
          "/x",
          "x/",
          "a/../b",
          "a/b",
          "production",
          "PRODUCTION",
          "demo",
          "lab",
          "Active",
          "UPDATED_AT",
          "updated-at",
          "manual",
          "#12345",
          "#a1B2c3",
          "https://x.y/z",
          "docs",
          "true",
          "1",
          "string",
          "array[string]",
          "array[map[string, x]]",
          "enum[]",
          "strng",
          "a.b",
          "../x",
          List.of(Map.of("name", "n", "type", "string")),
          List.of(Map.of("name", "n"))
        }) {
      values.add(value);
    }
    return values;
  }

  /// A copy of a document with up to three changes.
  Object mutated(Object document) {
    Object copy = copy(document);
    for (int i = random.nextInt(3); i >= 0; i--) {
      change(copy);
    }
    return copy;
  }

  List<String> saidBySchema(Object document) {
    return schema
        .validate(
            Json.line(document),
            InputFormat.JSON,
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private static @Nullable Object copy(@Nullable Object data) {
    if (data instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, copy(value)));
      return copy;
    }
    if (data instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item)));
      return copy;
    }
    return data;
  }

  @SuppressWarnings("unchecked") // what copy makes
  private void change(@Nullable Object data) {
    if (data instanceof Map<?, ?> map && !map.isEmpty()) {
      Map<Object, @Nullable Object> changed = (Map<Object, @Nullable Object>) map;
      Object key = List.copyOf(changed.keySet()).get(random.nextInt(changed.size()));
      Object value = changed.get(key);
      if (random.nextInt(4) != 0 && (value instanceof Map || value instanceof List)) {
        change(value);
        return;
      }
      switch (random.nextInt(5)) {
        case 0 -> changed.remove(key);
        case 1 -> changed.put(other(key.toString()), changed.remove(key));
        case 2 -> changed.put(random.nextBoolean() ? "extra" : "x y", any());
        default -> changed.put(key, any());
      }
    } else if (data instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable Object> changed = (List<@Nullable Object>) list;
      int i = random.nextInt(changed.size());
      if (random.nextInt(3) != 0 && changed.get(i) instanceof Map) {
        change(changed.get(i));
        return;
      }
      switch (random.nextInt(4)) {
        case 0 -> changed.remove(i);
        case 1 -> changed.add(copy(changed.get(i)));
        case 2 -> {
          for (int j = 0; j < 21; j++) {
            changed.add("t" + j);
          }
        }
        default -> changed.set(i, any());
      }
    }
  }

  private @Nullable Object any() {
    return copy(VALUES.get(random.nextInt(VALUES.size())));
  }

  /// Another spelling of a key, or a slip of the pen.
  private String other(String key) {
    return switch (random.nextInt(3)) {
      case 0 -> key.replace('_', '-');
      case 1 ->
          Pattern.compile("_([a-z])")
              .matcher(key)
              .replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
      default -> key + "s";
    };
  }
}
