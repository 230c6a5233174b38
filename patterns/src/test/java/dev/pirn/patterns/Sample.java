package dev.pirn.patterns;

/// Texts of pattern files.
final class Sample {
  private Sample() {}

  /// A pattern without fault, with further lines.
  static String pattern(String name, String category, String... lines) {
    return """
    name: %s
    category: %s
    title: About %s
    description: What it does
    """
            .formatted(name, category, name)
        + String.join("\n", lines)
        + "\n";
  }

  /// A bundle with a domain that is usual, and the text below `entries:`.
  static String bundle(String name, String entries) {
    return """
    apiVersion: loom/v1
    kind: PatternLibrary
    metadata:
      name: %s
      domain: sql
    spec:
      entries:
    """
            .formatted(name)
        + entries.indent(4);
  }

  /// An entry with a template.
  static String entry(String name, String template) {
    return """
    - name: %s
      description: Entry %s
      template: "%s"
    """
        .formatted(name, name, template);
  }
}
