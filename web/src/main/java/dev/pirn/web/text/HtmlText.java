package dev.pirn.web.text;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The beginning of an HTML document, up to where its `<head>` does.
///
/// It is read as bytes, for its encoding may be said further down: in all that HTML may have, but
/// for UTF-16, what is looked for consists of its ASCII bytes.
public final class HtmlText {
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  /// Each byte as a character.
  private final String text;

  private int at;
  private boolean off;

  private HtmlText(String text) {
    this.text = text;
  }

  /// Puts a tag first into the `<head>`, or where that would begin if it is not written.
  ///
  /// @return the document with the tag; null for what is not a whole document, having neither a
  ///   doctype nor `<html>` nor `<head>`, for one in UTF-16, and for one that says `<html
  ///   data-hot="off">`
  public static byte @Nullable [] inject(byte[] html, String tag) {
    Objects.requireNonNull(tag, "tag");
    int head = new HtmlText(new String(html, StandardCharsets.ISO_8859_1)).head();
    if (head < 0) {
      return null;
    }
    byte[] bytes = inAnyEncoding(tag).getBytes(StandardCharsets.US_ASCII);
    byte[] injected = new byte[html.length + bytes.length];
    System.arraycopy(html, 0, injected, 0, head);
    System.arraycopy(bytes, 0, injected, head, bytes.length);
    System.arraycopy(html, head, injected, head + bytes.length, html.length - head);
    return injected;
  }

  private static String inAnyEncoding(String tag) {
    StringBuilder ascii = new StringBuilder();
    tag.codePoints()
        .forEach(c -> {
          if (c < 0x80) {
            ascii.appendCodePoint(c);
          } else {
            ascii.append("&#").append(c).append(';');
          }
        });
    return ascii.toString();
  }

  /// Where the content of the head begins, or -1.
  private int head() {
    at = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    boolean document = false;
    while (!off) {
      skipSpace();
      if (text.startsWith("<!--", at)) {
        at = afterComment();
      } else if (text.startsWith("<!", at) || text.startsWith("<?", at)) {
        document |= text.regionMatches(true, at, "<!doctype", 0, 9);
        at = after(text.indexOf('>', at));
      } else if (isTag("<html")) {
        document = true;
        at = afterTag("<html");
      } else if (isTag("<head")) {
        return afterTag("<head");
      } else {
        return document ? at : -1;
      }
      if (at < 0) {
        return -1;
      }
    }
    return -1;
  }

  private static int after(int index) {
    return index < 0 ? -1 : index + 1;
  }

  private boolean isTag(String tag) {
    int end = at + tag.length();
    return text.regionMatches(true, at, tag, 0, tag.length())
        && (end == text.length()
            || isSpace(text.charAt(end))
            || "/>".indexOf(text.charAt(end)) >= 0);
  }

  /// Where a comment ends: `<!-->`, `<!--->`, `-->` or `--!>`.
  private int afterComment() {
    int content = at + 4;
    if (text.startsWith(">", content)) {
      return content + 1;
    } else if (text.startsWith("->", content)) {
      return content + 2;
    }
    for (int i = text.indexOf("--", content); i >= 0; i = text.indexOf("--", i + 1)) {
      if (text.startsWith(">", i + 2)) {
        return i + 3;
      } else if (text.startsWith("!>", i + 2)) {
        return i + 4;
      }
    }
    return -1;
  }

  /// Where a tag with attributes ends, in whose quotes a `>` may stand.
  private int afterTag(String tag) {
    at += tag.length();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '>') {
        return at + 1;
      } else if (isSpace(c) || c == '/') {
        at++;
      } else if (!attribute()) {
        return -1;
      }
    }
    return -1;
  }

  private boolean attribute() {
    int start = at;
    at++;
    skipTo("/>=");
    boolean isSwitch = text.substring(start, at).equalsIgnoreCase("data-hot");
    skipSpace();
    if (at == text.length() || text.charAt(at) != '=') {
      return true;
    }
    at++;
    skipSpace();
    if (at == text.length()) {
      return false;
    }
    char quote = text.charAt(at);
    int value = at;
    if (quote == '"' || quote == '\'') {
      value++;
      at = text.indexOf(quote, value);
      if (at < 0) {
        return false;
      }
    } else {
      skipTo(">");
    }
    off |= isSwitch && text.substring(value, at).equalsIgnoreCase("off");
    at += quote == '"' || quote == '\'' ? 1 : 0;
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private void skipTo(String ends) {
    while (at < text.length() && !isSpace(text.charAt(at)) && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }
}
