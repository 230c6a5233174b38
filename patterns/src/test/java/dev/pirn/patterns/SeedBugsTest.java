package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the system that this one follows got wrong, by its number in the list of its bugs. Each
/// test fails on that behaviour.
class SeedBugsTest {
  @TempDir private Path dir;
  private final List<PatternEvent> events = new CopyOnWriteArrayList<>();
  private @Nullable Patterns opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  @DisplayName("000.6-1 an atomic save refreshes a pattern that was read before")
  void anAtomicSaveRefreshesAPatternThatWasReadBefore() throws Exception {
    write("a.yaml", pattern("a", "old"));
    Patterns patterns = open();
    assertThat(category("a")).isEqualTo("old");
    replace("a.yaml", pattern("a", "new"));
    sync();
    assertThat(category("a")).isEqualTo("new");
    await().until(() -> events.size() == 1);
    assertThat(events.getFirst().type()).isEqualTo(PatternEvent.Type.MODIFY);
    assertThat(patterns.library().size()).isEqualTo(1);
  }

  @Test
  @DisplayName("000.6-2 a chmod after the write does not swallow the edit")
  @DisabledOnOs(OS.WINDOWS)
  void aChmodAfterTheWriteDoesNotSwallowTheEdit() throws Exception {
    write("a.yaml", pattern("a", "old"));
    open();
    write("a.yaml", pattern("a", "new"));
    Files.setPosixFilePermissions(
        dir.resolve("a.yaml"), PosixFilePermissions.fromString("rw-r--r--"));
    sync();
    assertThat(category("a")).isEqualTo("new");
  }

  @Test
  @DisplayName("000.6-3 a good edit that nobody read stays when the file breaks")
  void aGoodEditThatNobodyReadStaysWhenTheFileBreaks() throws Exception {
    write("a.yaml", pattern("a", "old"));
    open();
    replace("a.yaml", pattern("a", "new"));
    sync();
    replace("a.yaml", "name: [");
    sync();
    assertThat(category("a")).isEqualTo("new");
  }

  @Test
  @DisplayName("000.6-4 invalid content is never served")
  void invalidContentIsNeverServed() throws Exception {
    write("a.yaml", "name: a\ntitle: No category\n");
    Patterns patterns = open();
    assertThat(patterns.library().get("a")).isEmpty();
    assertThat(patterns.search("category")).isEmpty();
    assertThat(patterns.diagnostics().stream().filter(Diagnostic::isError)).hasSize(1);
  }

  @Test
  @DisplayName("000.6-5 a file is judged by its path, not by its stem")
  void aFileIsJudgedByItsPath() throws Exception {
    write("analytics/p.yaml", pattern("first", "analytics"));
    write("ml/p.yaml", pattern("second", "ml"));
    open();
    replace("ml/p.yaml", "name: second\n");
    sync();
    await().until(() -> events.size() == 1);
    assertThat(events.getFirst().type()).isEqualTo(PatternEvent.Type.VALIDATION_FAILED);
    assertThat(events.getFirst().file()).isEqualTo(dir.resolve("ml/p.yaml"));
    assertThat(events.getFirst().name()).isEqualTo("second");
    assertThat(category("first")).isEqualTo("analytics");
  }

  @Test
  @DisplayName("000.6-6 a .yml file is a pattern file")
  void aYmlFileIsAPatternFile() throws Exception {
    open();
    replace("a.yml", pattern("a", "c"));
    sync();
    assertThat(category("a")).isEqualTo("c");
    await().until(() -> events.size() == 1);
    assertThat(events.getFirst().type()).isEqualTo(PatternEvent.Type.CREATE);
  }

  @Test
  @DisplayName(
      "000.6-7 a pattern is listed once under its name, and a bundle is not a nameless one")
  void aPatternIsListedOnceUnderItsName() throws Exception {
    write("stem.yaml", pattern("other", "c"));
    write("bundle.yaml", Sample.bundle("bundle", Sample.entry("entry", "t")));
    Patterns patterns = open();
    assertThat(patterns.list(PatternFilter.ALL).stream().map(PatternSummary::name))
        .containsExactly("entry", "other");
    assertThat(patterns.library().get("stem")).isEmpty();
  }

  @Test
  @DisplayName("000.6-8 new, nested and recreated folders are followed, whatever they are called")
  void newNestedAndRecreatedFoldersAreFollowed() throws Exception {
    Patterns patterns = open();
    write("any/thing/deep/a.yaml", pattern("a", "c"));
    sync();
    assertThat(patterns.library().names()).containsExactly("a");
    Files.delete(dir.resolve("any/thing/deep/a.yaml"));
    Files.delete(dir.resolve("any/thing/deep"));
    write("any/thing/deep/b.yaml", pattern("b", "c"));
    sync();
    assertThat(patterns.library().names()).containsExactly("b");
  }

  @Test
  @DisplayName(
      "000.6-12 reloading tells a missing file from a broken one, and is told to listeners")
  void reloadingTellsAMissingFileFromABrokenOne() throws Exception {
    write("broken.yaml", "name: broken\n");
    Patterns patterns = open();
    for (String asked : List.of("none", "[", "none.yaml")) {
      Diagnostic missing = patterns.reload(asked).diagnostics().getFirst();
      assertThat(missing.message()).isEqualTo("pattern file not found: " + asked);
    }
    Reload<PatternLibrary> broken = Objects.requireNonNull(patterns.reload("broken.yaml").value());
    assertThat(broken).isInstanceOf(Reload.Rejected.class);
    assertThat(broken.diagnostics().getFirst().message()).contains("category");
    await().until(() -> events.size() == 1);
    assertThat(events.getFirst().name()).isEqualTo("broken");
  }

  @Test
  @DisplayName("000.6-14 what is searched and listed is never older than what was checked")
  void whatIsSearchedIsNeverOlderThanWhatWasChecked() throws Exception {
    Patterns patterns = open();
    for (int i = 0; i < 30; i++) {
      replace("a.yaml", pattern("a", "c", "tags: [word" + i + "]"));
      sync();
      assertThat(patterns.search("word" + i)).hasSize(1);
      assertThat(i == 0 ? List.of() : patterns.search("word" + (i - 1))).isEmpty();
    }
    assertThatThrownBy(() -> patterns.library().list().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @DisplayName("000.6-15 events carry the category, also of what failed or is gone")
  void eventsCarryTheCategory() throws Exception {
    write("a.yaml", pattern("a", "analytics"));
    open();
    replace("a.yaml", "name: a\n");
    sync();
    Files.delete(dir.resolve("a.yaml"));
    sync();
    await().until(() -> events.size() == 2);
    assertThat(events.stream().map(event -> event.type() + " " + event.category()))
        .containsExactly("validation_failed analytics", "delete analytics");
  }

  @Test
  @DisplayName("000.6-16 creating checks the name, the content, what is there, and the size")
  void creatingChecksEverythingBeforeItWrites() throws Exception {
    Path library = Files.createDirectory(dir.resolve("library"));
    try (Patterns patterns = Patterns.open(PatternOptions.of(library))) {
      assertThat(create(patterns, "../x", pattern("x", "c")).value()).isNull();
      assertThat(create(patterns, "x", "name: x\n").value()).isNull();
      assertThat(create(patterns, "x", "#".repeat(5_000_000)).value()).isNull();
      assertThat(create(patterns, "x", pattern("x", "first")).value()).isNotNull();
      assertThat(create(patterns, "x", pattern("x", "second")).value()).isNull();
      assertThat(patterns.library().categories()).containsExactly("first");
    }
    assertThat(dir.resolve("x.yaml")).doesNotExist();
  }

  @Test
  @DisplayName("000.6-17 recommendations are sorted, know intents, and take ml for a word")
  void recommendationsAreSortedKnowIntentsAndTakeMlForAWord() throws Exception {
    write("a.yaml", pattern("html_xml", "web", "use_cases: [html and xml pages]"));
    write("b.yaml", pattern("train", "ml", "use_cases: [fit a model]"));
    write("c.yaml", pattern("clean", "c", "intents: [data_quality]"));
    write("d.yaml", pattern("model_report", "c", "use_cases: [model quality report]"));
    Patterns patterns = open();
    assertThat(patterns.recommend("ml", null).stream().map(Recommendation::name))
        .containsExactly("train");
    assertThat(patterns.recommend("data", null).stream().map(Recommendation::name))
        .containsExactly("clean");
    List<Recommendation> all = patterns.recommend("quality of the ml model", null);
    assertThat(all).hasSizeGreaterThan(2);
    assertThat(all)
        .isSortedAccordingTo(Comparator.comparingDouble(Recommendation::confidence).reversed());
    // A name counts for a message that contains it, not the other way round.
    assertThat(patterns.recommend("a model_report please", null).getFirst().name())
        .isEqualTo("model_report");
  }

  @Test
  @DisplayName("000.6-18 the same pattern is always written alike, with all its errors, in budget")
  void theSamePatternIsAlwaysWrittenAlike() {
    String templates =
        String.join("\n", IntStream.range(0, 9).mapToObj(i -> "  t" + i + ": text").toList());
    String errors =
        String.join("\n", IntStream.range(0, 7).mapToObj(i -> "  - error: E" + i).toList());
    String text =
        pattern("a", "c", "templates:", templates, "common_errors:", errors)
            + "best_practices: '"
            + "x".repeat(9000)
            + "'\n";
    Pattern pattern = Tree.of("a.yaml", text).library().get("a").orElseThrow().pattern();
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      FormattedPattern formatted = PatternFormat.format(pattern, PatternFormat.DEFAULT_BUDGET);
      assertThat(formatted.tokens()).isLessThanOrEqualTo(2000);
      all.add(formatted.text());
    }
    assertThat(all).hasSize(1);
    assertThat(all.iterator().next()).contains("Template: t0", "Template: t8", "- E0", "- E6");
  }

  @Test
  @DisplayName("000.6-19 nothing is split, hidden or dropped: letters, parse errors, keys, sizes")
  void nothingIsSplitHiddenOrDropped() throws Exception {
    String long1 = "é".repeat(5000);
    write("a.yaml", pattern("a", "c", "best_practices: " + long1, "use_casess: [x]"));
    write("broken.yaml", "name: broken\n  bad: indent\n");
    Files.writeString(dir.resolve("large.yaml"), "#".repeat(5_000_000));
    write("deep.yaml", pattern("deep", "c", "extra: " + "[".repeat(200) + "]".repeat(200)));
    Patterns patterns = open();
    LoadedPattern loaded = patterns.library().get("a").orElseThrow();
    assertThat(PatternFormat.format(loaded.pattern(), 2000).text()).doesNotContain("\uFFFD");
    assertThat(loaded.pattern().bestPractices()).isEqualTo(long1);
    List<Diagnostic> found = patterns.diagnostics();
    assertThat(hints(found)).contains("did you mean \"use_cases\"?");
    assertThat(files(found)).contains("broken.yaml", "large.yaml", "deep.yaml");
    assertThat(patterns.library().names()).containsExactly("a");
  }

  @Test
  @DisplayName("000.6-20 a debounce outside its range is refused, and files are absolute")
  void aDebounceOutsideItsRangeIsRefused() throws Exception {
    for (Duration debounce : List.of(Duration.ofMillis(-1), Duration.ofMinutes(1))) {
      PatternOptions options = PatternOptions.of(dir).debounce(debounce);
      assertThatThrownBy(() -> Patterns.open(options)).isInstanceOf(IllegalArgumentException.class);
    }
    Path relative = Path.of("").toAbsolutePath().relativize(dir.toAbsolutePath());
    write("a.yaml", pattern("a", "c"));
    try (Patterns patterns = Patterns.open(PatternOptions.of(relative))) {
      assertThat(patterns.library().get("a").orElseThrow().file().isAbsolute()).isTrue();
    }
  }

  private Patterns open() {
    Patterns patterns = Patterns.open(PatternOptions.of(dir));
    patterns.onEvent(events::add);
    opened = patterns;
    return patterns;
  }

  private String category(String name) {
    return patterns().library().get(name).orElseThrow().pattern().category();
  }

  private void sync() throws InterruptedException {
    assertThat(patterns().live().sync(Duration.ofSeconds(10))).isTrue();
  }

  private Patterns patterns() {
    return Objects.requireNonNull(opened);
  }

  private void write(String path, String text) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private void replace(String path, String text) throws IOException {
    Path beside = dir.resolve(path + ".tmp");
    Files.writeString(beside, text);
    Files.move(beside, dir.resolve(path), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Decoded<WrittenPattern> create(Patterns patterns, String name, String text) {
    return patterns.write(name, null, text.getBytes(StandardCharsets.UTF_8), null);
  }

  private static String pattern(String name, String category, String... lines) {
    return Sample.pattern(name, category, lines);
  }

  private static List<String> hints(List<Diagnostic> found) {
    return found.stream().map(Diagnostic::hint).filter(Objects::nonNull).toList();
  }

  private static List<String> files(List<Diagnostic> found) {
    return found.stream()
        .filter(Diagnostic::isError)
        .map(Diagnostic::place)
        .filter(Objects::nonNull)
        .map(place -> String.valueOf(place.file().getFileName()))
        .toList();
  }
}
