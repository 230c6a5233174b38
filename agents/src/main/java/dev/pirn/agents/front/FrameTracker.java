package dev.pirn.agents.front;

import io.vertx.core.buffer.Buffer;

/// Follows the frames of one direction of a WebSocket (RFC 6455) as its bytes pass, so that a frame
/// of our own can be put between two of them. It looks at no content.
final class FrameTracker {
  private static final int CLOSE = 8;

  private int headSeen;
  private int headLength = 2;
  private int opcode;
  private boolean masked;
  private long length;
  private long left;
  private boolean closeSeen;

  /// Whether the last byte was the end of a frame, or there was none yet.
  boolean betweenFrames() {
    return headSeen == 0 && left == 0;
  }

  /// Whether a frame that closes the WebSocket has passed.
  boolean closeSeen() {
    return closeSeen;
  }

  /// Follows bytes up to the end of a frame.
  ///
  /// @return the position of the first byte behind it, or the length of all if it does not end here
  int next(Buffer bytes, int from) {
    int at = from;
    do {
      if (left > 0) {
        int step = (int) Math.min(left, bytes.length() - at);
        left -= step;
        at += step;
      } else if (at < bytes.length()) {
        head(bytes.getByte(at) & 0xff);
        at++;
      }
      if (betweenFrames()) {
        closeSeen |= opcode == CLOSE;
        return at;
      }
    } while (at < bytes.length());
    return at;
  }

  private void head(int value) {
    if (headSeen == 0) {
      opcode = value & 0x0f;
    } else if (headSeen == 1) {
      masked = value >= 0x80;
      length = value & 0x7f;
      int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
      headLength = 2 + extended + (masked ? 4 : 0);
      length = extended == 0 ? length : 0;
    } else if (headSeen < headLength - (masked ? 4 : 0)) {
      length = (length << 8) | value;
    }
    headSeen++;
    if (headSeen > 1 && headSeen == headLength) {
      headSeen = 0;
      headLength = 2;
      // A length with the highest bit set is none; such a WebSocket is broken for both its ends.
      left = Math.max(0, length);
    }
  }
}
