package dev.pirn.yaml;

/// How text of the file, and what was found in it, is named in messages.
final class Quoting {
  private static final int LONGEST = 60;

  private Quoting() {}

  /// The text in double quotes, cut where it is long.
  static String quote(String text) {
    return "\"" + cut(text) + "\"";
  }

  /// A key path in double quotes; of a long one the end, which says most.
  static String quotePath(String path) {
    int length = path.codePointCount(0, path.length());
    return length <= LONGEST
        ? quote(path)
        : "\"…" + path.substring(path.offsetByCodePoints(0, length - LONGEST)) + "\"";
  }

  /// What a node is, in the words of a message.
  static String describe(YamlNode node) {
    return switch (node) {
      case YamlList _ -> "a list";
      case YamlMap _ -> "a mapping";
      case YamlScalar scalar when scalar.isNull() -> "nothing";
      case YamlScalar scalar -> quote(scalar.text());
    };
  }

  private static String cut(String text) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    int most = line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length())));
    boolean whole = most == line.length() && text.substring(line.length()).isBlank();
    return whole ? line : line.substring(0, most) + "…";
  }
}
