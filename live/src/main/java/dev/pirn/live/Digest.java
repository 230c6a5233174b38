package dev.pirn.live;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of files, and of sets of files.
///
/// The digest of a set is that of its files added bit by bit, so that one changed file costs two
/// steps however many there are. Immutable.
final class Digest {
  /// The digest of no files.
  static final Digest NOTHING = new Digest(new byte[32]);

  private final byte[] bits;

  private Digest(byte[] bits) {
    this.bits = bits;
  }

  /// This set with one more file, or without it if it is in the set.
  Digest toggled(Path file, String digest) {
    MessageDigest sha256 = sha256();
    sha256.update(file.toString().getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    byte[] sum = sha256.digest(digest.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= bits[i];
    }
    return new Digest(sum);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bits);
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
