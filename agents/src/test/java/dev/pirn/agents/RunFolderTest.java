package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path temp;
  private final List<String> trouble = new ArrayList<>();

  private RunFolder open() {
    return new RunFolder(temp.resolve("run"), trouble::add);
  }

  @Test
  void portsAndTheMarkAreThereForTheNextRun() throws IOException {
    try (RunFolder first = open()) {
      assertThat(first.replace("first-run")).isNull();
      first.port("a", 4711);
      first.port("b-c", 4712);
      first.port("a", 4713);
    }
    try (RunFolder second = open()) {
      assertThat(second.own()).isTrue();
      assertThat(second.replace("second-run-of-all")).isEqualTo("first-run");
      assertThat(second.replace("third-run")).isEqualTo("second-run-of-all");
      assertThat(second.port("a")).isEqualTo(4713);
      assertThat(second.port("b-c")).isEqualTo(4712);
      assertThat(second.port("d")).isZero();
    }
    Files.writeString(temp.resolve("run/run"), "1\0");
    try (RunFolder third = open()) {
      assertThat(third.replace("third-run")).as("a file that is broken").isNull();
    }
    try (RunFolder third = open()) {
      assertThat(third.replace("fourth-run")).isEqualTo("third-run");
    }
    assertThat(trouble).isEmpty();
  }

  @Test
  void itBelongsToOneAtATime() {
    try (RunFolder first = open()) {
      first.replace("first-run");
      first.port("a", 4711);
      try (RunFolder second = open()) {
        assertThat(second.own()).isFalse();
        assertThat(second.replace("second-run"))
            .as("what the first one runs is left alone")
            .isNull();
        second.port("a", 4712);
      }
      assertThat(trouble)
          .containsExactly(
              "this process has agents in %s already; ports are not kept"
                  .formatted(temp.resolve("run")));
      assertThat(first.replace("third-run")).isEqualTo("first-run");
    }
    try (RunFolder again = open()) {
      assertThat(again.port("a")).isEqualTo(4711);
    }
  }

  @Test
  void whatCannotBeReadIsLostAndTold() throws IOException {
    Files.createDirectories(temp.resolve("run"));
    Files.writeString(temp.resolve("run/ports"), "a 4711\nb\nc 0\nd 123456\ne x\nf 5\n");
    try (RunFolder folder = open()) {
      assertThat(folder.port("a")).isEqualTo(4711);
      assertThat(List.of(folder.port("b"), folder.port("c"), folder.port("d"), folder.port("e")))
          .containsOnly(0);
      assertThat(folder.port("f")).isEqualTo(5);
    }
    Files.writeString(temp.resolve("file"), "");
    try (RunFolder none = new RunFolder(temp.resolve("file/x"), trouble::add)) {
      assertThat(none.own()).isFalse();
      assertThat(none.port("a")).isZero();
      none.port("a", 1);
      assertThat(none.port("a")).isEqualTo(1);
    }
    assertThat(trouble)
        .singleElement()
        .asString()
        .startsWith("cannot be used, so ports are not kept");
  }
}
