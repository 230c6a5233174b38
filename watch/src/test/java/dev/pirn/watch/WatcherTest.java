package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class WatcherTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(folder.resolve("root"));
  }

  @Test
  void listsTheFilesThatAreThereSorted() throws Exception {
    Files.writeString(root.resolve("b"), "b");
    Files.writeString(root.resolve("a"), "a");
    try (Watcher watcher = Watcher.open();
        Watch watch = watcher.watch(WatchSpec.tree(root), _ -> {})) {
      assertThat(watch.files()).containsExactly(root.resolve("a"), root.resolve("b"));
      assertThat(watch.state().backend()).isEqualTo(Backend.INOTIFY);
      assertThat(watch.state().files()).isEqualTo(2);
      assertThat(watch.state().problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void leavesNoThreadAndNoFileBehind(Backend backend) throws Exception {
    openAndClose(backend);
    Awaitility.await().atMost(LIMIT).until(() -> threads() == 0);
    long files = openFiles();
    for (int i = 0; i < 200; i++) {
      openAndClose(backend);
    }
    Awaitility.await().atMost(LIMIT).until(() -> threads() == 0);
    assertThat(openFiles()).isEqualTo(files);
  }

  private void openAndClose(Backend backend) {
    try (Watcher watcher = Watcher.builder().backend(backend).open()) {
      Watch first = watcher.watch(WatchSpec.tree(root), _ -> {});
      watcher.watch(WatchSpec.tree(folder), _ -> {});
      first.close();
      // The second is closed by its watcher.
    }
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("pirn-watch-"))
        .count();
  }

  private static long openFiles() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  @Test
  void answersAtOnceWhenItIsClosed() throws Exception {
    Watcher watcher = Watcher.open();
    Watch watch = watcher.watch(WatchSpec.tree(root), _ -> {});
    watcher.close();
    watcher.close();
    long start = System.nanoTime();
    assertThat(watch.sync(LIMIT)).isFalse();
    assertThat(watch.confirms(root.resolve("a"))).isFalse();
    assertThat(watch.state().folders()).isZero();
    watch.close();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
    assertThatThrownBy(() -> watcher.watch(WatchSpec.tree(root), _ -> {}))
        .isInstanceOf(WatchException.class)
        .hasMessage("this watcher is closed");
  }

  /// Often, because one may begin before the other or after it.
  @RepeatedTest(50)
  void endsASyncThatWaitsForAWriterWhenItIsClosed() throws Exception {
    Path file = root.resolve("a");
    Files.writeString(file, "old");
    try (Watcher watcher = Watcher.open()) {
      Watch watch = watcher.watch(WatchSpec.tree(root), _ -> {});
      CompletableFuture<Boolean> reached;
      try (var writer = Files.newBufferedWriter(file)) {
        writer.write("new");
        writer.flush();
        reached = CompletableFuture.supplyAsync(() -> sync(watch));
        assertThat(watch.confirms(file)).isFalse();
        watch.close();
        assertThat(reached.get(10, TimeUnit.SECONDS)).isFalse();
      }
    }
  }

  private static boolean sync(Watch watch) {
    try {
      return watch.sync(LIMIT);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void confirmsWhatWasFoundAndThatNothingWas() throws Exception {
    Path there = root.resolve("there");
    Path gone = root.resolve("gone");
    Path folder = Files.createDirectory(root.resolve("folder"));
    Files.writeString(there, "text");
    Files.writeString(gone, "text");
    try (Watcher watcher = Watcher.open();
        Watch watch = watcher.watch(WatchSpec.tree(root), _ -> {})) {
      Files.delete(gone);
      assertThat(watch.sync(LIMIT)).isTrue();
      assertThat(watch.confirms(there)).isTrue();
      assertThat(watch.confirmsGone(there)).isFalse();
      // Who has read it, and asks only now, has read what was never told of.
      assertThat(watch.confirms(gone)).isFalse();
      assertThat(watch.confirmsGone(gone)).isTrue();
      assertThat(watch.confirmsGone(folder)).isTrue();
    }
  }

  @Test
  void maySyncAndCloseFromInsideTheListener() throws Exception {
    CompletableFuture<Boolean> synced = new CompletableFuture<>();
    CompletableFuture<Watch> own = new CompletableFuture<>();
    Watcher watcher = Watcher.open();
    own.complete(
        watcher.watch(
            WatchSpec.tree(root),
            _ -> {
              synced.complete(sync(own.join()));
              own.join().close();
              watcher.close();
            }));
    Files.writeString(root.resolve("a"), "new");
    assertThat(synced.get(10, TimeUnit.SECONDS)).isTrue();
    Awaitility.await().atMost(LIMIT).until(() -> threads() == 0);
  }

  @Test
  void reportsWhatAListenerThrewAndGoesOn() throws Exception {
    Recorder recorder = new Recorder();
    try (Watcher watcher = Watcher.open();
        Watch watch =
            watcher.watch(
                WatchSpec.tree(root),
                changes -> {
                  recorder.onChange(changes);
                  throw new IllegalStateException("on purpose");
                })) {
      Files.writeString(root.resolve("a"), "new");
      assertThat(watch.sync(LIMIT)).isTrue();
      assertThat(watch.state().listenerFailure()).hasMessage("on purpose");
      Files.writeString(root.resolve("b"), "new");
      assertThat(watch.sync(LIMIT)).isTrue();
      assertThat(recorder.changes()).hasSize(2);
    }
  }

  @Test
  void waitsForADebounceAndTellsOnce() throws Exception {
    Path file = root.resolve("a");
    Recorder recorder = new Recorder();
    try (Watcher watcher = Watcher.open();
        Watch watch =
            watcher.watch(WatchSpec.tree(root).debounce(Duration.ofMillis(300)), recorder)) {
      for (int i = 0; i < 5; i++) {
        Files.writeString(file, "write " + i);
      }
      assertThat(watch.confirms(file)).isFalse();
      assertThat(watch.sync(LIMIT)).isTrue();
      assertThat(recorder.take())
          .singleElement()
          .matches(heard -> heard.content().equals("write 4"))
          .matches(heard -> heard.change().kind() == Change.Kind.CREATED);
    }
  }

  @Test
  @EnabledIf("queueAdjustable")
  void tellsTheTrueDifferencesAfterItsQueueRanOver() throws Exception {
    Recorder recorder = new Recorder();
    Files.writeString(root.resolve("kept"), "kept");
    Files.writeString(root.resolve("removed"), "removed");
    try (Watcher watcher = Watcher.open();
        Watch watch = EventQueue.of(2, () -> watcher.watch(WatchSpec.tree(root), recorder))) {
      TreeMap<Path, String> view = new TreeMap<>();
      watch.files().forEach(file -> view.put(file, Recorder.content(file)));
      Files.delete(root.resolve("removed"));
      for (int i = 0; i < 300; i++) {
        Path file = root.resolve("d" + i % 7).resolve("e" + i % 3).resolve("f" + i % 50);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "text " + i);
      }
      Files.move(root.resolve("d0"), root.resolve("moved"));
      assertThat(watch.sync(LIMIT)).isTrue();
      for (Recorder.Heard heard : recorder.take()) {
        if (heard.change().kind() == Change.Kind.DELETED) {
          assertThat(view.remove(heard.change().path())).isNotNull();
        } else {
          view.put(heard.change().path(), heard.content());
        }
      }
      TreeMap<Path, String> disk = new TreeMap<>();
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(Files::isRegularFile).forEach(file -> disk.put(file, Recorder.content(file)));
      }
      assertThat(view).isEqualTo(disk);
      assertThat(watch.state().resyncs()).isPositive();
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> recorder.states().stream().anyMatch(state -> state.resyncs() > 0));
    }
  }

  static boolean queueAdjustable() {
    return EventQueue.adjustable();
  }

  @Test
  void saysWhatAWatcherMayBe() {
    assertThatThrownBy(() -> Watcher.builder().pollInterval(Duration.ofMillis(9)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("poll interval must be at least 10 ms, was PT0.009S");
    assertThat(WatchSpec.trees(List.of(root)).roots()).containsExactly(root);
  }
}
