package dev.pirn.web.text;

import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/// The tokens of a stylesheet, as far as they are needed to know what it refers to.
final class CssLexer {
  enum Kind {
    /// `@import` and the like; its text is the word.
    AT,
    STRING,
    /// The address in `url(…)`, and any string that is one because of the function it stands in.
    URL,
    OPEN,
    CLOSE,
    SEMICOLON,
    OTHER,
    END
  }

  private static final Set<String> WITH_ADDRESSES =
      Set.of("url", "src", "image-set", "-webkit-image-set");

  private final String source;
  private int at;
  private final StringBuilder text = new StringBuilder();

  // How many parentheses are open, and in which of them a string is an address.
  private int depth;
  private final BitSet addresses = new BitSet();

  CssLexer(String source) {
    this.source = source;
  }

  /// The text of the last token, without escapes: that of a word, a string or an address.
  String text() {
    return text.toString();
  }

  Kind next() {
    skipBlank();
    text.setLength(0);
    if (at == source.length()) {
      return Kind.END;
    }
    char c = source.charAt(at);
    if (isNamePart(c)) {
      return name();
    }
    at++;
    return switch (c) {
      case '"', '\'' -> string(c);
      case '@' -> {
        readName();
        yield Kind.AT;
      }
      case '(' -> open(false);
      case ')' -> {
        depth = Math.max(0, depth - 1);
        yield Kind.OTHER;
      }
      case '{' -> Kind.OPEN;
      case '}' -> Kind.CLOSE;
      case ';' -> Kind.SEMICOLON;
      default -> Kind.OTHER;
    };
  }

  private Kind open(boolean withAddresses) {
    depth++;
    addresses.set(depth, withAddresses);
    return Kind.OTHER;
  }

  private void skipBlank() {
    while (at < source.length()) {
      if (isSpace(source.charAt(at))) {
        at++;
      } else if (source.startsWith("/*", at)) {
        int close = source.indexOf("*/", at + 2);
        at = close < 0 ? source.length() : close + 2;
      } else {
        return;
      }
    }
  }

  private void skipSpace() {
    while (at < source.length() && isSpace(source.charAt(at))) {
      at++;
    }
  }

  private void readName() {
    while (at < source.length() && isNamePart(source.charAt(at))) {
      readCharacter();
    }
  }

  /// A word, or a function up to its parenthesis; `url(…)` up to its end if it has no quotes.
  private Kind name() {
    readName();
    if (at == source.length() || source.charAt(at) != '(') {
      return Kind.OTHER;
    }
    at++;
    String name = text.toString().toLowerCase(Locale.ROOT);
    if (name.equals("url")) {
      skipSpace();
      if (at == source.length() || !isQuote(source.charAt(at))) {
        text.setLength(0);
        return unquoted();
      }
    }
    return open(WITH_ADDRESSES.contains(name));
  }

  private Kind unquoted() {
    while (at < source.length() && source.charAt(at) != ')') {
      char c = source.charAt(at);
      if (isSpace(c)) {
        skipSpace();
        if (at < source.length() && source.charAt(at) != ')') {
          return notAnAddress();
        }
      } else if (c == '(' || isQuote(c)) {
        return notAnAddress();
      } else {
        readCharacter();
      }
    }
    at = Math.min(at + 1, source.length());
    return Kind.URL;
  }

  private Kind notAnAddress() {
    while (at < source.length() && source.charAt(at) != ')') {
      readCharacter();
    }
    return Kind.OTHER;
  }

  private Kind string(char quote) {
    boolean address = addresses.get(depth);
    while (at < source.length() && source.charAt(at) != quote) {
      if (isLineEnd(source.charAt(at))) {
        return Kind.OTHER;
      }
      readCharacter();
    }
    at = Math.min(at + 1, source.length());
    return address ? Kind.URL : Kind.STRING;
  }

  /// Adds one character to the text, or what an escape stands for.
  private void readCharacter() {
    char c = source.charAt(at++);
    if (c != '\\') {
      text.append(c);
    } else if (at < source.length()) {
      int digits = at;
      while (at < source.length() && at < digits + 6 && isHex(source.charAt(at))) {
        at++;
      }
      if (at > digits) {
        int code = Integer.parseInt(source, digits, at, 16);
        boolean valid = Character.isValidCodePoint(code) && code != 0;
        text.appendCodePoint(valid ? code : 0xFFFD);
        skipOne(true);
      } else if (isLineEnd(source.charAt(at))) {
        skipOne(false);
      } else {
        text.append(source.charAt(at++));
      }
    }
  }

  /// Skips a line's end, which may be two characters, or also a space.
  private void skipOne(boolean orSpace) {
    if (source.startsWith("\r\n", at)) {
      at += 2;
    } else if (at < source.length()) {
      char c = source.charAt(at);
      at += isLineEnd(c) || (orSpace && isSpace(c)) ? 1 : 0;
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0 && c < 0x80;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || isLineEnd(c);
  }

  private static boolean isNamePart(char c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '\\' || c >= 0x80;
  }
}
