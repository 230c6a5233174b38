package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pirn.watch.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  @Test
  void followsTheFileWhateverTheWayItIsSaved() throws IOException {
    desk.write("a.txt", "one");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      assertThat(live.get()).isEqualTo("one");

      desk.write("a.txt", "in place");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("in place");

      desk.replace("a.txt", "renamed into place");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("renamed into place");

      Files.move(desk.at("a.txt"), desk.at("a.txt~"));
      desk.write("a.txt", "like vim");
      Files.delete(desk.at("a.txt~"));
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("like vim");

      Files.delete(desk.at("a.txt"));
      desk.write("a.txt", "deleted and made again");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("deleted and made again");
      assertThat(live.generation()).isEqualTo(5);
    }
  }

  @Test
  void opensOnlyWithAValidValue() {
    assertThatThrownBy(() -> Live.of(desk.file("a.txt")).open())
        .isInstanceOf(LiveException.class)
        .hasMessage(
            """
            error[PIRN-L001]: the file does not exist
              --> %s
              = nothing is in force
              help: create it\
            """
                .formatted(desk.at("a.txt")));
    desk.write("a.txt", "!one");
    assertThatThrownBy(() -> Live.of(desk.file("a.txt")).open())
        .isInstanceOf(LiveException.class)
        .hasMessage(
            """
            error[TEST-1]: broken "!one"
              --> %s:1:1
            1 | !one
              | ^
              = nothing is in force
              help: take away the "!\"\
            """
                .formatted(desk.at("a.txt")));
  }

  @Test
  void aBadFileNeverTakesAGoodValueAway() throws IOException {
    desk.write("a.txt", "good");
    try (Live<String> live = Live.of(desk.file("a.txt").maxBytes(100)).open()) {
      Snapshot<String> good = live.snapshot();

      desk.write("a.txt", "!bad");
      Desk.sync(live);
      assertThat(live.snapshot()).isSameAs(good);
      assertThat(codes(live)).containsExactly("TEST-1");

      desk.write("a.txt", "");
      Desk.sync(live);
      assertThat(live.snapshot()).isSameAs(good);
      assertThat(codes(live)).containsExactly("PIRN-L004");

      desk.write("a.txt", "x".repeat(101));
      Desk.sync(live);
      assertThat(live.snapshot()).isSameAs(good);
      assertThat(codes(live)).containsExactly("PIRN-L003");

      Files.delete(desk.at("a.txt"));
      Desk.sync(live);
      assertThat(live.snapshot()).isSameAs(good);
      assertThat(codes(live)).containsExactly("PIRN-L001");

      Files.createDirectory(desk.at("a.txt"));
      live.reload();
      assertThat(live.snapshot()).isSameAs(good);
      assertThat(codes(live)).containsExactly("PIRN-L005");

      Files.delete(desk.at("a.txt"));
      desk.write("a.txt", "better");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("better");
      assertThat(live.generation()).isEqualTo(2);
      assertThat(live.diagnostics()).isEmpty();
      assertThat(live.quarantined()).isEmpty();
    }
  }

  private static List<String> codes(Live<?> live) {
    return live.diagnostics().stream().map(Diagnostic::code).distinct().toList();
  }

  @Test
  void putBackAsItIsInForceIsMendedWithoutANewGeneration() {
    desk.write("a.txt", "good");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      desk.write("a.txt", "!bad");
      Desk.sync(live);
      assertThat(live.quarantined()).containsOnlyKeys(desk.at("a.txt"));
      desk.write("a.txt", "good");
      Desk.sync(live);
      assertThat(live.quarantined()).isEmpty();
      assertThat(live.diagnostics()).isEmpty();
      assertThat(live.generation()).isEqualTo(1);
    }
  }

  @Test
  void onlyRealChangeMakesANewGeneration() throws IOException {
    Path file = desk.write("a.txt", "one");
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live = Live.of(desk.file("a.txt")).onReload(outcomes).open()) {
      desk.write("a.txt", "one");
      Desk.sync(live);
      desk.replace("a.txt", "one");
      Desk.sync(live);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
      Desk.sync(live);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
      Desk.sync(live);
      desk.write("a.txt", "two");
      desk.write("a.txt", "one");
      Desk.sync(live);
      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.get()).isEqualTo("one");
      // The edit that was undone may have been seen and applied both ways, but nothing else.
      assertThat(live.generation()).isIn(1L, 3L);
      assertThat(outcomes.all()).noneMatch(o -> o instanceof Reload.Rejected);
    }
  }

  @Test
  void theDigestOfOneFileIsItsSha256() {
    desk.write("a.txt", "abc");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      assertThat(live.snapshot().digest())
          .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
      assertThat(live.snapshot().files()).containsExactly(desk.at("a.txt"));
    }
  }

  @Test
  void theDefaultIsInForceWhileThereIsNoFile() {
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .orElse("default")
            .check(value -> value.equals("default") ? Verdict.refuse("never") : Verdict.ok())
            .onReload(outcomes)
            .open()) {
      assertThat(live.get()).isEqualTo("default");
      assertThat(live.snapshot().files()).isEmpty();
      assertThat(live.diagnostics()).isEmpty();

      desk.write("a.txt", "appeared");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("appeared");

      desk.delete("a.txt");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("default");
      assertThat(live.generation()).isEqualTo(3);

      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      desk.write("a.txt", "again");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("again");
    }
  }

  @Test
  void theDefaultIsInForceWhenTheFileIsBrokenAtTheStart() {
    desk.write("a.txt", "!bad");
    Outcomes<String> outcomes = new Outcomes<>();
    try (Live<String> live =
        Live.of(desk.file("a.txt").strict(true)).orElse("default").onReload(outcomes).open()) {
      assertThat(live.get()).isEqualTo("default");
      Reload<String> opened = outcomes.await(1);
      assertThat(opened).isInstanceOf(Reload.Applied.class);
      assertThat(opened.trigger()).isEqualTo(Trigger.OPEN);
      assertThat(opened.diagnostics())
          .extracting(Diagnostic::inForce)
          .containsExactly("the default is in force");
      assertThat(live.quarantined()).containsOnlyKeys(desk.at("a.txt"));

      desk.write("a.txt", "mended");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("mended");
      desk.write("a.txt", "!bad again");
      Desk.sync(live);
      assertThat(live.get()).as("a good value is never taken away").isEqualTo("mended");
    }
  }

  @Test
  void whatAChecksRefusesAtTheStartIsToldWithTheDefaultAndTakenUpLater() {
    desk.write("a.txt", "refused");
    boolean[] allowed = {false};
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(_ -> allowed[0] ? Verdict.ok() : Verdict.refuse("not now"))
            .orElse("default")
            .open()) {
      assertThat(live.get()).isEqualTo("default");
      assertThat(live.diagnostics())
          .extracting(Diagnostic::message, Diagnostic::inForce)
          .containsExactly(tuple("not now", "the default is in force"));
      allowed[0] = true;
      assertThat(live.reload()).isInstanceOf(Reload.Applied.class);
      assertThat(live.get()).isEqualTo("refused");
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void waitsAtTheStartForAWriterToFinish() throws Exception {
    FileChannel writer = begin("a.txt", "ha");
    Thread other = Thread.startVirtualThread(() -> finish(writer, "lf and half"));
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      assertThat(live.get()).isEqualTo("half and half");
    }
    other.join();
  }

  @Test
  void saysThatTheFileIsBeingWrittenWhenItsWriterDoesNotFinish() throws Exception {
    FileChannel writer = begin("a.txt", "ha");
    assertThatThrownBy(() -> Live.of(desk.file("a.txt")).open())
        .isInstanceOf(LiveException.class)
        .hasMessage(
            """
            error[PIRN-L009]: the file is being written by another process
              --> %s
              = nothing is in force
              help: wait until that process has closed it; it is taken then\
            """
                .formatted(desk.at("a.txt")));
    finish(writer, "lf");
  }

  @Test
  void takesTheDefaultWhileTheFileIsBeingWritten() throws Exception {
    FileChannel writer = begin("a.txt", "ha");
    try (Live<String> live = Live.of(desk.file("a.txt")).orElse("default").open()) {
      assertThat(live.get()).isEqualTo("default");
      finish(writer, "lf");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("half");
    }
  }

  @Test
  void aReloadOfAFileThatIsBeingWrittenSaysSo() throws Exception {
    desk.write("a.txt", "one");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      FileChannel writer = begin("a.txt", "tw");
      Reload<String> outcome = live.reload();
      assertThat(outcome).isInstanceOf(Reload.Rejected.class);
      assertThat(outcome.diagnostics()).extracting(Diagnostic::code).containsExactly("PIRN-L009");
      assertThat(live.get()).isEqualTo("one");
      finish(writer, "o!");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("two!");
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  private FileChannel begin(String name, String text) throws IOException {
    FileChannel writer =
        FileChannel.open(desk.at(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    writer.write(StandardCharsets.UTF_8.encode(text));
    return writer;
  }

  private static void finish(FileChannel writer, String text) {
    try (writer) {
      writer.write(StandardCharsets.UTF_8.encode(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void followsALinkThatIsTurnedAsAConfigMapIs() throws IOException {
    desk.write("v1/a.txt", "one");
    desk.write("v2/a.txt", "two");
    Files.createSymbolicLink(desk.at("data"), Path.of("v1"));
    Files.createSymbolicLink(desk.at("a.txt"), Path.of("data/a.txt"));
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      assertThat(live.get()).isEqualTo("one");
      Files.createSymbolicLink(desk.at("data.new"), Path.of("v2"));
      Files.move(desk.at("data.new"), desk.at("data"), StandardCopyOption.ATOMIC_MOVE);
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("two");
      desk.write("v2/a.txt", "two, edited");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("two, edited");
    }
  }

  @Test
  void aFifoInItsPlaceHoldsNobodyUp() throws Exception {
    Path fifo = desk.at("a.txt");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> Live.of(desk.file("a.txt")).open())
        .isInstanceOf(LiveException.class)
        .hasMessageContaining("error[PIRN-L005]: this is not a regular file");
  }

  @Test
  void aFileOfFiftyMegabytesIsRefusedUnread() throws IOException {
    Path file = desk.write("a.txt", "one");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      Files.write(file, new byte[50_000_000]);
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("one");
      assertThat(live.diagnostics())
          .extracting(Diagnostic::message)
          .containsExactly("the file has 50,000,000 bytes; at most 4,194,304 are read");
    }
  }

  @Test
  void whatTheSystemCannotReadTakesNothingAway() throws IOException {
    Path file = desk.write("a.txt", "one");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      // Its first page is never mapped, so that reading fails for every user.
      Files.createSymbolicLink(desk.at("new"), Path.of("/proc/self/mem"));
      Files.move(desk.at("new"), file, StandardCopyOption.ATOMIC_MOVE);
      Reload<String> outcome = live.reload();
      assertThat(outcome).isInstanceOf(Reload.Rejected.class);
      assertThat(outcome.diagnostics().getFirst().message())
          .startsWith("the file cannot be read: ");
      assertThat(outcome.diagnostics().getFirst().code()).isEqualTo("PIRN-L002");
      assertThat(live.get()).isEqualTo("one");
      Files.delete(file);
      desk.write("a.txt", "two");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("two");
    }
  }

  @Test
  void twoSourcesShareAWatcherAndLeaveItOpen() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Watcher watcher = Watcher.open();
        Live<String> b = Live.of(desk.file("b.txt")).watcher(watcher).open()) {
      try (Live<String> a = Live.of(desk.file("a.txt")).watcher(watcher).open()) {
        desk.write("a.txt", "a2");
        desk.write("b.txt", "b2");
        Desk.sync(a);
        Desk.sync(b);
        assertThat(a.get()).isEqualTo("a2");
        assertThat(b.get()).isEqualTo("b2");
        assertThat(a.generation() + b.generation()).isEqualTo(4);
      }
      desk.write("b.txt", "b3");
      Desk.sync(b);
      assertThat(b.get()).isEqualTo("b3");
    }
  }

  @Test
  void aFolderThatIsMissingTakesNothingAwayNotByReloadingEither() {
    desk.write("mount/a.txt", "one");
    try (Live<String> live = Live.of(desk.file("mount/a.txt")).orElse("default").open()) {
      desk.move("mount", "elsewhere");
      Desk.sync(live);
      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.get()).isEqualTo("one");
      desk.write("elsewhere/a.txt", "two");
      desk.move("elsewhere", "mount");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("two");
      desk.delete("mount/a.txt");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("default");
    }
  }
}
