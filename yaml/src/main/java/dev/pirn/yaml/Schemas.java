package dev.pirn.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The pieces of JSON Schemas, as plain data that can be changed.
final class Schemas {
  private Schemas() {}

  /// What has one of these types.
  static Map<String, Object> types(String... types) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", types.length == 1 ? types[0] : List.of(types));
    return schema;
  }

  static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
    return anyOf(List.of(one, other));
  }

  static Map<String, Object> anyOf(List<Map<String, Object>> alternatives) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("anyOf", new ArrayList<>(alternatives));
    return schema;
  }

  static Map<String, Object> orNull(Map<String, Object> schema) {
    Object type = schema.get("type");
    if (type instanceof String one) {
      schema.put("type", List.of(one, "null"));
    } else if (type instanceof List<?> several) {
      List<Object> more = new ArrayList<>(several);
      more.add("null");
      schema.put("type", more.stream().distinct().toList());
    } else if (!schema.isEmpty()) {
      return anyOf(schema, types("null"));
    }
    return schema;
  }

  /// Texts that are one of some names if case, `-` and `_` do not count.
  static String spellings(List<String> names) {
    return names.stream()
        .map(name ->
            name.codePoints()
                .mapToObj(c -> spelling(Character.toString(c)))
                .collect(Collectors.joining("[-_]*", "[-_]*", "[-_]*")))
        .collect(Collectors.joining("|", "^(?:", ")$"));
  }

  private static String spelling(String upper) {
    String lower = upper.toLowerCase(Locale.ROOT);
    return upper.equals(lower) ? upper : "[" + upper + lower + "]";
  }

  /// A record that is chosen by the value of a key.
  static Map<String, Object> kind(String key, String name, Shape shape, YamlOptions options) {
    Map<String, Object> chosen = types("string");
    chosen.put("pattern", spellings(List.of(name.replaceAll("[-_]", "").toUpperCase(Locale.ROOT))));
    Map<String, Object> choice = new LinkedHashMap<>();
    choice.put("required", List.of(key));
    choice.put("properties", Map.of(key, chosen));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("allOf", List.of(choice, shape.schema(options)));
    return schema;
  }

  /// A map with the keys of a record. One spelling of each key, in `snake_case` unless it was named
  /// otherwise, is what an editor offers; the others are taken as well.
  static Map<String, Object> ofRecord(RecordShape shape, YamlOptions options) {
    Map<String, Object> properties = new LinkedHashMap<>();
    Map<String, Object> others = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    List<Object> rules = new ArrayList<>();
    for (Slot slot : shape.slots()) {
      List<String> names = spellings(shape, slot, false);
      List<String> aliases = spellings(shape, slot, true);
      Map<String, Object> value = slot.shape().schema(options);
      boolean optional = slot.absent() != Shape.NONE;
      String canonical = canonical(slot, names);
      properties.put(canonical, optional ? orNull(value) : value);
      List<String> rest = new ArrayList<>(names);
      rest.addAll(aliases);
      rest.remove(canonical);
      rest.forEach(name -> others.put("^" + name + "$", properties.get(canonical)));
      if (!optional) {
        require(canonical, rest, required, rules);
      }
      once(names, rules);
      once(aliases, rules);
    }
    if (shape.discriminator() != null) {
      properties.put(shape.discriminator(), new LinkedHashMap<>());
    }
    Map<String, Object> schema = types("object");
    schema.put("properties", properties);
    if (!others.isEmpty()) {
      schema.put("patternProperties", others);
    }
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    Slot extra = shape.extra();
    if (extra != null) {
      schema.put("additionalProperties", extra.shape().schema(options).get("additionalProperties"));
    } else if (options.unknownKeys() == YamlOptions.UnknownKeys.ERROR) {
      schema.put("additionalProperties", false);
    }
    if (!rules.isEmpty()) {
      schema.put("allOf", rules);
    }
    return schema;
  }

  private static List<String> spellings(RecordShape shape, Slot slot, boolean alias) {
    return shape.spellings().entrySet().stream()
        .filter(spelling -> spelling.getValue().slot().index() == slot.index())
        .filter(spelling -> spelling.getValue().alias() == alias)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String canonical(Slot slot, List<String> names) {
    return names.stream()
        .filter(name -> !slot.key().contains("-") && name.contains("_"))
        .findFirst()
        .orElse(slot.key());
  }

  private static void require(
      String canonical, List<String> rest, List<String> required, List<Object> rules) {
    if (rest.isEmpty()) {
      required.add(canonical);
      return;
    }
    List<Map<String, Object>> one = new ArrayList<>();
    one.add(present(canonical));
    rest.forEach(name -> one.add(present(name)));
    rules.add(anyOf(one));
  }

  private static Map<String, Object> present(String... names) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("required", List.of(names));
    return schema;
  }

  /// Two spellings of one name are an error; a name beside an alias is not.
  private static void once(List<String> names, List<Object> rules) {
    for (int i = 0; i < names.size(); i++) {
      for (String other : names.subList(i + 1, names.size())) {
        Map<String, Object> rule = new LinkedHashMap<>();
        Map<String, Object> both = types("object");
        both.putAll(present(names.get(i), other));
        rule.put("not", both);
        rules.add(rule);
      }
    }
  }
}
