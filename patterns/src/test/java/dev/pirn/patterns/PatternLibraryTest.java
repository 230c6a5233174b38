package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Part;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PatternLibraryTest {
  private final Tree tree =
      Tree.of(
          "b.yaml", Sample.pattern("b", "Analytics", "backend_type: Postgres"),
          "a.yaml", Sample.pattern("a", "ml", "difficulty: advanced"),
          "x/c.yaml", Sample.pattern("c", "analytics"));

  @Test
  void listsByName() {
    assertThat(names(tree.library().list(PatternFilter.ALL))).containsExactly("a", "b", "c");
    assertThat(tree.library().names()).containsExactly("a", "b", "c");
    assertThat(tree.library().size()).isEqualTo(3);
    assertThat(tree.library().categories()).containsExactly("Analytics", "analytics", "ml");
  }

  @Test
  void filtersWithoutRegardToCaseAndEmptyIsNoCondition() {
    PatternLibrary library = tree.library();
    assertThat(names(library.list(PatternFilter.ALL.category("ANALYTICS"))))
        .containsExactly("b", "c");
    assertThat(names(library.list(PatternFilter.ALL.backendType("postgres")))).containsExactly("b");
    assertThat(names(library.list(PatternFilter.ALL.difficulty("ADVANCED")))).containsExactly("a");
    assertThat(names(library.list(PatternFilter.ALL.difficulty("beginner"))))
        .containsExactly("b", "c");
    assertThat(names(library.list(PatternFilter.ALL.domain("postgres")))).containsExactly("b");
    assertThat(names(library.list(PatternFilter.ALL.domain("ml")))).containsExactly("a");
    assertThat(names(library.list(PatternFilter.ALL.category("analytics").difficulty("advanced"))))
        .isEmpty();
    assertThat(names(library.list(new PatternFilter("", "", "", "")))).hasSize(3);
  }

  @Test
  void aRowSaysWhetherItsFileIsQuarantined() {
    PatternLibrary library = tree.library();
    List<PatternSummary> rows =
        library.summaries(PatternFilter.ALL, Set.of(Tree.ROOT.resolve("a.yaml")));
    assertThat(rows.getFirst())
        .isEqualTo(
            new PatternSummary(
                "a",
                "About a",
                "ml",
                "",
                Difficulty.ADVANCED,
                Tree.ROOT.resolve("a.yaml"),
                1,
                PatternSummary.State.QUARANTINED));
    assertThat(rows.get(1).state()).hasToString("active");
  }

  @Test
  void aNameThatIsNotThereIsToldWithThoseLikeIt() {
    PatternLibrary library = Tree.of("a.yaml", Sample.pattern("row_count", "c")).library();
    assertThat(library.get("row_cuont")).isEmpty();
    Diagnostic error = library.notFound("row_cuont");
    assertThat(error.message()).isEqualTo("pattern not found: row_cuont");
    assertThat(error.help()).isEqualTo("did you mean \"row_count\"?");
    assertThat(library.notFound("zebra").help()).isNull();
  }

  @Test
  void theEarlierPathHasTheNameAndTheCollisionNamesBothFiles() {
    PatternLibrary library =
        Tree.of(
                "b/p.yaml", Sample.pattern("p", "second"),
                "a/p.yaml", Sample.pattern("p", "first"))
            .library();
    assertThat(library.get("p").orElseThrow().pattern().category()).isEqualTo("first");
    Diagnostic collision = library.diagnostics().getFirst();
    assertThat(collision.isError()).isTrue();
    assertThat(Objects.requireNonNull(collision.place()).file())
        .isEqualTo(Tree.ROOT.resolve("b/p.yaml"));
    assertThat(collision.related().getFirst().file()).isEqualTo(Tree.ROOT.resolve("a/p.yaml"));
    assertThat(collision.inForce()).isEqualTo("\"p\" of a/p.yaml is in force");
  }

  @Test
  void ymlBesideYamlCollidesOnlyIfTheNamesDo() {
    Tree two = Tree.of("a.yaml", Sample.pattern("one", "c"), "a.yml", Sample.pattern("two", "c"));
    assertThat(two.library().names()).containsExactly("one", "two");
    assertThat(two.library().diagnostics()).isEmpty();
    two.put("a.yml", Sample.pattern("one", "c"));
    assertThat(codes(two.library())).containsExactly("PIRN-P020");
  }

  @Test
  void aPatternFileGoesBeforeAnEntryOfABundleWhateverTheirPaths() {
    PatternLibrary library =
        Tree.of(
                "a.yaml", Sample.bundle("a", Sample.entry("p", "entry")),
                "z.yaml", Sample.pattern("p", "file"))
            .library();
    assertThat(library.get("p").orElseThrow().pattern().category()).isEqualTo("file");
    assertThat(codes(library)).containsExactly("PIRN-P021");
    assertThat(library.diagnostics().getFirst().isError()).isFalse();
  }

  @Test
  void twoBundlesWithTheSameEntryCollide() {
    PatternLibrary library =
        Tree.of(
                "a.yaml", Sample.bundle("a", Sample.entry("p", "first")),
                "b.yaml", Sample.bundle("b", Sample.entry("p", "second")))
            .library();
    assertThat(library.get("p").orElseThrow().path()).isEqualTo("a.yaml");
    assertThat(codes(library)).containsExactly("PIRN-P020");
  }

  @Test
  void strictRefusesALibraryWithACollision() {
    List<Part<PatternFile>> parts =
        Tree.of("a.yaml", Sample.pattern("p", "c"), "b.yaml", Sample.pattern("p", "c")).parts();
    assertThat(new PatternAssembler(true).assemble(parts).value()).isNull();
    assertThat(new PatternAssembler(true).assemble(parts.subList(0, 1)).value()).isNotNull();
  }

  @Test
  void aRelatedPatternMayBeANameOrAPathAndIsReportedAtItsItemIfItIsNeither() {
    PatternLibrary library =
        Tree.of(
                "a.yaml",
                    Sample.pattern(
                        "a",
                        "c",
                        "related_patterns:",
                        "  - dir/row_count",
                        "  - row_count",
                        "  - row_cuont"),
                "dir/row_count.yml", Sample.pattern("row_count", "c"))
            .library();
    assertThat(codes(library)).containsExactly("PIRN-P022");
    Diagnostic dangling = library.diagnostics().getFirst();
    assertThat(Objects.requireNonNull(dangling.place()).line()).isEqualTo(8);
    assertThat(dangling.place().column()).isEqualTo(5);
    assertThat(dangling.hint()).isEqualTo("did you mean \"row_count\"?");
  }

  @Test
  void patternsAreFoundByTheirFile() {
    PatternLibrary library =
        Tree.of(
                "b.yaml",
                Sample.bundle("b", Sample.entry("y", "1") + Sample.entry("x", "2")),
                "c.yaml",
                Sample.pattern("c", "c"))
            .library();
    assertThat(names(library.byFile(Tree.ROOT.resolve("b.yaml")))).containsExactly("x", "y");
    assertThat(library.byFile(Tree.ROOT.resolve("none.yaml"))).isEmpty();
  }

  @Test
  void equalFilesMakeEqualLibraries() {
    assertThat(tree.library()).isEqualTo(tree.library()).hasSameHashCodeAs(tree.library());
    PatternLibrary before = tree.library();
    tree.put("b.yaml", Sample.pattern("b", "other"));
    assertThat(tree.library()).isNotEqualTo(before);
    assertThat(PatternLibrary.empty().size()).isZero();
  }

  private static List<String> names(List<LoadedPattern> patterns) {
    return patterns.stream().map(LoadedPattern::name).toList();
  }

  private static List<String> codes(PatternLibrary library) {
    return library.diagnostics().stream().map(Diagnostic::code).toList();
  }
}
