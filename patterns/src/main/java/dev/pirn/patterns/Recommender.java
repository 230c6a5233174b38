package dev.pirn.patterns;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Recommends patterns for a message.
///
/// Every pattern that the search finds for the message is given a confidence:
///
/// - 0.5 times the part of the message's keywords that it has anywhere;
/// - 0.5 if the intent is one of its intents or its category; without an intent, what its category
///   is worth, times the same part, so that it never lifts what hardly fits;
/// - 0.2 if the message names it;
/// - 0.1 if one of the keywords stands in its title;
///
/// and at most 0.9. The best come first; equals keep the order of the search.
final class Recommender {
  private static final double MOST = 0.9;

  private final IndexView view;
  private final String message;
  private final String intent;
  private final List<String> keywords;
  private final List<Set<String>> found;
  private final Set<String> inTitle = new HashSet<>();

  Recommender(IndexView view, String message, @Nullable String intent) {
    this.view = view;
    this.message = message;
    this.intent = intent == null ? "" : intent.strip();
    this.keywords = Words.telling(message);
    this.found =
        keywords.stream()
            .map(keyword -> view.having(keyword, EnumSet.allOf(SearchField.class)))
            .toList();
    keywords.forEach(
        keyword -> inTitle.addAll(view.having(keyword, EnumSet.of(SearchField.TITLE))));
  }

  List<Recommendation> all() {
    if (keywords.isEmpty() && intent.isEmpty()) {
      return List.of();
    }
    return view.ranked(message).stream()
        .map(hit -> new Recommendation(hit.pattern(), confidence(hit.pattern().pattern())))
        .filter(recommendation -> recommendation.confidence() > 0)
        .sorted(Comparator.comparingDouble(Recommendation::confidence).reversed())
        .toList();
  }

  private double confidence(Pattern pattern) {
    double part = partFound(pattern.name());
    double sum = 0.5 * part;
    if (intent.isEmpty()) {
      sum += part * worth(pattern.category());
    } else if (serves(pattern, intent)) {
      sum += 0.5;
    }
    if (names(message, pattern)) {
      sum += 0.2;
    }
    if (inTitle.contains(pattern.name())) {
      sum += 0.1;
    }
    return Math.round(Math.min(MOST, sum) * 1000) / 1000.0;
  }

  private double partFound(String name) {
    long hits = found.stream().filter(names -> names.contains(name)).count();
    return keywords.isEmpty() ? 0 : (double) hits / keywords.size();
  }

  private static boolean serves(Pattern pattern, String intent) {
    return pattern.category().equalsIgnoreCase(intent)
        || pattern.intents().stream().anyMatch(intent::equalsIgnoreCase);
  }

  private static boolean names(String message, Pattern pattern) {
    return Collections.indexOfSubList(Words.plain(message), Words.plain(pattern.name())) >= 0;
  }

  private static double worth(String category) {
    return switch (category) {
      case "ml", "analytics", "timeseries" -> 0.4;
      case "data_quality", "etl", "data_transform" -> 0.3;
      case "data-import", "learning", "reasoning" -> 0.2;
      default -> 0;
    };
  }
}
