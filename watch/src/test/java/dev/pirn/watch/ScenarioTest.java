package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The files in `src/test/scenarios`, on the real disk.
@EnabledOnOs(OS.LINUX)
class ScenarioTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// More than one tick of the coarsest clock that stamps files.
  private static final Duration TICKS = Duration.ofMillis(15);

  @TempDir Path folder;

  static Stream<Arguments> scenarios() throws IOException {
    return Scenario.all().stream()
        .flatMap(scenario ->
            scenario.backends().stream()
                .map(backend -> Arguments.of(scenario.name(), backend, scenario)));
  }

  @ParameterizedTest(name = "{0} with {1}")
  @MethodSource("scenarios")
  void tellsWhatTheScenarioSays(String name, Backend backend, Scenario scenario) throws Exception {
    run(scenario.given());
    rest();
    Recorder recorder = new Recorder();
    try (Watcher watcher =
            Watcher.builder().backend(backend).pollInterval(Duration.ofMillis(50)).open();
        Watch watch = EventQueue.of(16_384, () -> watcher.watch(scenario.spec(folder), recorder))) {
      check(name + ", at the start", scenario, scenario.begun(), watch, recorder);
      int number = 0;
      for (Scenario.Block block : scenario.blocks()) {
        run(block.commands());
        check(name + ", step " + ++number, scenario, block.expected(), watch, recorder);
      }
    }
  }

  private void check(
      String what, Scenario scenario, Scenario.Expected expected, Watch watch, Recorder recorder)
      throws InterruptedException {
    assertThat(watch.sync(LIMIT)).as(what + ": everything is told in time").isTrue();
    List<Recorder.Heard> heard = recorder.take();
    boolean pairs = watch.state().backend() == Backend.INOTIFY;
    assertThat(heard.stream().map(one -> shown(scenario, one.change())))
        .as(what)
        .containsExactlyInAnyOrderElementsOf(
            expected.changes().stream()
                .map(line -> pairs ? line : line.replaceFirst(" from .*", ""))
                .toList());
    for (Recorder.Heard one : heard) {
      if (!scenario.anyContent() && one.change().kind() != Change.Kind.DELETED) {
        assertThat(one.content())
            .as(what + ": " + one.change().path() + " is read whole")
            .isNotEmpty()
            .isEqualTo(Recorder.content(one.change().path()));
      }
    }
    state(what, scenario, expected, watch);
  }

  private void state(String what, Scenario scenario, Scenario.Expected expected, Watch watch) {
    WatchState state = watch.state();
    if (expected.problems() != null) {
      assertThat(
              state.problems().stream()
                  .map(problem ->
                      (problem.kind() + " " + relative(scenario, problem.path())).strip()))
          .as(what + ": problems")
          .containsExactlyInAnyOrderElementsOf(expected.problems());
    }
    if (expected.folders() != null) {
      assertThat(state.folders()).as(what + ": folders").isEqualTo(expected.folders());
    }
  }

  private String shown(Scenario scenario, Change change) {
    String text = change.kind() + " " + relative(scenario, change.path());
    return change.from() == null ? text : text + " from " + relative(scenario, change.from());
  }

  private String relative(Scenario scenario, @Nullable Path path) {
    return path == null
        ? ""
        : scenario.root(folder).relativize(path).toString().replace("\n", "\\n");
  }

  /// What was written so shortly before it is first looked at that its time stamps could not tell
  /// one more change may be told once for nothing; that is no part of a scenario.
  private void rest() throws IOException {
    Instant newest = Instant.MIN;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        FileTime changed =
            (FileTime) Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        newest = changed.toInstant().isAfter(newest) ? changed.toInstant() : newest;
      }
    }
    Instant rested = newest.plus(TICKS);
    await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(rested));
  }

  private void run(String commands) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", commands)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends: " + commands).isTrue();
    assertThat(process.exitValue()).as(commands + "\n" + output).isZero();
  }
}
