package dev.pirn.web;

import io.vertx.core.buffer.Buffer;

/// Knows of the bytes of a WebSocket whether they have come to the end of a frame (RFC 6455, 5.2).
///
/// **Threading.** Confined to one thread.
final class FrameEnds {
  /// How much of the head of a frame has passed; 0 when none of it has.
  private int head;

  /// How long that head is without its mask, as far as is known.
  private int headBytes;

  private int maskBytes;
  private long payload;

  /// How much of the frame is to come after its head.
  private long left;

  /// Some bytes have passed.
  void pass(Buffer bytes) {
    int at = 0;
    while (at < bytes.length()) {
      if (left > 0) {
        long now = Math.min(left, bytes.length() - at);
        left -= now;
        at += (int) now;
      } else {
        passHead(bytes.getUnsignedByte(at));
        at++;
      }
    }
  }

  private void passHead(int next) {
    head++;
    if (head == 1) {
      headBytes = 2;
      payload = 0;
    } else if (head == 2) {
      int length = next & 0x7f;
      maskBytes = (next & 0x80) == 0 ? 0 : 4;
      headBytes += length == 126 ? 2 : length == 127 ? 8 : 0;
      payload = length < 126 ? length : 0;
    } else {
      payload = payload << 8 | next;
    }
    if (head == headBytes && head > 1) {
      head = 0;
      // A length that no frame can have is never over.
      left = payload < 0 ? Long.MAX_VALUE : payload + maskBytes;
    }
  }

  /// Whether one frame has ended and no other has begun.
  boolean between() {
    return head == 0 && left == 0;
  }
}
