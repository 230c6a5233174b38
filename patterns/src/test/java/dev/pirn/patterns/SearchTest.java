package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  private final Tree tree =
      Tree.of(
          "1.yaml",
              file(
                  "duplicate_detection",
                  "Find duplicate rows",
                  "data_quality",
                  "Groups rows by key columns",
                  "Find customers that were entered twice"),
          "2.yaml",
              file(
                  "row_count",
                  "Count rows",
                  "analytics",
                  "Counts the rows of a table",
                  "How large is a table"),
          "3.yaml",
              file(
                  "train_model",
                  "Train a classifier",
                  "ml",
                  "Trains an ML model on a table",
                  "Predict churn"),
          "4.yaml",
              file(
                  "page_layout",
                  "Lay out a page",
                  "web",
                  "Writes html, xml and yaml",
                  "Landing pages"),
          "5.yaml",
              file(
                  "review_sql",
                  "Review SQL",
                  "code",
                  "Looks for duplicate joins and missing keys",
                  "Review a query"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "duplicate                 | duplicate_detection review_sql",
        "Duplicates!               | duplicate_detection review_sql",
        "duplicate_detection       | duplicate_detection review_sql",
        "detect duplicate          | duplicate_detection review_sql",
        "count                     | row_count",
        "ml                        | train_model",
        "churn prediction          | train_model",
        "xml                       | page_layout",
        "data quality              | duplicate_detection",
        "customer                  | duplicate_detection",
        "what is the layout        | page_layout",
        "dupl                      | duplicate_detection review_sql",
        "sql revi                  | review_sql",
        "zebra                     | ''"
      })
  void ranksWhatFitsBestFirst(String query, String expected) {
    assertThat(String.join(" ", names(tree.library(), query))).isEqualTo(expected);
  }

  @Test
  void aQueryWithoutWordsFindsAllByName() {
    for (String query : List.of("", "  ", "?!")) {
      assertThat(names(tree.library(), query))
          .containsExactly(
              "duplicate_detection", "page_layout", "review_sql", "row_count", "train_model");
    }
  }

  @Test
  void wordsThatSayNothingAreLookedForOnlyIfThereIsNoOther() {
    assertThat(names(tree.library(), "the rows of the table")).doesNotContain("page_layout");
    assertThat(names(tree.library(), "and")).containsExactly("page_layout", "review_sql");
  }

  @Test
  void aShortWordIsFoundAsAWholeOnly() {
    assertThat(names(tree.library(), "ht")).isEmpty();
    assertThat(names(tree.library(), "htm")).containsExactly("page_layout");
  }

  @Test
  void equalScoresAreSortedByName() {
    Tree same = Tree.of();
    for (String name : List.of("c", "a", "d", "b")) {
      same.put(name + ".yaml", file(name, "Same", "same", "same", "same"));
    }
    assertThat(names(same.library(), "same")).containsExactly("a", "b", "c", "d");
  }

  @Test
  void theIndexFollowsByTheGenerationThatIsAskedFor() {
    try (PatternIndex index = new PatternIndex()) {
      assertThat(names(index, 1, tree.library(), "zebra")).isEmpty();
      tree.put("2.yaml", file("row_count", "Count zebras", "analytics", "", ""));
      assertThat(names(index, 2, tree.library(), "zebra")).containsExactly("row_count");
      assertThat(names(index, 2, tree.library(), "row")).contains("row_count");
      tree.remove("2.yaml");
      assertThat(names(index, 3, tree.library(), "zebra")).isEmpty();
    }
  }

  @Test
  void anOlderGenerationDoesNotTakeTheIndexBack() {
    PatternLibrary old = tree.library();
    tree.put("2.yaml", file("row_count", "Count zebras", "analytics", "", ""));
    try (PatternIndex index = new PatternIndex()) {
      assertThat(names(index, 2, tree.library(), "zebra")).hasSize(1);
      assertThat(names(index, 1, old, "zebra")).hasSize(1);
    }
  }

  @Test
  void scoresDoNotDependOnTheEditsThatCameBefore() {
    Random random = new Random(11);
    List<String> paths = new ArrayList<>(List.of("1.yaml", "2.yaml", "3.yaml", "4.yaml", "5.yaml"));
    PatternLibrary last = tree.library();
    try (PatternIndex index = new PatternIndex()) {
      for (long generation = 1; generation < 200; generation++) {
        Collections.shuffle(paths, random);
        Tree edited = Tree.of();
        for (String path : paths.subList(0, random.nextInt(5))) {
          edited.put(path, file("n" + random.nextInt(9), "Find duplicate rows", "c", "rows", "d"));
        }
        names(index, generation, edited.library(), "duplicate rows");
      }
      for (String query : List.of("duplicate rows", "table", "rev", "key columns of a model")) {
        assertThat(search(index, 1000, last, query))
            .as(query)
            .isNotEmpty()
            .isEqualTo(search(last, query));
      }
    }
  }

  @Test
  void aViewStaysUsableWhileTheIndexMovesOnAndIsClosed() {
    PatternIndex index = new PatternIndex();
    IndexView view = index.view(tree.library(), 1);
    tree.remove("1.yaml");
    names(index, 2, tree.library(), "duplicate");
    index.close();
    index.close();
    assertThat(view.ranked("duplicate").getFirst().pattern().name())
        .isEqualTo("duplicate_detection");
    view.close();
  }

  private static String file(
      String name, String title, String category, String description, String useCase) {
    return """
    name: %s
    title: "%s"
    category: %s
    description: "%s"
    use_cases: ["%s"]
    """
        .formatted(name, title, category, description, useCase);
  }

  private static List<String> names(PatternLibrary library, String query) {
    return search(library, query).stream().map(hit -> hit.pattern().name()).toList();
  }

  private static List<String> names(
      PatternIndex index, long generation, PatternLibrary library, String query) {
    return search(index, generation, library, query).stream()
        .map(hit -> hit.pattern().name())
        .toList();
  }

  private static List<SearchHit> search(PatternLibrary library, String query) {
    try (PatternIndex index = new PatternIndex()) {
      return search(index, 1, library, query);
    }
  }

  private static List<SearchHit> search(
      PatternIndex index, long generation, PatternLibrary library, String query) {
    try (IndexView view = index.view(library, generation)) {
      return view.ranked(query);
    }
  }
}
