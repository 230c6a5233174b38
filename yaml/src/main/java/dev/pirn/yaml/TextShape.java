package dev.pirn.yaml;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A type whose values are made from the text of a scalar, whether it is quoted or not.
record TextShape(String expected, Reading reading) implements Shape {
  static final Shape STRING = new TextShape("text", text -> text);
  static final Shape PATH = new TextShape("a path", TextShape::path);
  static final Shape URI_TEXT = new TextShape("a URI", TextShape::uri);
  static final Shape DATE = new TextShape("a date like 2026-01-31", TextShape::date);
  static final Shape INSTANT =
      new TextShape("a time like 2026-01-31T13:00:00Z", TextShape::instant);

  /// Reads the text; null when it does not have the form.
  @FunctionalInterface
  interface Reading {
    @Nullable Object read(String text);
  }

  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlScalar scalar) || scalar.isNull()) {
      return binding.mismatch(Code.WRONG_KIND, node, expected, null);
    }
    Object value = reading.read(scalar.text());
    return value == null ? binding.mismatch(Code.WRONG_VALUE, node, expected, null) : value;
  }

  private static @Nullable Object path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static @Nullable Object uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static @Nullable Object date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable Object instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    Map<String, Object> schema = Schemas.types("string", "number", "boolean");
    if (this == DATE) {
      schema.put("type", "string");
      schema.put("format", "date");
      schema.put("pattern", "^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$");
    } else if (this == INSTANT) {
      schema.put("type", "string");
      schema.put("format", "date-time");
    } else if (this == URI_TEXT) {
      schema.put("format", "uri-reference");
    }
    return schema;
  }
}
