package dev.pirn.watch;

import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A pattern for paths relative to a root, with `/` between names.
///
/// `*` and `?` stay within one name, `[a-z]` and `[!a-z]` are one character, `{a,b}` is either,
/// `**` as a whole name is any number of folders, none included: `**/*.yaml` matches `a.yaml` and
/// `x/y/a.yaml`. A pattern without `/` matches the last name at any depth; one that ends in `/`
/// matches what lies below that folder. `\` takes the next character as it stands. Letters are
/// compared as they are.
///
/// Immutable and safe for use by several threads.
public final class Glob {
  private final String text;
  private final Pattern regex;

  private Glob(String text) {
    this.text = text;
    String full = text.endsWith("/") ? text + "**" : text;
    String translated = translate(full.indexOf('/') < 0 ? "**/" + full : full);
    try {
      this.regex = Pattern.compile(translated);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the glob \"" + text + "\" has a range that runs backwards", e);
    }
  }

  /// Parses a pattern.
  ///
  /// @throws IllegalArgumentException when it is empty, starts with `/`, or has an open bracket
  public static Glob of(String text) {
    Objects.requireNonNull(text, "text");
    if (text.isEmpty() || text.startsWith("/")) {
      throw new IllegalArgumentException(
          "a glob is relative and not empty, was \""
              + text
              + "\"; write \"**/*.yaml\", for example");
    }
    return new Glob(text);
  }

  /// Whether a relative path, with `/` between its names, matches.
  public boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  /// The pattern as it was written.
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Glob glob && glob.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  private String translate(String glob) {
    StringBuilder regex = new StringBuilder("(?s)");
    int braces = 0;
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      boolean nameStarts = i == 0 || glob.charAt(i - 1) == '/';
      if (glob.startsWith("**/", i) && nameStarts) {
        regex.append("(?:[^/]+/)*");
        i += 3;
      } else if (nameStarts && glob.startsWith("**", i) && i + 2 == glob.length()) {
        regex.append(".+");
        i += 2;
      } else {
        switch (c) {
          case '*' -> regex.append("[^/]*");
          case '?' -> regex.append("[^/]");
          case '[' -> i = set(glob, i, regex);
          case '{' -> {
            braces++;
            regex.append("(?:");
          }
          case '}' -> {
            regex.append(braces > 0 ? ")" : "\\}");
            braces = Math.max(0, braces - 1);
          }
          case ',' -> regex.append(braces > 0 ? "|" : ",");
          case '\\' -> {
            i++;
            regex.append(Pattern.quote(i < glob.length() ? glob.substring(i, i + 1) : "\\"));
          }
          default -> regex.append(Pattern.quote(String.valueOf(c)));
        }
        i++;
      }
    }
    if (braces > 0) {
      throw new IllegalArgumentException("the glob \"" + text + "\" has a \"{\" without a \"}\"");
    }
    return regex.toString();
  }

  private int set(String glob, int open, StringBuilder regex) {
    int close = glob.indexOf(']', open + 2);
    if (close < 0) {
      throw new IllegalArgumentException("the glob \"" + text + "\" has a \"[\" without a \"]\"");
    }
    String body = glob.substring(open + 1, close);
    boolean negated = body.startsWith("!") || body.startsWith("^");
    String members = (negated ? body.substring(1) : body).replace("\\", "\\\\");
    regex
        .append(negated ? "[^/" : "[")
        .append(members.replace("[", "\\[").replace("&", "\\&").replace("^", "\\^"))
        .append(']');
    return close;
  }
}
