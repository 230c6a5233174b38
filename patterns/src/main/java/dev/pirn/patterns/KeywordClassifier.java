package dev.pirn.patterns;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// Knows an intent by its phrases. The first in order of which a phrase stands in the message wins;
/// words are compared whole, by their stems, so `tables` is a `table` and `xml` is no `ml`.
final class KeywordClassifier implements IntentClassifier {
  static final IntentClassifier DEFAULT = new KeywordClassifier();

  private record Rule(String label, double confidence, List<List<String>> phrases) {
    boolean holds(List<String> message) {
      return phrases.stream().anyMatch(phrase -> Collections.indexOfSubList(message, phrase) >= 0);
    }
  }

  /// Made with the first question: who asks none does not wait for the stems of the phrases.
  private static final class Rules {
    static final List<Rule> ALL =
        List.of(
            rule(
                "schema_discovery",
                0.90,
                "schema, what tables, which tables, list tables, show tables, all tables, what columns,"
                    + " which columns, list columns, show columns, describe table, table structure,"
                    + " data dictionary"),
            rule(
                "relationship_query",
                0.85,
                "relationship, related, foreign key, join between, connected, linked"),
            rule(
                "data_quality",
                0.90,
                "data quality, duplicate, missing values, null, outlier, anomaly, validate, profile,"
                    + " completeness, consistency, integrity"),
            rule(
                "data_transform",
                0.85,
                "transform, convert, clean, normalize, pivot, unpivot, merge, migrate, etl, import,"
                    + " load data"),
            rule(
                "analytics",
                0.80,
                "analyze, analysis, analytics, aggregate, average, sum, count, trend, forecast, predict,"
                    + " churn, funnel, cluster, segment, correlation, ml, machine learning, report"),
            rule(
                "query_generation",
                0.75,
                "query, sql, find all, get all, fetch, retrieve, show me"),
            rule(
                "document_search",
                0.80,
                "document, pdf, search for, look up, article, paragraph, full text"),
            rule("api_call", 0.85, "api, endpoint, http, webhook, call the"));
  }

  private KeywordClassifier() {}

  private static Rule rule(String label, double confidence, String phrases) {
    return new Rule(label, confidence, Stream.of(phrases.split(",")).map(Words::stems).toList());
  }

  @Override
  public Intent classify(String message) {
    List<String> words = Words.stems(message);
    return Rules.ALL.stream()
        .filter(rule -> rule.holds(words))
        .findFirst()
        .map(rule -> new Intent(rule.label(), rule.confidence()))
        .orElse(Intent.NONE);
  }
}
