package dev.pirn.agents.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameTrackerTest {
  private static Buffer frame(Random random, int opcode) {
    int length = new int[] {0, 1, 125, 126, 127, 65_535, 65_536}[random.nextInt(7)];
    boolean masked = random.nextBoolean();
    int flag = masked ? 0x80 : 0;
    Buffer frame = Buffer.buffer().appendByte((byte) (0x80 | opcode));
    if (length < 126) {
      frame.appendByte((byte) (flag | length));
    } else if (length < 65_536) {
      frame.appendByte((byte) (flag | 126)).appendShort((short) length);
    } else {
      frame.appendByte((byte) (flag | 127)).appendLong(length);
    }
    byte[] rest = new byte[length + (masked ? 4 : 0)];
    random.nextBytes(rest);
    return frame.appendBytes(rest);
  }

  @Test
  void findsTheEndOfEachFrameHoweverTheBytesCome() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 50; run++) {
      Buffer all = Buffer.buffer();
      Set<Integer> ends = new HashSet<>();
      for (int i = 0; i < 8; i++) {
        all.appendBuffer(frame(random, 1 + random.nextInt(2)));
        ends.add(all.length());
      }
      FrameTracker tracker = new FrameTracker();
      int at = 0;
      while (at < all.length()) {
        int most = random.nextBoolean() ? 3 : 100_000;
        Buffer part = all.slice(at, Math.min(all.length(), at + 1 + random.nextInt(most)));
        for (int in = 0; in < part.length(); ) {
          in = tracker.next(part, in);
          assertThat(tracker.betweenFrames())
              .as("seed %d, byte %d", seed, at + in)
              .isEqualTo(ends.contains(at + in));
        }
        at += part.length();
      }
      assertThat(tracker.closeSeen()).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void seesTheFrameThatCloses() {
    FrameTracker tracker = new FrameTracker();
    assertThat(tracker.next(Buffer.buffer(new byte[] {(byte) 0x88, 2, 3}), 0)).isEqualTo(3);
    assertThat(tracker.closeSeen()).isFalse();
    assertThat(tracker.next(Buffer.buffer(new byte[] {4, 1}), 0)).isEqualTo(1);
    assertThat(tracker.closeSeen()).isTrue();
  }
}
