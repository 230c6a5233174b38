package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The real library of the Loom project, read where it lies.
@EnabledIf(
    value = "corpusIsThere",
    disabledReason = "the real pattern files are not in the folder that pirn.data names")
class CorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("pirn.data", "data"), "loom-patterns");
  private static Tree tree = Tree.of();
  private static PatternLibrary library = PatternLibrary.empty();

  static boolean corpusIsThere() {
    return Files.isDirectory(CORPUS);
  }

  @BeforeAll
  static void readTheCorpus() {
    tree = Tree.read(CORPUS);
    library = tree.library();
  }

  @Test
  void noFileIsRefusedAndEveryWarningIsOneThatIsMeant() {
    Map<String, Integer> codes = new HashMap<>();
    tree.fileDiagnostics().forEach(it -> codes.merge(it.code(), 1, Integer::sum));
    assertThat(codes).isEqualTo(Map.of("PIRN-P013", 3));
    codes.clear();
    library.diagnostics().forEach(it -> codes.merge(it.code(), 1, Integer::sum));
    assertThat(codes)
        .isEqualTo(Map.of("PIRN-P020", 6, "PIRN-P021", 30, "PIRN-P022", dangling().size()));
    assertThat(dangling()).hasSizeBetween(30, 40);
  }

  @Test
  void everyPatternIsListedOnceOrExplainedByADiagnosticThatNamesBothFiles() {
    Map<String, List<Path>> defined = new HashMap<>();
    for (Path file : tree.files()) {
      PatternFile content =
          Objects.requireNonNull(tree.decode(Tree.ROOT.relativize(file).toString()).value());
      for (Definition definition : content.definitions()) {
        String name = definition.pattern().name();
        assertThat(name).isNotBlank();
        defined.computeIfAbsent(name, _ -> new ArrayList<>()).add(file);
      }
    }
    assertThat(library.names()).isEqualTo(defined.keySet()).hasSize(59);
    Set<String> explained = new HashSet<>();
    for (Diagnostic diagnostic : library.diagnostics()) {
      if (!diagnostic.related().isEmpty()) {
        Place place = Objects.requireNonNull(diagnostic.place());
        explained.add(place.file() + " " + diagnostic.related().getFirst().file());
      }
    }
    defined.forEach((name, files) -> {
      Path inForce = library.get(name).orElseThrow().file();
      files.stream()
          .filter(file -> !file.equals(inForce))
          .forEach(file -> assertThat(explained).contains(file + " " + inForce));
    });
  }

  @Test
  void aWholePatternIsNeverHiddenByABundlesEntry() {
    assertThat(library.list().stream().filter(it -> it.bundle() != null))
        .hasSize(13)
        .allMatch(it -> it.path().startsWith("libraries/"));
  }

  @Test
  void everyPatternIsFormattedWithinTheBudget() {
    for (LoadedPattern loaded : library.list()) {
      FormattedPattern formatted =
          PatternFormat.format(loaded.pattern(), PatternFormat.DEFAULT_BUDGET);
      assertThat(formatted.tokens()).isLessThanOrEqualTo(PatternFormat.DEFAULT_BUDGET);
      FormattedPattern whole = PatternFormat.format(loaded.pattern(), 100_000);
      assertThat(whole.leftOut()).isEmpty();
      loaded
          .pattern()
          .commonErrors()
          .forEach(it -> assertThat(whole.text()).contains(Markdown.oneLine(it.error())));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sequence of events               | npath",
        "customer churn                   | churn_analysis",
        "find duplicate rows              | duplicate_detection",
        "missing index                    | missing_index_analysis",
        "profile a table                  | data_profiling",
        "sessionization                   | sessionize",
        "sentiment of a text              | sentiment",
        "import a csv file                | csv_import",
        "write unit tests                 | test_generation",
        "kubernetes readiness probe       | health_check",
        "a/b test of prompts              | prompt_evaluation",
        "root cause analysis              | root_cause_analysis",
        "vacu                             | vacuum_recommendation"
      })
  void searchFindsFirstWhatIsMeant(String query, String expected) {
    try (PatternIndex index = new PatternIndex();
        IndexView view = index.view(library, 1)) {
      assertThat(view.ranked(query).getFirst().pattern().name()).isEqualTo(expected);
    }
  }

  @Test
  void breakingOneFileLeavesTheOthersAndItsLastGoodVersionAndDeletingRemovesIt(@TempDir Path copy)
      throws Exception {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(CORPUS.relativize(file));
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(file, to);
      }
    }
    Path file = copy.resolve("teradata/analytics/npath.yaml");
    try (Patterns patterns = Patterns.open(PatternOptions.of(copy))) {
      assertThat(patterns.library().names()).isEqualTo(library.names());
      Files.writeString(file, "name: [");
      assertThat(patterns.live().sync(Duration.ofSeconds(10))).isTrue();
      assertThat(patterns.library().names()).isEqualTo(library.names());
      assertThat(patterns.list(PatternFilter.ALL).stream().map(PatternSummary::state))
          .containsOnlyOnce(PatternSummary.State.QUARANTINED);
      Files.delete(file);
      assertThat(patterns.live().sync(Duration.ofSeconds(10))).isTrue();
      LoadedPattern next = patterns.library().get("npath").orElseThrow();
      assertThat(next.path()).isEqualTo("libraries/teradata-analytics.yaml");
      Files.delete(copy.resolve("libraries/teradata-analytics.yaml"));
      assertThat(patterns.live().sync(Duration.ofSeconds(10))).isTrue();
      assertThat(patterns.library().get("npath")).isEmpty();
    }
  }

  private static List<Diagnostic> dangling() {
    return library.diagnostics().stream().filter(it -> it.code().equals("PIRN-P022")).toList();
  }
}
