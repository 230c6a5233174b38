package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Other processes write the same files in place, in pieces, and by rename, as fast as they can. No
/// reader ever sees half a text. `-Dpirn.seconds=N` lets them write for longer.
@DisabledOnOs(OS.WINDOWS)
class TornReadTest {
  private static final int WORDS = 400;

  /// Truncates, writes 40 pieces, closes; again and again.
  private static final String IN_PLACE =
      """
      i=0
      while [ ! -e "$STOP" ]; do
        i=$((i+1)); n=$NAME$i; ten="$n $n $n $n $n $n $n $n $n $n"
        { for piece in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 \
                       21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
          do echo "$ten"; done; } > "$FILE"
        $PAUSE
      done
      """;

  /// Writes beside, and renames into place; again and again.
  private static final String BY_RENAME =
      """
      i=0
      while [ ! -e "$STOP" ]; do
        i=$((i+1)); n=$NAME$i; ten="$n $n $n $n $n $n $n $n $n $n"
        { for piece in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 \
                       21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
          do echo "$ten"; done; } > "$FILE.$NAME"
        mv "$FILE.$NAME" "$FILE"
        $PAUSE
      done
      """;

  @TempDir Path temp;

  @Test
  @Timeout(value = 8, unit = TimeUnit.HOURS)
  void noReaderEverSeesHalfATextOfBusyWriters() throws Exception {
    // The writers leave each other no moment in which all is at rest: only the end counts.
    follow(":", 0, IN_PLACE, BY_RENAME);
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.HOURS)
  void noReaderEverSeesHalfATextOfWritersThatRest() throws Exception {
    follow("sleep 0.05", 20, IN_PLACE, BY_RENAME);
  }

  @Test
  @Timeout(value = 8, unit = TimeUnit.HOURS)
  void aFileThatIsReplacedAllTheTimeIsFollowedAllTheTime() throws Exception {
    follow(":", 20, BY_RENAME);
  }

  /// @param snapshots how many a reader sees at least, unless the system's queue of events is too
  ///   short for these writers, so that only the end counts
  private void follow(String pause, int snapshots, String... scripts) throws Exception {
    Desk desk = new Desk(temp);
    Path stop = desk.at("stop");
    List<String> names = List.of("a.txt", "b.txt", "c.txt");
    names.forEach(name -> desk.write("set/" + name, "start ".repeat(WORDS)));
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong seen = new AtomicLong();
    List<String> torn = Collections.synchronizedList(new ArrayList<>());
    try (Live<SortedMap<String, String>> live =
        Live.of(Desk.tree(WatchSpec.tree(desk.at("set")).include("*.txt"))).open()) {
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                Snapshot<?> last = null;
                while (!ended.get()) {
                  Snapshot<SortedMap<String, String>> now = live.snapshot();
                  if (now != last) {
                    last = now;
                    seen.incrementAndGet();
                    now.value().values().stream().filter(text -> !whole(text)).forEach(torn::add);
                  }
                  Thread.onSpinWait();
                }
              });
      List<Process> writers = new ArrayList<>();
      for (String name : names) {
        for (String script : scripts) {
          writers.add(writer(script, desk.at("set").resolve(name), stop, pause));
        }
      }
      // Nothing counts it down: the writers have this long.
      boolean _ = new CountDownLatch(1).await(Long.getLong("pirn.seconds", 2), TimeUnit.SECONDS);
      Files.createFile(stop);
      for (Process writer : writers) {
        assertThat(writer.waitFor()).isZero();
      }
      Desk.sync(live);
      ended.set(true);
      reader.join();
      assertThat(torn).isEmpty();
      assertThat(live.get()).isEqualTo(disk(desk.at("set"), names));
      assertThat(live.quarantined()).isEmpty();
      if (live.status().watch().resyncs() == 0) {
        assertThat(seen.get()).as("snapshots that were seen").isGreaterThanOrEqualTo(snapshots);
      }
    }
  }

  private static boolean whole(String text) {
    List<String> words = List.of(text.strip().split("\\s+"));
    return words.size() == WORDS && words.stream().distinct().count() == 1;
  }

  private static Map<String, String> disk(Path folder, List<String> names) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String name : names) {
      texts.put(name, Files.readString(folder.resolve(name)));
    }
    return texts;
  }

  private static Process writer(String script, Path file, Path stop, String pause)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script.replace("$PAUSE", pause)).inheritIO();
    String name = script.equals(IN_PLACE) ? "p" : "r";
    builder
        .environment()
        .putAll(Map.of("FILE", file.toString(), "STOP", stop.toString(), "NAME", name));
    return builder.start();
  }
}
