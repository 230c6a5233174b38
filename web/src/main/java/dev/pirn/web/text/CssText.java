package dev.pirn.web.text;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What a stylesheet refers to, without what is no file of the same server: `data:` and other
/// addresses with a scheme or a host, and fragments of the page.
///
/// An `@import` that a browser ignores because it comes too late is among the imports all the same.
public final class CssText {
  /// Where the reader is: addresses mean something else in some rules.
  private enum Within {
    /// After the word `@import`, before its address.
    IMPORT,
    /// In what is left of a rule whose further addresses are not fetched.
    REST,
    ANY
  }

  private final List<String> imports;
  private final List<String> urls;

  private CssText(Set<String> imports, Set<String> urls) {
    this.imports = List.copyOf(imports);
    this.urls = List.copyOf(urls);
  }

  /// Reads a stylesheet.
  public static CssText read(String source) {
    CssLexer lexer = new CssLexer(Objects.requireNonNull(source, "source"));
    Set<String> imports = new LinkedHashSet<>();
    Set<String> urls = new LinkedHashSet<>();
    Within within = Within.ANY;
    int blocks = 0;
    while (true) {
      CssLexer.Kind kind = lexer.next();
      switch (kind) {
        case AT -> within = blocks == 0 ? afterAt(lexer.text()) : Within.ANY;
        case STRING, URL -> {
          if (within == Within.IMPORT) {
            add(lexer.text(), imports);
            within = Within.REST;
          } else if (within == Within.ANY && kind == CssLexer.Kind.URL) {
            add(lexer.text(), urls);
          }
        }
        case OPEN -> {
          blocks++;
          within = Within.ANY;
        }
        case CLOSE -> {
          blocks = Math.max(0, blocks - 1);
          within = Within.ANY;
        }
        case SEMICOLON -> within = Within.ANY;
        case OTHER -> {}
        case END -> {
          return new CssText(imports, urls);
        }
      }
    }
  }

  private static Within afterAt(String word) {
    if (word.equalsIgnoreCase("import")) {
      return Within.IMPORT;
    }
    return word.equalsIgnoreCase("namespace") ? Within.REST : Within.ANY;
  }

  private static void add(String address, Set<String> to) {
    if (!address.isEmpty()
        && !address.startsWith("#")
        && !address.startsWith("//")
        && !hasScheme(address)) {
      to.add(address);
    }
  }

  private static boolean hasScheme(String address) {
    int colon = address.indexOf(':');
    for (int i = 0; i < colon; i++) {
      char c = address.charAt(i);
      boolean further = Ascii.isDigit(c) || c == '+' || c == '-' || c == '.';
      if (!Ascii.isLetter(c) && (i == 0 || !further)) {
        return false;
      }
    }
    return colon > 0;
  }

  /// The stylesheets that it imports, each once, as their addresses stand there without escapes.
  public List<String> imports() {
    return imports;
  }

  /// What else it refers to: images, fonts and the like, each once.
  public List<String> urls() {
    return urls;
  }
}
