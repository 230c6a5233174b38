package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrameEndsTest {
  @Test
  void isBetweenFramesExactlyWhereOneEnds() {
    long seed = Long.getLong("pirn.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      Buffer all = Buffer.buffer();
      TreeSet<Integer> ends = new TreeSet<>();
      ends.add(0);
      for (int i = random.nextInt(6); i >= 0; i--) {
        frame(all, random);
        ends.add(all.length());
      }
      FrameEnds frames = new FrameEnds();
      for (int at = 0; at < all.length(); ) {
        int to = Math.min(all.length(), at + 1 + random.nextInt(random.nextBoolean() ? 3 : 9_000));
        frames.pass(all.slice(at, to));
        at = to;
        assertThat(frames.between())
            .as("seed %d, after %d bytes", seed, at)
            .isEqualTo(ends.contains(at));
      }
    }
  }

  private static void frame(Buffer all, Random random) {
    int length = random.nextInt(new int[] {1, 126, 2_000, 70_000}[random.nextInt(4)]);
    boolean masked = random.nextBoolean();
    int mask = masked ? 0x80 : 0;
    all.appendByte((byte) random.nextInt(256));
    if (length < 126) {
      all.appendByte((byte) (mask | length));
    } else if (length < 65_536) {
      all.appendByte((byte) (mask | 126)).appendUnsignedShort(length);
    } else {
      all.appendByte((byte) (mask | 127)).appendLong(length);
    }
    byte[] content = new byte[length + (masked ? 4 : 0)];
    random.nextBytes(content);
    all.appendBytes(content);
  }

  @Test
  void aLengthThatNoFrameCanHaveNeverEnds() {
    FrameEnds frames = new FrameEnds();
    frames.pass(Buffer.buffer(new byte[] {1, 127, -1, -1, -1, -1, -1, -1, -1, -1}));
    frames.pass(Buffer.buffer(new byte[100_000]));
    assertThat(frames.between()).isFalse();
  }
}
