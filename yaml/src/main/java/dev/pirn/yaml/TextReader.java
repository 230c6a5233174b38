package dev.pirn.yaml;

import dev.pirn.live.Content;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Bytes to text: UTF-8 only, a byte order mark skipped, and nothing in it that is not text.
final class TextReader {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String SAVE_AS_UTF_8 = "save the file as UTF-8";

  private final Content content;
  private final byte[] bytes;
  private final Problems problems;

  private TextReader(Content content, Problems problems) {
    this.content = content;
    this.bytes = content.bytes();
    this.problems = problems;
  }

  /// The text, or null when it was refused and the reason reported.
  static @Nullable SourceText read(Content content, YamlOptions options, Problems problems) {
    return new TextReader(content, problems).read(options.maxBytes());
  }

  private @Nullable SourceText read(int maxBytes) {
    if (bytes.length > maxBytes) {
      return refuse(
          Code.TOO_LARGE,
          "the file has %s bytes; at most %s are read".formatted(bytes.length, maxBytes),
          "split the file, or raise the limit");
    }
    if (isUtf16()) {
      return refuse(Code.NOT_UTF_8, "the file is UTF-16, not UTF-8", SAVE_AS_UTF_8);
    }
    if (isPlain()) {
      return new SourceText(content.file(), new String(bytes, StandardCharsets.ISO_8859_1));
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        return refuse(
            Code.NOT_TEXT,
            "the file is not text: byte %s is NUL".formatted(i + 1),
            "name a text file here");
      }
    }
    int start = startsWith(0xEF, 0xBB, 0xBF) ? 3 : 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, start, bytes.length - start);
    CharBuffer out = CharBuffer.allocate(bytes.length - start);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    if (result.isError()) {
      return brokenAt(start, in.position());
    }
    SourceText source = new SourceText(content.file(), out.flip().toString());
    return onlyText(source) ? source : null;
  }

  /// Whether all of it is ASCII that is text, as most files are: then nothing else needs a look.
  private boolean isPlain() {
    for (byte b : bytes) {
      if (b < 0 || !allowed((char) b)) {
        return false;
      }
    }
    return true;
  }

  private boolean isUtf16() {
    return startsWith(0xFE, 0xFF)
        || startsWith(0xFF, 0xFE)
        || (bytes.length >= 2 && (bytes[0] == 0) != (bytes[1] == 0) && bytes.length % 2 == 0);
  }

  private boolean startsWith(int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private @Nullable SourceText brokenAt(int start, int at) {
    String before = new String(bytes, start, at - start, StandardCharsets.UTF_8);
    // What cannot be read is shown as U+FFFD, which is one code point as the bad byte is.
    String all = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    Place place = new SourceText(content.file(), all).placeAt(before.length(), 1);
    int bad = bytes[at] & 0xFF;
    String hex = HEX.toHexDigits(bytes[at]);
    String message =
        bad >= 0xA0
            ? "byte 0x%s is not UTF-8; in ISO 8859-1 it is \"%s\""
                .formatted(hex, Character.toString(bad))
            : "byte 0x%s is not UTF-8".formatted(hex);
    problems.add(Diagnostic.error(Code.BROKEN_UTF_8.id(), place, message).help(SAVE_AS_UTF_8));
    return null;
  }

  private boolean onlyText(SourceText source) {
    String text = source.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!allowed(c)) {
        String name = "U+" + HEX.toHexDigits(c);
        String message =
            c == '\uFEFF'
                ? "a byte order mark (%s) stands inside the text".formatted(name)
                : "the control character %s is not allowed".formatted(name);
        problems.add(
            Diagnostic.error(Code.CONTROL_CHARACTER.id(), source.placeAt(i, 1), message)
                .help(
                    "remove it; in double quotes it may be written \"\\u"
                        + HEX.toHexDigits(c)
                        + "\""));
        return false;
      }
    }
    return true;
  }

  /// YAML's printable characters, without the byte order mark, which nobody sees.
  private static boolean allowed(char c) {
    if (c < 0xA0) {
      return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' || c == 0x85;
    }
    return c < 0xFFFE && c != '\uFEFF';
  }

  private @Nullable SourceText refuse(Code code, String message, String help) {
    problems.add(Diagnostic.error(code.id(), Place.of(content.file()), message).help(help));
    return null;
  }
}
