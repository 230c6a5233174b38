package dev.pirn.yaml;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A text of which [Text] says more.
record TextLimit(Shape shape, int min, int max, @Nullable Pattern form, String like)
    implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    Object value = shape.bind(node, binding);
    if (value == NONE || value == null) {
      return value;
    }
    YamlScalar scalar = (YamlScalar) node;
    String text = scalar.text();
    if (form != null && scalar.plain() && CoreSchema.isOther(text)) {
      return binding.fail(
          Code.NOT_QUOTED,
          node.place(),
          "%s must be text, found %s without quotes".formatted(binding.here(), text),
          null,
          form.matcher(text).matches()
              ? "write \"" + text + "\" with the quotes"
              : "it must be " + expected());
    }
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      return binding.fail(
          Code.TEXT_LENGTH, node, "%s must have %s".formatted(binding.here(), bounds(length)));
    }
    if (form != null && !form.matcher(text).matches()) {
      return binding.mismatch(Code.WRONG_VALUE, node, expected(), null);
    }
    return value;
  }

  private String bounds(int length) {
    String bounds = ItemsLimit.bounds(min, max, "character", "characters");
    return "%s, found %d".formatted(bounds, length);
  }

  @Override
  public String expected() {
    return like.isEmpty() ? shape.expected() : like;
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = shape.schema(options);
    if (min > 0) {
      schema.put("minLength", min);
    }
    if (max < Integer.MAX_VALUE) {
      schema.put("maxLength", max);
    }
    if (form != null) {
      schema.put("type", "string");
      schema.put("pattern", "^(?:" + form.pattern() + ")$");
    }
    return schema;
  }
}
