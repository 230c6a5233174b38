package dev.pirn.patterns;

/// The parts of a pattern that are searched, and how much a word found in each of them counts.
enum SearchField {
  NAME(4),
  TITLE(3),
  INTENTS(2.5f),
  USE_CASES(2),
  TAGS(2),
  CATEGORY(2),
  BACKEND_FUNCTION(2),
  DESCRIPTION(1);

  private final float weight;

  SearchField(float weight) {
    this.weight = weight;
  }

  float weight() {
    return weight;
  }

  String text(Pattern pattern) {
    return switch (this) {
      case NAME -> pattern.name();
      case TITLE -> pattern.title();
      case INTENTS -> String.join("\n", pattern.intents());
      case USE_CASES -> String.join("\n", pattern.useCases());
      case TAGS -> String.join("\n", pattern.tags());
      case CATEGORY -> pattern.category();
      case BACKEND_FUNCTION -> pattern.backendFunction();
      case DESCRIPTION -> pattern.description();
    };
  }
}
