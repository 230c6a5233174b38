package dev.pirn.patterns;

import java.util.List;
import java.util.function.Function;

/// The parts of a pattern that are searched, and how much a word found in each of them counts.
enum SearchField {
  NAME(4, pattern -> List.of(pattern.name())),
  TITLE(3, pattern -> List.of(pattern.title())),
  INTENTS(2.5f, Pattern::intents),
  USE_CASES(2, Pattern::useCases),
  TAGS(2, Pattern::tags),
  CATEGORY(2, pattern -> List.of(pattern.category())),
  BACKEND_FUNCTION(2, pattern -> List.of(pattern.backendFunction())),
  DESCRIPTION(1, pattern -> List.of(pattern.description()));

  private final float weight;
  private final Function<Pattern, List<String>> text;

  SearchField(float weight, Function<Pattern, List<String>> text) {
    this.weight = weight;
    this.text = text;
  }

  float weight() {
    return weight;
  }

  String text(Pattern pattern) {
    return String.join("\n", text.apply(pattern));
  }
}
