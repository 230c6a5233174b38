package dev.pirn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Decoded;
import dev.pirn.live.Live;
import dev.pirn.live.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ScribeTest {
  private final TempWorkspace workspace = TempWorkspace.create();
  private final Scribe scribe = workspace.scribe("a.txt");

  @AfterEach
  void close() {
    workspace.close();
  }

  @Test
  void everyWayOfWritingLeavesTheTextAndNothingElse() throws IOException {
    List<Consumer<String>> ways =
        List.of(
            scribe::inPlace,
            scribe::viaRename,
            scribe::likeVim,
            scribe::deleteAndRecreate,
            text -> scribe.inPieces(List.of(text.substring(0, 2), text.substring(2)), _ -> {}));
    for (int round = 0; round < 2; round++) {
      for (int way = 0; way < ways.size(); way++) {
        String text = "round " + round + ", way " + way;
        if (round == 0) {
          workspace.delete("a.txt");
        }
        ways.get(way).accept(text);
        assertThat(workspace.read("a.txt")).isEqualTo(text);
        try (Stream<Path> files = Files.list(workspace.root())) {
          assertThat(files).containsExactly(scribe.file());
        }
      }
    }
  }

  @Test
  void everyWayOfWritingIsFollowed() throws InterruptedException {
    scribe.inPlace("start");
    try (Live<String> live = open()) {
      List<Consumer<String>> ways =
          List.of(
              scribe::inPlace,
              scribe::viaRename,
              scribe::likeVim,
              scribe::deleteAndRecreate,
              scribe::append);
      for (Consumer<String> way : ways) {
        way.accept("text " + ways.indexOf(way));
        assertThat(live.sync(Duration.ofSeconds(10))).isTrue();
        assertThat(live.get()).isEqualTo(workspace.read("a.txt"));
      }
      long generation = live.generation();
      scribe.again();
      scribe.touch();
      assertThat(live.sync(Duration.ofSeconds(10))).isTrue();
      assertThat(live.generation()).isEqualTo(generation);
    }
  }

  @Test
  void betweenThePiecesNothingIsPublished() throws InterruptedException {
    scribe.inPlace("whole");
    try (Live<String> live = open()) {
      List<String> seen = new ArrayList<>();
      scribe.inPieces(List.of("in ", "pieces"), written -> seen.add(written + ": " + live.get()));
      assertThat(seen).containsExactly("0: whole", "1: whole", "2: whole");
      assertThat(live.sync(Duration.ofSeconds(10))).isTrue();
      assertThat(live.get()).isEqualTo("in pieces");
      scribe.truncate();
      assertThat(live.sync(Duration.ofSeconds(10))).isTrue();
      assertThat(live.get()).isEqualTo("in pieces");
    }
  }

  private Live<String> open() {
    return Live.of(
            Source.file(
                scribe.file(),
                content -> Decoded.of(new String(content.bytes(), StandardCharsets.UTF_8))))
        .open();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void movesLinksAndProtects() throws IOException {
    scribe.inPlace("text");
    scribe.chmod("rw-------");
    assertThat(Files.getPosixFilePermissions(scribe.file())).hasSize(2);
    Scribe moved = scribe.moveTo(workspace.path("b.txt"));
    assertThat(Files.exists(scribe.file())).isFalse();
    scribe.linkTo(Path.of("b.txt"));
    assertThat(Files.isSymbolicLink(scribe.file())).isTrue();
    assertThat(workspace.read("a.txt")).isEqualTo("text");
    moved.delete();
    assertThatThrownBy(moved::touch).isInstanceOf(UncheckedIOException.class);
  }
}
