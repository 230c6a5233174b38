package dev.pirn.agents.state;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a value lies on the disk: one line with a digest of all that follows and the key, and then
/// the bytes of the value.
final class Stored {
  private static final String MAGIC = "pirn-state 1 ";
  private static final int DIGEST = 64;
  private static final int HEAD = MAGIC.length() + DIGEST + 1;

  private Stored() {}

  /// A name for a file: readable, and different for different texts even where the file system does
  /// not tell capital letters from small ones.
  static String nameOf(String text) {
    return "k-"
        + text.toLowerCase(Locale.ROOT)
        + "-"
        + digest(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  static byte[] encode(String key, byte[] value) {
    byte[] line = (key + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] rest = Arrays.copyOf(line, line.length + value.length);
    System.arraycopy(value, 0, rest, line.length, value.length);
    byte[] head = (MAGIC + digest(rest) + " ").getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(head.length + rest.length).put(head).put(rest).array();
  }

  /// A value as it was stored.
  record Entry(String key, Buffer value) {}

  /// Reads what was stored, or null if these are not exactly the bytes that were.
  static @Nullable Entry decode(byte[] bytes) {
    if (bytes.length < HEAD) {
      return null;
    }
    byte[] rest = Arrays.copyOfRange(bytes, HEAD, bytes.length);
    String head = new String(bytes, 0, HEAD, StandardCharsets.US_ASCII);
    if (!head.equals(MAGIC + digest(rest) + " ")) {
      return null;
    }
    for (int i = 0; i < rest.length; i++) {
      if (rest[i] == '\n') {
        return new Entry(
            new String(rest, 0, i, StandardCharsets.US_ASCII),
            Buffer.buffer(Arrays.copyOfRange(rest, i + 1, rest.length)));
      }
    }
    return null;
  }

  /// The strong ETag of a value, without its quotes.
  static String etag(byte[] value) {
    return digest(value).substring(0, 32);
  }

  static String etag(Buffer value) {
    return etag(value.getBytes());
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
