package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecommenderTest {
  private final PatternLibrary library =
      Tree.of(
              "1.yaml", file("funnel_analysis", "Conversion funnel", "analytics", "[analytics]"),
              "2.yaml",
                  file("duplicate_check", "Find duplicate rows", "data_quality", "[cleaning]"),
              "3.yaml", file("html_page", "Write html pages", "web", "[rendering]"),
              "4.yaml", file("funnel_report", "Report", "web", "[rendering]"))
          .library();

  @Test
  void theConfidenceIsMadeOfItsParts() {
    // 0.5 for both words, 0.4 for the category, 0.2 for the name, 0.1 for the title: at most 0.9
    assertThat(confidence("funnel analysis", null, "funnel_analysis")).isEqualTo(0.9);
    // 0.25 for one word of two
    assertThat(confidence("funnel analysis", null, "funnel_report")).isEqualTo(0.25);
    // 0.5 for the word, 0.1 for the title
    assertThat(confidence("pages", null, "html_page")).isEqualTo(0.6);
    // 0.5 for the word, 0.3 for the category, 0.1 for the title
    assertThat(confidence("duplicates", null, "duplicate_check")).isEqualTo(0.9);
    // 0.5 for the word, 0.5 for the intent: at most 0.9
    assertThat(confidence("funnel", "rendering", "funnel_report")).isEqualTo(0.9);
    assertThat(confidence("funnel", "rendering", "funnel_analysis")).isEqualTo(0.6);
  }

  @Test
  void theIntentMayBeTheCategory() {
    assertThat(best("funnel", "web")).isEqualTo("funnel_report");
    assertThat(best("funnel", "ANALYTICS")).isEqualTo("funnel_analysis");
  }

  @Test
  void theWordsOfIntentsCount() {
    assertThat(best("some cleaning", null)).isEqualTo("duplicate_check");
  }

  @Test
  void theBestComesFirst() {
    List<Recommendation> all = recommend("report of the funnel analysis", "rendering");
    assertThat(all).hasSizeGreaterThan(1);
    assertThat(all)
        .isSortedAccordingTo(Comparator.comparingDouble(Recommendation::confidence).reversed());
    assertThat(all).allSatisfy(it -> assertThat(it.confidence()).isBetween(0.0, 0.9));
  }

  @Test
  void nothingIsRecommendedWithoutAMatch() {
    assertThat(recommend("zebra", null)).isEmpty();
    assertThat(recommend("zebra", "analytics")).isEmpty();
    assertThat(recommend("", null)).isEmpty();
    assertThat(recommend("what is it?", null)).isEmpty();
  }

  @Test
  void anIntentAloneRecommendsWhatServesIt() {
    assertThat(recommend("", "rendering").stream().map(Recommendation::name))
        .containsExactly("funnel_report", "html_page");
  }

  private double confidence(String message, @Nullable String intent, String name) {
    return recommend(message, intent).stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow()
        .confidence();
  }

  private String best(String message, @Nullable String intent) {
    return recommend(message, intent).getFirst().name();
  }

  private List<Recommendation> recommend(String message, @Nullable String intent) {
    try (PatternIndex index = new PatternIndex();
        IndexView view = index.view(library, 1)) {
      return new Recommender(view, message, intent).all();
    }
  }

  private static String file(String name, String title, String category, String intents) {
    return "name: %s\ntitle: %s\ncategory: %s\ndescription: Text\nintents: %s\n"
        .formatted(name, title, category, intents);
  }
}
