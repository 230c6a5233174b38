package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What the engine does where the real disk cannot be brought to it: time, limits, rights.
class EngineTest {
  private final SimulatedClock clock = new SimulatedClock(1);
  private final SimulatedDisk disk = new SimulatedDisk(clock);
  private final Recorder recorder = new Recorder();
  private final Delivery delivery = new Delivery(recorder, EngineTest::unstarted);

  /// An engine that watches `/r` and has listed it.
  private final class Running {
    final SimulatedKernel kernel;
    final Engine engine;
    final Watch watch;

    Running(int watchLimit, WatchSpec spec) {
      kernel = new SimulatedKernel(clock, disk, 16_384, watchLimit);
      engine = new Engine(kernel, disk, clock, Duration.ofMillis(500));
      watch = new Watch(engine, spec, delivery, List.of());
      engine.post(() -> engine.subscribe(watch));
      turns();
    }

    /// Lets the engine do what it has to do now.
    void turns() {
      for (int i = 0; i < 10; i++) {
        engine.turn();
      }
      delivery.handOver();
    }

    void after(long millis) {
      for (long i = 0; i < millis; i += 5) {
        clock.advance(5_000_000);
        turns();
      }
    }

    List<String> told() {
      return recorder.take().stream()
          .map(heard -> heard.change().kind() + " " + heard.change().path())
          .toList();
    }

    List<WatchProblem> problems() {
      return watch.trees().getFirst().problems.list();
    }
  }

  private static Thread unstarted(Runnable run) {
    return new Thread(run) {
      @Override
      public void start() {
        // The test hands over itself.
      }
    };
  }

  private Running watching(int limit) {
    return new Running(limit, WatchSpec.tree(Path.of("/r")));
  }

  EngineTest() {
    disk.report(new SimulatedKernel(clock, disk, 16, 16));
    disk.mkdirs("/r/d");
    disk.save("/r/a", "old");
    disk.save("/r/d/b", "old");
    clock.advance(10_000_000_000L);
  }

  @Test
  void keepsWhatLiesInAFolderThatMayNotBeRead() {
    Running running = watching(100);
    disk.chmod("/r/d", 0);
    disk.save("/r/a", "new");
    running.engine.distrust();
    running.turns();
    running.after(100);
    assertThat(running.told()).containsExactly("MODIFIED /r/a");
    assertThat(running.problems())
        .containsExactly(
            new WatchProblem(
                WatchProblem.Kind.UNREADABLE,
                Path.of("/r/d"),
                "the folder may not be read",
                "give this user the right to read and enter it, or exclude it"));
    disk.save("/r/d/b", "newer");
    disk.chmod("/r/d", 0755);
    running.turns();
    running.after(100);
    assertThat(running.told()).containsExactly("MODIFIED /r/d/b");
    assertThat(running.problems()).isEmpty();
  }

  @Test
  void pollsWhatItMayNotWatchAndSaysSo() {
    Running running = watching(1);
    assertThat(running.problems())
        .containsExactly(
            new WatchProblem(
                WatchProblem.Kind.WATCH_LIMIT,
                Path.of("/r"),
                "the system allows no more watches, so that a part of this folder is polled",
                "raise fs.inotify.max_user_watches with sysctl, or exclude folders that do not"
                    + " matter"));
    disk.save("/r/d/b", "new");
    running.after(600);
    assertThat(running.told()).containsExactly("MODIFIED /r/d/b");
    running.kernel.allow(100);
    running.after(1200);
    assertThat(running.problems()).isEmpty();
  }

  @Test
  void saysWhichFileIsBeingWrittenForLongAndTellsOfItWhenItIsClosed() {
    Running running = watching(100);
    SimulatedDisk.Writer writer = Objects.requireNonNull(disk.open("/r/a", false));
    disk.write(writer, " and new");
    running.after(11_000);
    assertThat(running.told()).isEmpty();
    assertThat(running.problems())
        .containsExactly(
            new WatchProblem(
                WatchProblem.Kind.BEING_WRITTEN,
                Path.of("/r/a"),
                "a process has the file open for writing",
                "it is read when that process closes it"));
    disk.close(writer);
    running.turns();
    assertThat(running.told()).containsExactly("MODIFIED /r/a");
    assertThat(running.problems()).isEmpty();
  }

  @Test
  void doesNotTakeAFileForGoneBecauseTheMachineStoodStill() {
    Running running = watching(100);
    disk.remove("/r/a");
    running.turns();
    // Nobody could do anything meanwhile.
    clock.advance(3_000_000_000L);
    running.turns();
    disk.save("/r/a", "new");
    running.turns();
    running.after(100);
    assertThat(running.told()).containsExactly("MODIFIED /r/a");
    disk.remove("/r/a");
    running.after(25);
    assertThat(running.told()).isEmpty();
    running.after(10);
    assertThat(running.told()).containsExactly("DELETED /r/a");
  }

  @Test
  void waitsForTheWriterOfWhatALinkLedToInVain() {
    disk.mkdirs("/far");
    disk.symlink("/far/b", "/r/link");
    Running running = watching(100);
    SimulatedDisk.Writer writer = Objects.requireNonNull(disk.open("/far/b", false));
    disk.write(writer, "half");
    running.after(100);
    assertThat(running.told()).isEmpty();
    disk.write(writer, " and half");
    disk.close(writer);
    running.turns();
    assertThat(running.told()).containsExactly("CREATED /r/link");
    running.after(100);
    assertThat(running.told()).isEmpty();
  }

  @Test
  void tellsAtOnceOfALinkThatIsMovedIntoPlaceOnTheWay() {
    disk.mkdirs("/far/one");
    disk.mkdirs("/far/two");
    disk.save("/far/one/b", "one");
    disk.save("/far/two/b", "two");
    disk.symlink("/far/one", "/far/now");
    disk.symlink("/far/now/b", "/r/link");
    clock.advance(10_000_000_000L);
    Running running = watching(100);
    disk.symlink("/far/two", "/far/next");
    disk.rename("/far/next", "/far/now");
    running.turns();
    assertThat(running.told()).containsExactly("MODIFIED /r/link");
  }

  @Test
  void doesNotHurryToTakeAnEmptiedFileForComplete() {
    Running running = watching(100);
    SimulatedDisk.Writer writer = Objects.requireNonNull(disk.open("/r/a", true));
    // As while the system call that opens and truncates is not through: no process shows it.
    SimulatedDisk.Node node = Objects.requireNonNull(disk.node("/r/a", true));
    node.writers.clear();
    running.after(1900);
    assertThat(running.told()).isEmpty();
    disk.write(writer, "new");
    disk.close(writer);
    running.turns();
    assertThat(running.told()).containsExactly("MODIFIED /r/a");
  }

  @Test
  void tellsOfAFileThatNeverRestsAfterTenDebounces() {
    Running running =
        new Running(100, WatchSpec.tree(Path.of("/r")).debounce(Duration.ofMillis(100)));
    int first = 0;
    for (int i = 1; i <= 30 && first == 0; i++) {
      disk.save("/r/a", "new " + i);
      running.after(50);
      first = running.told().isEmpty() ? 0 : i;
    }
    assertThat(first).isBetween(19, 21);
  }

  @Test
  void tellsFilesTogetherThatChangeOneSoonAfterTheOther() {
    WatchSpec spec = WatchSpec.tree(Path.of("/r")).debounce(Duration.ofMillis(30)).together(true);
    Running running = new Running(100, spec);
    for (int i = 0; i < 10; i++) {
      disk.save("/r/new" + i, "new");
      running.after(20);
      assertThat(running.told()).isEmpty();
    }
    running.after(40);
    assertThat(running.told()).hasSize(10).contains("CREATED /r/new0", "CREATED /r/new9");
    disk.save("/r/a", "alone");
    running.after(40);
    assertThat(running.told()).containsExactly("MODIFIED /r/a");
  }

  @Test
  void tellsFilesThatChangeWithoutEndAfterTwoSeconds() {
    WatchSpec spec = WatchSpec.tree(Path.of("/r")).debounce(Duration.ofMillis(30)).together(true);
    Running running = new Running(100, spec);
    int first = 0;
    for (int i = 1; i <= 200 && first == 0; i++) {
      disk.save("/r/new" + i, "new");
      running.after(20);
      first = running.told().isEmpty() ? 0 : i;
    }
    assertThat(first * 20).isBetween(2_000, 2_100);
  }

  @Test
  void aBarrierWaitsForWhatIsToBeToldTogether() {
    WatchSpec spec = WatchSpec.tree(Path.of("/r")).debounce(Duration.ofMillis(30)).together(true);
    Running running = new Running(100, spec);
    disk.save("/r/a", "new");
    running.after(20);
    disk.save("/r/d/b", "new");
    running.after(15);
    AtomicBoolean settled = new AtomicBoolean();
    running.engine.whenSettled(running.watch, settled::set);
    running.turns();
    assertThat(settled).isFalse();
    running.after(30);
    assertThat(settled).isTrue();
    assertThat(running.told()).hasSize(2);
  }

  @Test
  void refusesWhoAsksOfAWatchThatHasJustBeenClosed() {
    Running running = watching(100);
    disk.write(Objects.requireNonNull(disk.open("/r/a", false)), " and new");
    running.turns();
    List<Boolean> answers = new ArrayList<>();
    running.engine.post(() -> running.engine.unsubscribe(running.watch));
    running.engine.whenSettled(running.watch, answers::add);
    running.engine.afterEvents(running.watch, answers::add);
    running.turns();
    assertThat(answers).containsExactly(false, false);
  }

  @Test
  void needsNoWakeUpForAFileOfAWatchThatIsClosed() {
    Running running = watching(100);
    disk.write(Objects.requireNonNull(disk.open("/r/a", false)), " and new");
    running.after(100);
    running.engine.post(() -> running.engine.unsubscribe(running.watch));
    running.turns();
    // The times that were set before come once more.
    running.after(6_000);
    running.engine.turn();
    assertThat(running.kernel.asleep()).isTrue();
  }

  @Test
  void comparesEverythingAfterAFailureInATurn() {
    Running running = watching(100);
    disk.save("/r/d/b", "new");
    disk.atCall(() -> {
      throw new IllegalStateException("on purpose");
    });
    try {
      running.engine.turn();
    } catch (IllegalStateException e) {
      running.engine.distrust();
    }
    disk.atCall(() -> {});
    running.after(200);
    assertThat(running.told()).containsExactly("MODIFIED /r/d/b");
  }

  @Test
  void needsNoWakeUpWhileNothingHappens() {
    Running running = watching(100);
    disk.save("/r/a", "new");
    disk.remove("/r/d/b");
    running.after(200);
    running.engine.turn();
    assertThat(running.kernel.asleep()).isTrue();
  }
}
