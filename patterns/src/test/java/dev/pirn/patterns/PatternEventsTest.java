package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.live.Timings;
import dev.pirn.live.Trigger;
import dev.pirn.watch.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PatternEventsTest {
  private final Tree tree = Tree.of("a.yaml", Sample.pattern("a", "c"));

  @Test
  void aNewFileIsACreate() {
    assertThat(events(() -> tree.put("d/b.yml", Sample.pattern("b", "x"))))
        .containsExactly("create b x d/b.yml");
  }

  @Test
  void anEditIsAModifyEvenOfAComment() {
    assertThat(events(() -> tree.put("a.yaml", Sample.pattern("a", "other"))))
        .containsExactly("modify a other a.yaml");
    assertThat(events(() -> tree.put("a.yaml", Sample.pattern("a", "other", "# seen"))))
        .containsExactly("modify a other a.yaml");
  }

  @Test
  void aDeletedFileIsADelete() {
    assertThat(events(() -> tree.remove("a.yaml"))).containsExactly("delete a c a.yaml");
  }

  @Test
  void aRenameIsADeleteAndACreateThatNamesWhereItCameFrom() {
    Change renamed = new Change(Change.Kind.CREATED, file("b.yaml"), file("a.yaml"), 2);
    assertThat(
            events(
                () -> tree.remove("a.yaml").put("b.yaml", Sample.pattern("a", "c")),
                new Change(Change.Kind.DELETED, file("a.yaml"), null, 1),
                renamed))
        .containsExactly("delete a c a.yaml", "create a c b.yaml from a.yaml");
  }

  @Test
  void aNameThatChangesInsideAFileIsADeleteAndACreate() {
    assertThat(events(() -> tree.put("a.yaml", Sample.pattern("z", "c"))))
        .containsExactly("delete a c a.yaml", "create z c a.yaml");
  }

  @Test
  void eachEntryOfABundleHasItsOwnEvents() {
    tree.put("b.yaml", bundle("same 1", "old 1", "gone 1"));
    assertThat(events(() -> tree.put("b.yaml", bundle("same 1", "old 2", "new 1"))))
        .containsExactly(
            "delete gone sql b.yaml", "create new sql b.yaml", "modify old sql b.yaml");
  }

  @Test
  void whenTheHolderOfANameGoesTheNextOneTakesItsPlace() {
    tree.put("b.yaml", Sample.pattern("a", "second"));
    assertThat(events(() -> tree.remove("a.yaml")))
        .containsExactly("delete a c a.yaml", "create a second b.yaml");
  }

  @Test
  void whenAnEarlierFileTakesANameTheOldHolderFails() {
    assertThat(events(() -> tree.put("0.yaml", Sample.pattern("a", "first"))))
        .containsExactly(
            "delete a c a.yaml", "create a first 0.yaml", "validation_failed a c a.yaml PIRN-P020");
  }

  @Test
  void aFileWhoseNameIsTakenFailsOnceAndAgainWhenItIsEdited() {
    assertThat(events(() -> tree.put("b.yaml", Sample.pattern("a", "second"))))
        .containsExactly("validation_failed a second b.yaml PIRN-P020");
    assertThat(events(() -> tree.put("c.yaml", Sample.pattern("c", "c"))))
        .containsExactly("create c c c.yaml");
    assertThat(events(() -> tree.put("b.yaml", Sample.pattern("a", "third"))))
        .containsExactly("validation_failed a third b.yaml PIRN-P020");
  }

  @Test
  void anEntryBehindAFileIsNoFailure() {
    assertThat(events(() -> tree.put("b.yaml", bundle("a 1")))).isEmpty();
  }

  @Test
  void whatFailedCarriesTheNameAndCategoryOfItsLastGoodVersion() {
    Diagnostic error = tree.put("a.yaml", "name: [").decode("a.yaml").diagnostics().getFirst();
    tree.put("a.yaml", Sample.pattern("a", "c"));
    List<PatternEvent> events = PatternEvents.of(rejected(tree.library(), error));
    assertThat(shown(events)).containsExactly("validation_failed a c a.yaml " + error.code());
    assertThat(events.getFirst().generation()).isEqualTo(2);
  }

  @Test
  void aBrokenFileAmongGoodOnesFailsBesideTheirEvents() {
    Diagnostic error = tree.put("b.yaml", "name: b").decode("b.yaml").diagnostics().getFirst();
    PatternLibrary before = tree.library();
    tree.put("a.yaml", Sample.pattern("a", "new"));
    assertThat(shown(PatternEvents.of(applied(before, tree.library(), List.of(error)))))
        .containsExactly("modify a new a.yaml", "validation_failed b  b.yaml PIRN-Y031");
  }

  @Test
  void aBrokenBundleFailsAsTheBundle() {
    tree.put("b.yaml", bundle("x 1", "y 1"));
    Diagnostic error =
        Tree.of("b.yaml", "kind: PatternLibrary").decode("b.yaml").diagnostics().getFirst();
    assertThat(shown(PatternEvents.of(rejected(tree.library(), error))))
        .containsExactly("validation_failed b sql b.yaml " + error.code());
  }

  @Test
  void openingIsNoEvent() {
    assertThat(PatternEvents.of(applied(null, tree.library(), List.of()))).isEmpty();
  }

  private List<String> events(Runnable edit, Change... changes) {
    PatternLibrary before = tree.library();
    edit.run();
    return shown(PatternEvents.of(applied(before, tree.library(), List.of(), changes)));
  }

  private static Reload<PatternLibrary> applied(
      @Nullable PatternLibrary before,
      PatternLibrary after,
      List<Diagnostic> diagnostics,
      Change... changes) {
    return new Reload.Applied<>(
        Trigger.CHANGE,
        List.of(changes),
        before == null ? null : snapshot(before, 1),
        snapshot(after, 2),
        diagnostics,
        timings());
  }

  private static Reload<PatternLibrary> rejected(PatternLibrary inForce, Diagnostic error) {
    return new Reload.Rejected<>(
        Trigger.CHANGE, List.of(), snapshot(inForce, 2), List.of(error), timings());
  }

  private static Snapshot<PatternLibrary> snapshot(PatternLibrary library, long generation) {
    return new Snapshot<>(library, generation, "", Instant.EPOCH, Set.of());
  }

  private static Timings timings() {
    return new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, null);
  }

  private static String bundle(String... namesAndTexts) {
    StringBuilder entries = new StringBuilder();
    for (String entry : namesAndTexts) {
      entries.append(Sample.entry(entry.split(" ")[0], entry.split(" ")[1]));
    }
    return Sample.bundle("b", entries.toString());
  }

  private static List<String> shown(List<PatternEvent> events) {
    return events.stream().map(PatternEventsTest::shown).toList();
  }

  private static String shown(PatternEvent event) {
    StringBuilder out =
        new StringBuilder(
            "%s %s %s %s"
                .formatted(
                    event.type(),
                    event.name(),
                    event.category(),
                    Tree.ROOT.relativize(event.file())));
    Path from = event.from();
    if (from != null) {
      out.append(" from ").append(Tree.ROOT.relativize(from));
    }
    event.diagnostics().forEach(it -> out.append(' ').append(it.code()));
    return out.toString();
  }

  private static Path file(String path) {
    return Tree.ROOT.resolve(path);
  }
}
