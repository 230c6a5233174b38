package dev.pirn.agents;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Patterns of which the last that matches decides. Immutable.
///
/// @param patterns in order, those that count more behind the others
record PatternList(List<PathPattern> patterns) {
  PatternList {
    patterns = List.copyOf(patterns);
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean anyNegated() {
    return patterns.stream().anyMatch(PathPattern::negated);
  }

  /// The pattern that excludes a file, or a folder above it, as git does it: what lies in an
  /// excluded folder cannot be taken back, because nobody looks into that folder. Null if none
  /// does.
  ///
  /// @param path absolute, with `/` between names
  @Nullable PathPattern excluding(String path) {
    for (String above : folders(path)) {
      PathPattern deciding = last(above, true);
      if (deciding != null && !deciding.negated()) {
        return deciding;
      }
    }
    PathPattern deciding = last(path, false);
    return deciding == null || deciding.negated() ? null : deciding;
  }

  /// The last pattern that matches a file or a folder above it, if it is not a negated one: in a
  /// list of what is wanted, `lib/` and then `!lib/old/` means what it says. Null if none does.
  @Nullable PathPattern selecting(String path) {
    List<String> above = folders(path);
    for (PathPattern pattern : patterns.reversed()) {
      if (pattern.matches(path, false)
          || above.stream().anyMatch(folder -> pattern.matches(folder, true))) {
        return pattern.negated() ? null : pattern;
      }
    }
    return null;
  }

  private @Nullable PathPattern last(String path, boolean folder) {
    for (PathPattern pattern : patterns.reversed()) {
      if (pattern.matches(path, folder)) {
        return pattern;
      }
    }
    return null;
  }

  /// The folders above a path, from the top.
  private static List<String> folders(String path) {
    List<String> folders = new ArrayList<>();
    for (int at = path.indexOf('/', 1); at >= 0; at = path.indexOf('/', at + 1)) {
      folders.add(path.substring(0, at));
    }
    return folders;
  }
}
