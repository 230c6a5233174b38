package dev.pirn.agents.process;

import static dev.pirn.agents.process.Ward.GRACE;
import static dev.pirn.agents.process.Ward.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.pirn.agents.process.LaunchException.Reason;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LauncherTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Ward ward;

  @BeforeEach
  void open() {
    ward = Ward.open(folder);
  }

  @AfterEach
  void close() {
    ward.close();
  }

  @Test
  void aProcessLeadsItsOwnGroupAndSession() throws Exception {
    ChildProcess child = ward.sh("echo up $$; exec sleep 60");
    assertThat(ward.printed("up")).isEqualTo(child.pid());
    ProcessEntry entry = new ProcTable().entry(child.pid());
    assertThat(entry.group()).isEqualTo(child.pid());
    assertThat(entry.session()).isEqualTo(child.pid());
    assertThat(child.startTime())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(child).hasToString("process " + child.pid());
  }

  @Test
  void itGetsTheEnvironmentTheFolderAndOurMarks() throws Exception {
    ChildProcess child =
        ward.launcher.start(
            new Command(
                List.of(
                    "/bin/sh",
                    "-c",
                    "pwd; echo $MINE; echo $PIRN_RUN; echo $PIRN_PROCESS; echo [$HOME]"),
                folder,
                Map.of("MINE", "yes")),
            (_, line) -> ward.lines.add(line));
    get(child.exit());
    String run = ward.launcher.runId();
    assertThat(ward.lines)
        .containsExactly(folder.toRealPath().toString(), "yes", run, run + "/1", "[]");
  }

  @Test
  void itsInputIsEmptyAndBothOutputsAreRead() throws Exception {
    get(ward.sh("cat; echo out; echo err >&2; printf 'no end'; exit 3").exit());
    assertThat(ward.lines).containsExactlyInAnyOrder("STDOUT out", "STDERR err", "STDOUT no end");
  }

  @Test
  void theExitHasTheCode() throws Exception {
    Exit exit = get(ward.sh("exit 3").exit());
    assertThat(exit).isEqualTo(new Exit(3, false)).hasToString("exit code 3");
    assertThat(exit.clean()).isFalse();
  }

  @Test
  void theLastLinesAreToldBeforeTheExit() throws Exception {
    for (int i = 0; i < 20; i++) {
      ward.lines.clear();
      get(ward.sh("for i in 1 2 3 4 5; do echo $i; done; exit 1").exit());
      assertThat(ward.lines).hasSize(5);
    }
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    refused(
        Reason.NOT_FOUND, "there is no program \"no-such\" on the PATH, /bin:/usr/bin", "no-such");
    refused(Reason.NOT_FOUND, "the program " + folder + "/no/such does not exist", "no/such");
    refused(Reason.NOT_FOUND, "the command's program is empty", "");
  }

  @Test
  void aProgramThatMayNotBeExecutedIsNamed() throws Exception {
    Files.writeString(folder.resolve("plain"), "#!/bin/sh\n");
    refused(
        Reason.NOT_EXECUTABLE,
        folder
            + "/./plain may not be executed; allow it with chmod +x, or name its interpreter first",
        "./plain");
    refused(Reason.NOT_EXECUTABLE, "/tmp is a folder", "/tmp");
  }

  @Test
  void aScriptWithoutItsInterpreterIsExplained() throws Exception {
    script("lost", "#!/no/such/python -u\n");
    refused(
        Reason.NO_INTERPRETER,
        folder
            + "/lost is a script for /no/such/python, which does not exist or may not be executed",
        folder + "/lost");
    script("windows", "#!/bin/sh\r\n");
    refused(
        Reason.NO_INTERPRETER,
        folder
            + "/windows is a script for /bin/sh whose lines end with carriage returns; save it with"
            + " Unix line ends",
        folder + "/windows");
  }

  private void script(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws Exception {
    Path missing = folder.resolve("missing");
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> start(new Command(List.of("true"), missing, Map.of())))
        .withMessage("the working folder " + missing + " does not exist")
        .matches(it -> it.reason() == Reason.NO_FOLDER);
    Path file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> start(new Command(List.of("true"), file, Map.of())))
        .withMessage("the working folder " + file + " is a file");
  }

  @Test
  void whatTheSystemRefusesIsToldAndLeavesNothing() throws Exception {
    int before = files();
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> ward.run("true", "x".repeat(3_000_000)))
        .withMessageEndingWith(
            "/true could not be started: Exec failed, error: 7 (Argument list too long)")
        .matches(it -> it.reason() == Reason.REFUSED);
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> start(new Command(List.of("true"), folder, Map.of("A=B", "x"))))
        .matches(it -> it.reason() == Reason.REFUSED);
    assertThat(files()).isLessThanOrEqualTo(before);
  }

  private void refused(Reason reason, String message, String program) {
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(
            () -> start(new Command(List.of(program), folder, Map.of("PATH", "/bin:/usr/bin"))))
        .withMessage(message)
        .matches(it -> it.reason() == reason);
  }

  private ChildProcess start(Command command) throws LaunchException {
    return ward.launcher.start(command, (_, line) -> ward.lines.add(line));
  }

  @Test
  void nothingIsStartedAfterClosing() {
    ward.launcher.close();
    assertThatExceptionOfType(LaunchException.class)
        .isThrownBy(() -> ward.run("true"))
        .withMessage("the launcher is closed")
        .matches(it -> it.reason() == Reason.CLOSED);
  }

  @Test
  void closingWhileOthersStartLeavesNothing() throws Exception {
    CountDownLatch started = new CountDownLatch(8);
    AtomicInteger refused = new AtomicInteger();
    List<Thread> threads =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(_ ->
                Thread.ofVirtual()
                    .start(() -> {
                      try {
                        while (true) {
                          ward.sh("setsid sleep 60 & sleep 60");
                          started.countDown();
                        }
                      } catch (LaunchException e) {
                        refused.incrementAndGet();
                      }
                    }))
            .toList();
    started.await();
    ward.launcher.close();
    for (Thread thread : threads) {
      thread.join(SOON);
    }
    assertThat(refused).hasValue(4);
    assertThat(Ward.marked(ward.launcher.runId())).isEmpty();
  }

  @Test
  void aListenerThatThrowsIsToldOnceAndGetsTheNextLines() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    ChildProcess child =
        ward.launcher.start(
            ward.command("sh", "-c", "echo 1; echo 2; echo 3"),
            (_, _) -> {
              calls.incrementAndGet();
              throw new IllegalStateException("full");
            });
    get(child.exit());
    assertThat(calls).hasValue(3);
    assertThat(ward.trouble)
        .containsExactly(
            "pirn-out-"
                + child.pid()
                + ": the listener of the output failed, further failures are not told:"
                + " java.lang.IllegalStateException: full");
  }

  @Test
  void aListenerThatBlocksHoldsUpOnlyItsOwnProcess() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    ChildProcess loud =
        ward.launcher.start(
            ward.command("sh", "-c", "while :; do echo loud; done"),
            (_, _) -> {
              blocked.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                woken.countDown();
              }
            });
    blocked.await();
    get(ward.sh("echo quiet").exit());
    assertThat(ward.lines).containsExactly("STDOUT quiet");
    assertThat(get(loud.stop(GRACE)).complete()).isTrue();
    assertThat(woken.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aGigabyteNeedsNoMemory() throws Exception {
    Process flood =
        Supervisor.start(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx24m"), "flood");
    assertThat(Supervisor.line(flood)).isEqualTo("1000000000 6");
    assertThat(flood.waitFor()).isZero();
  }

  @Test
  void twoHundredStartsAndStopsLeaveNothingOpen() throws Exception {
    for (int i = 0; i < 5; i++) {
      get(ward.run("sleep", "60").stop(GRACE));
    }
    awaitNoThreads();
    int files = files();
    for (int i = 0; i < 200; i++) {
      ChildProcess child = i % 2 == 0 ? ward.run("sleep", "60") : ward.run("true");
      assertThat(get(child.stop(GRACE)).complete()).isTrue();
    }
    assertThat(Ward.marked(ward.launcher.runId())).isEmpty();
    awaitNoThreads();
    await().atMost(SOON).until(() -> files() <= files);
  }

  private static void awaitNoThreads() {
    await()
        .atMost(SOON)
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(it -> it.getName().matches("pirn-(out|err|stop)-.*")));
  }

  private static int files() {
    String[] names = new File("/proc/self/fd").list();
    return names == null ? 0 : names.length;
  }

  @Test
  void refusesToEndItsOwnRunAsLeftovers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ward.launcher.endLeftovers(ward.launcher.runId(), GRACE))
        .withMessage("not the id of an earlier run: \"" + ward.launcher.runId() + "\"");
    assertThatIllegalArgumentException().isThrownBy(() -> ward.launcher.endLeftovers("", GRACE));
  }

  @Test
  void aCommandNeedsAProgram() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Command(List.of(), folder, Map.of()))
        .withMessage("a command needs a program");
  }
}
