package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;
  private final List<String> trouble = new ArrayList<>();

  private LogFile log(long bytes, int files) {
    return LogFile.of(folder.resolve("a.log"), new LogFileOptions(bytes, files), trouble::add);
  }

  private String read(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void keepsTheLastFiles() throws Exception {
    try (LogFile log = log(10, 3)) {
      for (int i = 1; i <= 9; i++) {
        log.line("line" + i);
      }
    }
    assertThat(read("a.log")).isEqualTo("line9\n");
    assertThat(read("a.log.1")).isEqualTo("line8\n");
    assertThat(read("a.log.2")).isEqualTo("line7\n");
    try (var names = Files.list(folder)) {
      assertThat(names).hasSize(3);
    }
    assertThat(trouble).isEmpty();
  }

  @Test
  void aLineThatIsLargerThanAFileIsWrittenAsAWhole() throws Exception {
    try (LogFile log = log(10, 1)) {
      log.line("short");
      log.line("longer than ten bytes");
    }
    assertThat(read("a.log")).isEqualTo("longer than ten bytes\n");
  }

  @Test
  void goesOnWhereTheLastOneEnded() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (LogFile log = log(100, 2)) {
        log.line("run " + i);
      }
    }
    assertThat(read("a.log")).isEqualTo("run 0\nrun 1\n");
  }

  @Test
  void isBegunAnewWhenItIsDeletedOrRenamed() throws Exception {
    try (LogFile log = log(100, 2)) {
      log.line("one");
      Files.delete(folder.resolve("a.log"));
      log.line("two");
      assertThat(read("a.log")).isEqualTo("two\n");
      Files.move(folder.resolve("a.log"), folder.resolve("kept"));
      log.line("three");
    }
    assertThat(read("a.log")).isEqualTo("three\n");
    assertThat(read("kept")).isEqualTo("two\n");
  }

  @Test
  void saysOnceThatItCannotBeWrittenAndHowMuchIsMissing() throws Exception {
    Path file = folder.resolve("a.log");
    try (LogFile log = log(100, 2)) {
      Files.createDirectory(file);
      log.line("one");
      log.line("two");
      assertThat(trouble)
          .containsExactly(
              "the log "
                  + file
                  + " cannot be written, its lines are dropped until it can:"
                  + " java.nio.file.FileSystemException: "
                  + file
                  + ": Is a directory");
      Files.delete(file);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> {
            log.line("again");
            return Files.exists(file);
          });
      assertThat(read("a.log")).matches("\\[\\d+ lines are missing]\nagain\n");
      assertThat(trouble).hasSize(1);
    }
  }

  @Test
  void linesAfterClosingAreDropped() {
    LogFile log = log(100, 2);
    log.line("one");
    log.close();
    log.close();
    log.line("two");
    assertThat(folder.resolve("a.log")).hasContent("one\n");
    assertThat(trouble).isEmpty();
  }

  @Test
  void needsRoom() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LogFileOptions(0, 1))
        .withMessage("a log has room, was 1 files of 0 bytes");
  }
}
