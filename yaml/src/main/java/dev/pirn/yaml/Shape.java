package dev.pirn.yaml;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How values of one Java type are made from nodes. Made once for each decoder, and immutable.
interface Shape {
  /// Stands for a value that could not be made, as null may be a value.
  None NONE = None.NONE;

  /// The type of [#NONE].
  enum None {
    NONE
  }

  /// The value, or [#NONE] when there is none and the reason is reported.
  @Nullable Object bind(YamlNode node, Binding binding);

  /// What a node must be, in the words of a message: `a whole number`.
  String expected();

  /// The JSON Schema of what is taken, in maps and lists of the caller's own; see [Yaml#schema].
  Map<String, Object> schema(YamlOptions options);

  /// The value where the key is missing, or [#NONE] when it must be there.
  default @Nullable Object whenAbsent() {
    return NONE;
  }
}
