package dev.pirn.patterns;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes a pattern as Markdown for a model, within a budget of tokens.
///
/// ```java
/// String prompt = PatternFormat.format(pattern, PatternFormat.DEFAULT_BUDGET).text();
/// ```
///
/// The same pattern and budget always give the same bytes. What does not fit the budget is left out
/// by whole parts, and a last line says what is missing. Room is given in this order: heading
/// (always there), description, rule, parameters, templates, common errors, best practices, use
/// cases, syntax, examples; a part that does not fit does not keep a smaller one behind it out.
///
/// **Units and defaults.** A token is taken to be four bytes of UTF-8, rounded up over the whole
/// text: near enough for English and code in the usual models, and careful with other scripts. The
/// budget is 2000 tokens unless given, and at least 200.
public final class PatternFormat {
  /// The budget where none is given, in tokens.
  public static final int DEFAULT_BUDGET = 2000;

  /// The least budget, in tokens: room for any heading and for the line that says what is missing.
  public static final int LEAST_BUDGET = 200;

  private static final int BYTES_A_TOKEN = 4;
  private static final String BETWEEN = "\n\n";

  private final List<PatternPart> parts;
  private final int budget;

  private PatternFormat(List<PatternPart> parts, int budget) {
    this.parts = parts;
    this.budget = budget;
  }

  /// The pattern within a budget of tokens.
  ///
  /// @throws IllegalArgumentException if the budget is below [#LEAST_BUDGET]
  public static FormattedPattern format(Pattern pattern, int budget) {
    if (budget < LEAST_BUDGET) {
      throw new IllegalArgumentException(
          "budget must be at least %d tokens, was %d".formatted(LEAST_BUDGET, budget));
    }
    return new PatternFormat(PatternParts.of(pattern), budget).format();
  }

  /// The estimated number of tokens of a text.
  public static int tokens(String text) {
    return Math.ceilDiv(text.getBytes(StandardCharsets.UTF_8).length, BYTES_A_TOKEN);
  }

  private FormattedPattern format() {
    Set<Integer> all = IntStream.range(0, parts.size()).boxed().collect(Collectors.toSet());
    FormattedPattern whole = write(all);
    return whole.tokens() <= budget ? whole : write(whatFits());
  }

  /// The numbers of the parts that have room beside the longest line that may be needed.
  private Set<Integer> whatFits() {
    Set<Integer> fitting = new HashSet<>();
    long room = (long) budget * BYTES_A_TOKEN - note(leftOut(fitting)).length() - 1;
    List<Integer> byImportance =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> parts.get(i).kind().importance()))
            .toList();
    for (int i : byImportance) {
      long size = parts.get(i).bytes() + (long) BETWEEN.length();
      if (size <= room) {
        fitting.add(i);
        room -= size;
      }
    }
    return fitting;
  }

  private FormattedPattern write(Set<Integer> kept) {
    List<String> leftOut = leftOut(kept);
    String body =
        IntStream.range(0, parts.size())
            .filter(kept::contains)
            .mapToObj(i -> parts.get(i).text())
            .collect(Collectors.joining(BETWEEN));
    String text = body + (leftOut.isEmpty() ? "" : BETWEEN + note(leftOut)) + "\n";
    return new FormattedPattern(text, tokens(text), leftOut);
  }

  private List<String> leftOut(Set<Integer> kept) {
    Map<PatternPart.Kind, Integer> counts = new EnumMap<>(PatternPart.Kind.class);
    for (int i = 0; i < parts.size(); i++) {
      if (!kept.contains(i)) {
        counts.merge(parts.get(i).kind(), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream().map(it -> named(it.getKey(), it.getValue())).toList();
  }

  private static String named(PatternPart.Kind kind, int count) {
    return kind.countable() ? count + " " + kind.label() + (count == 1 ? "" : "s") : kind.label();
  }

  private String note(List<String> leftOut) {
    return "[left out to stay within %d tokens: %s]".formatted(budget, String.join(", ", leftOut));
  }
}
