package dev.pirn.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// What a body was packed with.
final class ContentCoding {
  private ContentCoding() {}

  /// Unpacks a body.
  ///
  /// @param coding the `Content-Encoding`, or null
  /// @param most how many bytes it may have then
  /// @return null if it has more, if it is broken, or if the coding is another than gzip and
  ///   deflate
  static byte @Nullable [] decode(byte[] body, @Nullable String coding, int most) {
    try {
      return switch (coding == null ? "" : coding.strip().toLowerCase(Locale.ROOT)) {
        case "", "identity" -> body;
        case "gzip", "x-gzip" -> read(new GZIPInputStream(new ByteArrayInputStream(body)), most);
        case "deflate" -> inflated(body, most);
        default -> null;
      };
    } catch (IOException _) {
      return null;
    }
  }

  private static byte @Nullable [] inflated(byte[] body, int most) throws IOException {
    // Half of the servers of the world leave away the header that the standard asks for.
    Inflater inflater = new Inflater(!hasHeader(body));
    try (inflater) {
      return read(new InflaterInputStream(new ByteArrayInputStream(body), inflater), most);
    }
  }

  private static boolean hasHeader(byte[] body) {
    return body.length >= 2
        && (body[0] & 0x0f) == 8
        && ((body[0] & 0xff) << 8 | (body[1] & 0xff)) % 31 == 0;
  }

  private static byte @Nullable [] read(InputStream in, int most) throws IOException {
    try (in) {
      byte[] bytes = in.readNBytes(most + 1);
      return bytes.length > most ? null : bytes;
    }
  }
}
