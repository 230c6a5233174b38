package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.List;

/// What is said of text that is YAML, and yet not read.
final class StructureProblem {
  private StructureProblem() {}

  static Diagnostic empty(SourceText source) {
    return error(
        Code.EMPTY,
        Place.of(source.file()),
        "the file has no content",
        "write at least one \"key: value\"");
  }

  static Diagnostic duplicateKey(YamlScalar key, YamlScalar first) {
    return error(
            Code.DUPLICATE_KEY,
            key.place(),
            "the key %s is there twice".formatted(Quoting.quote(key.text())),
            "remove one of the two")
        .related(List.of(first.place()));
  }

  static Diagnostic mergeKey(YamlScalar key) {
    return error(
        Code.MERGE_KEY,
        key.place(),
        "the merge key \"<<\" is not part of YAML 1.2",
        "write the merged keys out; a key of this name is written in quotes");
  }

  static Diagnostic keyNotText(YamlNode key) {
    return error(
        Code.KEY_NOT_TEXT,
        key.place(),
        "a key must be text, found " + Quoting.describe(key),
        "to write brackets as text, put the whole key in quotes");
  }

  /// @param place from the first brace on
  static Diagnostic braces(Place place) {
    return error(
        Code.NEEDS_QUOTES,
        place,
        "a value cannot start with \"{{\"",
        "put the whole value in quotes");
  }

  static Diagnostic tag(String tag, YamlNode node) {
    return error(
        Code.TAG,
        node.place(),
        "the tag %s does not belong here".formatted(Quoting.quote(Tags.shown(tag))),
        "remove it; only plain data is read, without types of any program");
  }

  /// @param line the line that looks like a list item
  static Diagnostic listInText(SourceText source, int line) {
    String text = source.line(line);
    int indent = text.length() - text.stripLeading().length();
    return Diagnostic.warning(
            Code.LIST_IN_TEXT.id(),
            source.placeToEnd(line, indent),
            "this is no list item but a part of the text above")
        .help("put the list below a key, or the whole text in quotes");
  }

  private static Diagnostic error(Code code, Place place, String message, String help) {
    return Diagnostic.error(code.id(), place, message).help(help);
  }
}
