package dev.pirn.patterns;

import org.jspecify.annotations.Nullable;

/// Which patterns to list. Every condition that is given must hold; case does not matter; null or
/// an empty text is no condition.
///
/// ```java
/// library.list(PatternFilter.ALL.category("analytics").difficulty("beginner"));
/// ```
///
/// @param category the category
/// @param backendType the backend type
/// @param difficulty the difficulty's word
/// @param domain the category or the backend type, whichever fits
public record PatternFilter(
    @Nullable String category,
    @Nullable String backendType,
    @Nullable String difficulty,
    @Nullable String domain) {
  /// No condition.
  public static final PatternFilter ALL = new PatternFilter(null, null, null, null);

  /// This filter with a category.
  public PatternFilter category(@Nullable String category) {
    return new PatternFilter(category, backendType, difficulty, domain);
  }

  /// This filter with a backend type.
  public PatternFilter backendType(@Nullable String backendType) {
    return new PatternFilter(category, backendType, difficulty, domain);
  }

  /// This filter with a difficulty.
  public PatternFilter difficulty(@Nullable String difficulty) {
    return new PatternFilter(category, backendType, difficulty, domain);
  }

  /// This filter with a domain.
  public PatternFilter domain(@Nullable String domain) {
    return new PatternFilter(category, backendType, difficulty, domain);
  }

  /// Whether a pattern fulfils every condition.
  public boolean matches(Pattern pattern) {
    return fits(category, pattern.category())
        && fits(backendType, pattern.backendType())
        && fits(difficulty, pattern.difficulty().toString())
        && (fits(domain, pattern.category()) || fits(domain, pattern.backendType()));
  }

  private static boolean fits(@Nullable String wanted, String actual) {
    return wanted == null || wanted.isEmpty() || wanted.equalsIgnoreCase(actual);
  }
}
