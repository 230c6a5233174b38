package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Readers that ask [Watch#confirms] while several writers rewrite one file in place, in pieces.
@EnabledOnOs(OS.LINUX)
class ConfirmationTest {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("pirn.stress.seconds", 3));

  @TempDir Path folder;

  @Test
  void neverConfirmsATornReadAndTellsTheLastWrite() throws Exception {
    Path file = folder.resolve("a");
    Files.writeString(file, whole(0));
    AtomicBoolean end = new AtomicBoolean();
    AtomicInteger confirmed = new AtomicInteger();
    AtomicInteger written = new AtomicInteger();
    AtomicReference<@Nullable String> torn = new AtomicReference<>();
    AtomicReference<String> last = new AtomicReference<>("");
    ReentrantLock oneWriter = new ReentrantLock();
    try (Watcher watcher = Watcher.open();
        Watch watch =
            EventQueue.of(
                16_384,
                () ->
                    watcher.watch(
                        WatchSpec.files(List.of(file)), _ -> last.set(Recorder.content(file))))) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int seed = i;
        threads.add(
            Thread.ofPlatform()
                .start(() -> write(file, oneWriter, written, new Random(seed), end)));
      }
      for (int i = 0; i < 2; i++) {
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  while (!end.get()) {
                    long mark = watch.mark();
                    String text = Recorder.content(file);
                    if (watch.confirms(file, mark)) {
                      confirmed.incrementAndGet();
                      if (!isWhole(text)) {
                        torn.set(text);
                      }
                    }
                  }
                }));
      }
      threads.get(threads.size() - 1).join(TIME.toMillis());
      end.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(torn.get()).isNull();
      assertThat(watch.sync(Duration.ofSeconds(20))).isTrue();
      assertThat(last.get()).isEqualTo(Recorder.content(file)).matches(ConfirmationTest::isWhole);
      assertThat(watch.confirms(file)).isTrue();
      assertThat(confirmed).hasPositiveValue();
      assertThat(written).hasPositiveValue();
    }
  }

  /// One writer at a time; each truncates, writes in pieces, and closes.
  private static void write(
      Path file, ReentrantLock oneWriter, AtomicInteger count, Random random, AtomicBoolean end) {
    while (!end.get()) {
      oneWriter.lock();
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
        byte[] text = whole(count.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
        int cut = random.nextInt(text.length);
        channel.write(ByteBuffer.wrap(text, 0, cut));
        if (random.nextBoolean()) {
          Thread.yield();
        }
        channel.write(ByteBuffer.wrap(text, cut, text.length - cut));
      } catch (IOException e) {
        throw new AssertionError(e);
      } finally {
        oneWriter.unlock();
      }
      for (int i = random.nextInt(2000); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }

  /// A text that says how long it is and what it adds up to.
  private static String whole(int number) {
    String body = ("line " + number + "\n").repeat(1 + number % 50);
    return body.length() + " " + body.hashCode() + "\n" + body;
  }

  private static boolean isWhole(String text) {
    int line = text.indexOf('\n');
    if (line < 0) {
      return false;
    }
    String body = text.substring(line + 1);
    return text.substring(0, line).equals(body.length() + " " + body.hashCode());
  }
}
