package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.LiveException;
import dev.pirn.live.Reload;
import dev.pirn.live.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole library on a real disk.
class PatternsTest {
  @TempDir private Path dir;

  @Test
  void aSavedFileIsInForceAndFoundAndToldOf() throws Exception {
    save("a.yaml", Sample.pattern("a", "c"));
    List<PatternEvent> events = new CopyOnWriteArrayList<>();
    try (Patterns patterns = open();
        Subscription subscription = patterns.onEvent(events::add)) {
      assertThat(subscription).isNotNull();
      assertThat(patterns.search("about")).hasSize(1);
      save("sub/b.yml", Sample.pattern("b", "c", "use_cases: [zebra]"));
      assertThat(sync(patterns).library().names()).containsExactly("a", "b");
      assertThat(patterns.search("zebra").getFirst().pattern().name()).isEqualTo("b");
      await().until(() -> events.size() == 1);
      assertThat(events.getFirst())
          .isEqualTo(
              new PatternEvent(
                  PatternEvent.Type.CREATE,
                  "b",
                  "c",
                  dir.resolve("sub/b.yml"),
                  null,
                  2,
                  List.of()));
    }
  }

  @Test
  void aBrokenFileIsQuarantinedWithItsLastGoodVersionAndTheOthersGoOn() throws Exception {
    save("a.yaml", Sample.pattern("a", "c"));
    List<PatternEvent> events = new CopyOnWriteArrayList<>();
    try (Patterns patterns = open()) {
      patterns.onEvent(events::add);
      save("a.yaml", "name: [");
      save("b.yaml", Sample.pattern("b", "c"));
      sync(patterns);
      assertThat(patterns.list(PatternFilter.ALL).stream().map(it -> it.name() + " " + it.state()))
          .containsExactly("a quarantined", "b active");
      assertThat(patterns.diagnostics()).anyMatch(Diagnostic::isError);
      await().until(() -> events.size() == 2);
      assertThat(events.stream().map(it -> it.type() + " " + it.name()))
          .containsExactlyInAnyOrder("validation_failed a", "create b");
      save("a.yaml", Sample.pattern("a", "mended"));
      sync(patterns);
      assertThat(patterns.list(PatternFilter.ALL.category("mended")).getFirst().state())
          .isEqualTo(PatternSummary.State.ACTIVE);
      assertThat(patterns.diagnostics()).isEmpty();
    }
  }

  @Test
  void aRenameTellsWhereTheFileCameFrom() throws Exception {
    save("a.yaml", Sample.pattern("a", "c"));
    List<PatternEvent> events = new CopyOnWriteArrayList<>();
    try (Patterns patterns = open()) {
      patterns.onEvent(events::add);
      Files.move(dir.resolve("a.yaml"), dir.resolve("b.yaml"));
      sync(patterns);
      await().until(() -> events.size() == 2);
      assertThat(events.stream().map(it -> it.type() + " " + it.file().getFileName()))
          .containsExactly("delete a.yaml", "create b.yaml");
      assertThat(events.getLast().from()).isEqualTo(dir.resolve("a.yaml"));
    }
  }

  @Test
  void oneFileIsReloadedByNameOrByPathAndAnUnknownOneIsAnError() throws Exception {
    save("row_count.yaml", Sample.pattern("row_count", "c"));
    save("broken.yaml", "name: [");
    try (Patterns patterns = open()) {
      assertThat(patterns.reload("row_count").value()).isInstanceOf(Reload.Unchanged.class);
      assertThat(patterns.reload("row_count.yaml").value()).isInstanceOf(Reload.Unchanged.class);
      assertThat(patterns.reload(dir.resolve("broken.yaml").toString()).value())
          .isInstanceOf(Reload.Rejected.class);
      Decoded<Reload<PatternLibrary>> unknown = patterns.reload("row_cuont");
      assertThat(unknown.value()).isNull();
      assertThat(unknown.diagnostics().getFirst().message())
          .isEqualTo("pattern file not found: row_cuont");
      assertThat(unknown.diagnostics().getFirst().help()).isEqualTo("did you mean \"row_count\"?");
    }
  }

  @Test
  void nothingOutsideTheLibraryCanBeReloaded() throws Exception {
    Path outside = Files.writeString(dir.resolve("out.yaml"), Sample.pattern("out", "c"));
    Path library = Files.createDirectory(dir.resolve("library"));
    Files.writeString(library.resolve("notes.txt"), "text");
    try (Patterns patterns = Patterns.open(PatternOptions.of(library))) {
      for (String asked :
          List.of("../out.yaml", outside.toString(), "notes.txt", "", ".", "\0", "..")) {
        assertThat(patterns.reload(asked).value()).as(asked).isNull();
      }
      assertThat(patterns.library().size()).isZero();
    }
  }

  @Test
  void allIsReloadedAndTheWayBackIsOpen() throws Exception {
    save("a.yaml", Sample.pattern("a", "first"));
    try (Patterns patterns = open()) {
      save("a.yaml", Sample.pattern("a", "second", "use_cases: [zebra]"));
      sync(patterns);
      assertThat(patterns.search("zebra")).hasSize(1);
      assertThat(patterns.live().rollback(1)).isInstanceOf(Reload.Applied.class);
      assertThat(patterns.library().categories()).containsExactly("first");
      assertThat(patterns.search("zebra")).isEmpty();
      assertThat(patterns.reload()).isInstanceOf(Reload.Applied.class);
      assertThat(patterns.library().categories()).containsExactly("second");
    }
  }

  @Test
  void whatIsWrittenIsInForceWhenTheCallReturns() throws Exception {
    List<PatternEvent> events = new CopyOnWriteArrayList<>();
    try (Patterns patterns = open()) {
      patterns.onEvent(events::add);
      WrittenPattern written = value(write(patterns, "a", Sample.pattern("a", "c"), null));
      LoadedPattern loaded = patterns.library().get("a").orElseThrow();
      assertThat(loaded.file()).isEqualTo(written.file()).isEqualTo(dir.resolve("a.yaml"));
      assertThat(loaded.digest()).isEqualTo(written.digest());
      value(write(patterns, "a", Sample.pattern("a", "d"), written.digest()));
      assertThat(patterns.library().categories()).containsExactly("d");
      sync(patterns);
      await().until(() -> events.size() >= 2);
      assertThat(events.stream().map(it -> it.type().toString()))
          .containsExactly("create", "modify");
    }
  }

  @Test
  void theEarlierFolderHasTheName() throws Exception {
    save("one/a.yaml", Sample.pattern("a", "one"));
    save("two/a.yaml", Sample.pattern("a", "two"));
    PatternOptions options = PatternOptions.of(dir.resolve("two"), dir.resolve("one"));
    try (Patterns patterns = Patterns.open(options)) {
      assertThat(patterns.library().categories()).containsExactly("two");
      assertThat(patterns.library().get("a").orElseThrow().path()).isEqualTo("a.yaml");
      assertThat(patterns.diagnostics()).hasSize(1);
    }
  }

  @Test
  void strictRefusesABrokenFileAndACollision() throws Exception {
    save("a.yaml", Sample.pattern("a", "c"));
    PatternOptions options = PatternOptions.of(dir).strict(true);
    try (Patterns patterns = Patterns.open(options)) {
      save("b.yaml", Sample.pattern("a", "d"));
      assertThat(sync(patterns).reload()).isInstanceOf(Reload.Rejected.class);
      assertThat(patterns.library().categories()).containsExactly("c");
    }
    assertThatThrownBy(() -> Patterns.open(options)).isInstanceOf(LiveException.class);
  }

  @Test
  void whatIsExcludedIsNotThere() throws Exception {
    save("a.yaml", Sample.pattern("a", "c"));
    save("drafts/b.yaml", Sample.pattern("b", "c"));
    try (Patterns patterns = Patterns.open(PatternOptions.of(dir).exclude(List.of("drafts/**")))) {
      assertThat(patterns.library().names()).containsExactly("a");
    }
  }

  @Test
  void aMissingFolderIsAnEmptyLibraryThatFillsUp() throws Exception {
    PatternOptions options = PatternOptions.of(dir.resolve("later"));
    try (Patterns patterns = Patterns.open(options)) {
      assertThat(patterns.library().size()).isZero();
      assertThat(patterns.search("x")).isEmpty();
      save("later/a.yaml", Sample.pattern("a", "c"));
      await().until(() -> patterns.library().size() == 1);
    }
  }

  @Test
  void theClassifierIsPluggable() throws Exception {
    PatternOptions options =
        PatternOptions.of(dir).classifier(message -> new Intent("all_" + message, 1));
    try (Patterns patterns = Patterns.open(options)) {
      assertThat(patterns.classify("x")).isEqualTo(new Intent("all_x", 1));
    }
  }

  @Test
  void afterCloseTheLibraryIsReadableAndNotSearchable() throws Exception {
    save("a.yaml", Sample.pattern("a", "c"));
    Patterns patterns = open();
    assertThat(patterns.search("")).hasSize(1);
    patterns.close();
    patterns.close();
    assertThat(patterns.library().size()).isEqualTo(1);
    assertThatThrownBy(() -> patterns.search("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the patterns are closed");
  }

  @Test
  void validatingSaysWhatOpeningWould() throws Exception {
    save("a.yaml", Sample.pattern("a", "c", "related_patterns: [none]"));
    save("b.yaml", "category: c");
    save("c.yaml", Sample.pattern("a", "c"));
    PatternOptions options = PatternOptions.of(dir);
    assertThat(codes(Patterns.validate(List.of(dir), options)))
        .containsExactly("PIRN-P022", "PIRN-Y031", "PIRN-P008", "PIRN-P020");
    assertThat(codes(Patterns.validate(List.of(dir.resolve("a.yaml")), options))).isEmpty();
    assertThat(
            codes(
                Patterns.validate(List.of(dir.resolve("a.yaml"), dir.resolve("c.yaml")), options)))
        .containsExactly("PIRN-P008", "PIRN-P020");
    assertThat(codes(Patterns.validate(List.of(dir.resolve("none")), options)))
        .containsExactly("PIRN-P031");
  }

  private Patterns open() {
    return Patterns.open(PatternOptions.of(dir));
  }

  private static Patterns sync(Patterns patterns) throws InterruptedException {
    assertThat(patterns.live().sync(Duration.ofSeconds(10))).isTrue();
    return patterns;
  }

  /// Saves as careful editors do: beside the file, then in its place.
  private void save(String path, String text) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Path beside = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.writeString(beside, text);
    Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Decoded<WrittenPattern> write(
      Patterns patterns, String name, String text, @Nullable String digest) {
    return patterns.write(name, null, text.getBytes(StandardCharsets.UTF_8), digest);
  }

  private static <T> T value(Decoded<T> decoded) {
    assertThat(decoded.diagnostics()).isEmpty();
    return Objects.requireNonNull(decoded.value());
  }

  private static List<String> codes(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(Diagnostic::code).toList();
  }
}
