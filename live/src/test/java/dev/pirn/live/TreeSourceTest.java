package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeSourceTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  @Test
  void oneBrokenFileKeepsItsLastGoodVersionWhileTheOthersGoOn() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    desk.write("c.txt", "!never good");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b1"));
      assertThat(live.quarantined()).containsOnlyKeys(desk.at("c.txt"));

      desk.write("a.txt", "!broken");
      Desk.sync(live);
      desk.write("b.txt", "b2");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b2"));
      assertThat(live.diagnostics())
          .extracting(d -> d.message() + ": " + d.inForce())
          .containsExactly(
              "broken \"!broken\": the version of generation 1 stays in force",
              "broken \"!never good\": nothing of this file is in force");

      desk.write("a.txt", "a3");
      desk.delete("c.txt");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a3", "b.txt", "b2"));
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void filesComeGoAndMove() {
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      assertThat(live.get()).isEmpty();
      desk.write("x/y/a.txt", "a1");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("x/y/a.txt", "a1"));
      desk.move("x", "z");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("z/y/a.txt", "a1"));
      desk.delete("z/y");
      Desk.sync(live);
      assertThat(live.get()).isEmpty();
    }
  }

  @Test
  void strictHoldsEverythingBackUntilAllIsGood() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree().strict(true)).open()) {
      desk.write("a.txt", "!broken");
      Desk.sync(live);
      desk.write("b.txt", "b2");
      desk.write("c.txt", "c2");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b1"));
      assertThat(live.diagnostics().getFirst())
          .isEqualTo(
              Diagnostic.error(
                      "PIRN-L012", null, "2 changed files are held back because of 1 broken file")
                  .inForce("generation 1 stays in force")
                  .help("mend the broken files; the others follow at once"));

      desk.write("a.txt", "a3");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a3", "b.txt", "b2", "c.txt", "c2"));
      assertThat(live.generation()).isEqualTo(2);
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void strictTakesWhatWasHeldBackWhenTheBrokenFileIsDeletedOrPutBack() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree().strict(true)).open()) {
      desk.write("a.txt", "!broken");
      Desk.sync(live);
      desk.write("b.txt", "b2");
      Desk.sync(live);
      desk.write("a.txt", "a1");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b2"));

      desk.write("a.txt", "!broken");
      Desk.sync(live);
      desk.delete("b.txt");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b2"));
      desk.delete("a.txt");
      Desk.sync(live);
      assertThat(live.get()).isEmpty();
    }
  }

  @Test
  void strictDoesNotOpenWithABrokenFile() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "!broken");
    assertThatThrownBy(() -> Live.of(desk.tree().strict(true)).open())
        .isInstanceOfSatisfying(
            LiveException.class,
            e ->
                assertThat(e.diagnostics())
                    .extracting(Diagnostic::code)
                    .containsExactly("PIRN-L012", "TEST-1"));
  }

  @Test
  void whatACheckRefusedComesInWhenTheOtherFileMendsIt() {
    desk.write("a.txt", "1");
    desk.write("b.txt", "1");
    try (Live<SortedMap<String, String>> live =
        Live.of(desk.tree())
            .check(all ->
                all.get("a.txt").equals(all.get("b.txt"))
                    ? Verdict.ok()
                    : Verdict.refuse("a and b must be the same"))
            .open()) {
      desk.write("a.txt", "2");
      Desk.sync(live);
      assertThat(live.get()).containsEntry("a.txt", "1");
      assertThat(live.diagnostics())
          .extracting(Diagnostic::message)
          .containsExactly("a and b must be the same");

      desk.write("b.txt", "2");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "2", "b.txt", "2"));
      assertThat(live.generation()).isEqualTo(2);
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void whatWasRefusedTogetherComesTogetherEvenWhileOneOfItIsBeingWritten() throws IOException {
    desk.write("a.txt", "1");
    desk.write("b.txt", "1");
    try (Live<SortedMap<String, String>> live =
        Live.of(desk.tree())
            .check(all -> all.containsValue("no") ? Verdict.refuse("no") : Verdict.ok())
            .open()) {
      desk.write("a.txt", "no");
      Desk.sync(live);
      try (FileChannel writer = FileChannel.open(desk.at("a.txt"), StandardOpenOption.WRITE)) {
        writer.write(StandardCharsets.UTF_8.encode("2"));
        desk.write("b.txt", "2");
        Awaitility.await().until(() -> live.status().rejected() == 2);
        assertThat(live.get()).isEqualTo(Map.of("a.txt", "1", "b.txt", "1"));
        assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("no");
        writer.truncate(1);
      }
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "2", "b.txt", "2"));
      assertThat(live.generation()).isEqualTo(2);
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void onlyTheFileThatChangedIsDecodedAgain() {
    for (int i = 0; i < 20; i++) {
      desk.write("f" + i + ".txt", "one");
    }
    AtomicInteger decoded = new AtomicInteger();
    Source<Integer> source =
        Source.files(
            WatchSpec.tree(desk.folder).include("*.txt"),
            content -> {
              decoded.incrementAndGet();
              return Desk.decode(content);
            },
            parts -> Decoded.of(parts.size()));
    try (Live<Integer> live = Live.of(source).open()) {
      assertThat(decoded.getAndSet(0)).isEqualTo(20);
      desk.write("f7.txt", "two");
      Desk.sync(live);
      assertThat(decoded).hasValue(1);
      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      assertThat(decoded).hasValue(1);
    }
  }

  @Test
  void theDigestDoesNotDependOnTheOrderOfTheEdits() {
    desk.write("a.txt", "a");
    desk.write("b.txt", "b");
    desk.write("c.txt", "c");
    String wanted;
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      wanted = live.snapshot().digest();
      desk.write("a.txt", "other");
      Desk.sync(live);
      assertThat(live.snapshot().digest()).isNotEqualTo(wanted);
      desk.delete("b.txt");
      Desk.sync(live);
      desk.write("b.txt", "b");
      Desk.sync(live);
      desk.write("a.txt", "a");
      Desk.sync(live);
      assertThat(live.snapshot().digest()).isEqualTo(wanted);
      desk.move("c.txt", "d.txt");
      Desk.sync(live);
      assertThat(live.snapshot().digest()).isNotEqualTo(wanted);
    }
  }

  @Test
  void partsComeByRootInTheOrderGivenAndThenByPath() {
    desk.write("second/a.txt", "1");
    desk.write("first/z.txt", "2");
    desk.write("first/b/c.txt", "3");
    desk.write("second/0.txt", "4");
    Source<List<String>> source =
        Source.files(
            WatchSpec.trees(List.of(desk.at("second"), desk.at("first"))),
            Desk::decode,
            parts -> Decoded.of(parts.stream().map(Part::value).toList()));
    try (Live<List<String>> live = Live.of(source).open()) {
      assertThat(live.get()).containsExactly("4", "1", "3", "2");
      desk.write("second/5.txt", "5");
      Desk.sync(live);
      assertThat(live.get()).containsExactly("4", "5", "1", "3", "2");
    }
  }

  @Test
  void severalSingleFilesKeepTheOrderInWhichTheyWereNamed() {
    desk.write("z.env", "base");
    desk.write("a.env", "local");
    Source<List<String>> source =
        Source.files(
            WatchSpec.files(List.of(desk.at("z.env"), desk.at("none.env"), desk.at("a.env"))),
            Desk::decode,
            parts -> Decoded.of(parts.stream().map(Part::value).toList()));
    try (Live<List<String>> live = Live.of(source).open()) {
      assertThat(live.get()).containsExactly("base", "local");
      desk.write("none.env", "middle");
      Desk.sync(live);
      assertThat(live.get()).containsExactly("base", "middle", "local");
    }
  }

  @Test
  void aRootThatIsMissingTakesNothingAway() throws IOException {
    desk.write("root/a.txt", "a1");
    desk.write("root/b.txt", "b1");
    try (Live<SortedMap<String, String>> live =
        Live.of(Desk.tree(WatchSpec.tree(desk.at("root")))).open()) {
      desk.move("root", "away");
      Desk.sync(live);
      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.get()).hasSize(2);
      assertThat(live.diagnostics()).extracting(Diagnostic::code).containsExactly("PIRN-W001");
      desk.write("away/a.txt", "a2");
      Files.delete(desk.at("away/b.txt"));
      desk.move("away", "root");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a2"));
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void theDefaultIsInForceWhileTheWholeNeedsAFileThatIsNotThere() {
    Source<String> source =
        Source.files(
            WatchSpec.tree(desk.folder),
            Desk::decode,
            parts ->
                parts.isEmpty()
                    ? Decoded.failed(Diagnostic.error("TEST-2", null, "nothing is there"))
                    : Decoded.of(parts.getFirst().value()));
    assertThatThrownBy(() -> Live.of(source).open())
        .hasMessage("error[TEST-2]: nothing is there\n  = nothing is in force");
    try (Live<String> live = Live.of(source).orElse("default").open()) {
      assertThat(live.get()).isEqualTo("default");
      desk.write("a.txt", "a1");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("a1");
      desk.delete("a.txt");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("default");
    }
  }

  @Test
  void aReloadTakesNothingThatHasNotSettled() {
    desk.write("a.txt", "a1");
    WatchSpec slow =
        WatchSpec.tree(desk.folder)
            .include("**/*.txt")
            .exclude("out/**")
            .debounce(WatchSpec.LONGEST_DEBOUNCE);
    try (Live<SortedMap<String, String>> live = Live.of(Desk.tree(slow)).open()) {
      desk.write("x/y/new.txt", "new");
      desk.write("x/y/other.md", "no");
      desk.write("out/no.txt", "no");
      desk.write(".hidden/no.txt", "no");
      Reload<SortedMap<String, String>> early = live.reload();
      assertThat(early.diagnostics()).extracting(Diagnostic::code).contains("PIRN-L009");
      assertThat(Walk.files(slow)).containsExactly(desk.at("a.txt"), desk.at("x/y/new.txt"));
    }
  }

  @Test
  void onlyFilesOfTheSourceCanBeReloaded() {
    desk.write("a.txt", "a1");
    try (Live<SortedMap<String, String>> live =
        Live.of(Desk.tree(WatchSpec.tree(desk.folder).include("**/*.txt").exclude("out/**")))
            .open()) {
      for (String name : List.of("a.md", "../a.txt", "out/a.txt", ".git/a.txt", "")) {
        Path file = desk.at(name);
        assertThatThrownBy(() -> live.reload(file))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("\"%s\" is not a file of the source %s", file, desk.folder.getFileName());
      }
      assertThat(live.reload(desk.at("x/../a.txt"))).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.reload(desk.at("not/there.txt"))).isInstanceOf(Reload.Unchanged.class);
    }
  }

  @Test
  void aFifoAmongTheFilesHoldsNobodyUp() throws Exception {
    desk.write("a.txt", "a1");
    Path fifo = desk.at("pipe.txt");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
      live.reload();
      live.reload(fifo);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1"));
      assertThat(live.quarantined()).isEmpty();
      assertThat(live.diagnostics()).extracting(Diagnostic::code).containsExactly("PIRN-W001");
    }
  }

  @Test
  void aFolderInPlaceOfAFileTakesThatFileAway() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      desk.delete("a.txt");
      desk.write("a.txt/inner.txt", "i1");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt/inner.txt", "i1", "b.txt", "b1"));
      desk.delete("a.txt");
      desk.write("a.txt", "a2");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a2", "b.txt", "b1"));
      assertThat(live.diagnostics()).isEmpty();
    }
  }

  @Test
  void everyReaderSeesAllOfOneGeneration() throws Exception {
    // Many files that are renamed in as one folder: whatever is seen, it is sorted and whole.
    for (int i = 0; i < 10; i++) {
      desk.write("set/f" + i + ".txt", "0");
    }
    List<String> torn = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean ended = new AtomicBoolean();
    try (Live<SortedMap<String, String>> live =
        Live.of(desk.tree())
            .check(all ->
                all.values().stream().distinct().count() <= 1
                    ? Verdict.ok()
                    : Verdict.refuse("mixed"))
            .open()) {
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                while (!ended.get()) {
                  Snapshot<SortedMap<String, String>> seen = live.snapshot();
                  if (seen.value().values().stream().distinct().count() > 1) {
                    torn.add(seen.toString());
                  }
                }
              });
      for (int round = 1; round <= 20; round++) {
        for (int i = 0; i < 10; i++) {
          desk.write("set/f" + i + ".txt", String.valueOf(round));
        }
        Desk.sync(live);
        assertThat(live.get().values()).hasSize(10).containsOnly(String.valueOf(round));
      }
      ended.set(true);
      reader.join();
      assertThat(torn).isEmpty();
    }
  }
}
