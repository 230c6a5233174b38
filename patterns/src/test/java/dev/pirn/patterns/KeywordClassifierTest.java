package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordClassifierTest {
  private final IntentClassifier classifier = IntentClassifier.byKeywords();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What tables are in this database?                | schema_discovery   | 0.9",
        "How are customers related to orders?             | relationship_query | 0.85",
        "Find duplicate rows in the customers table       | data_quality       | 0.9",
        "Convert these dates to another format            | data_transform     | 0.85",
        "Show the average revenue by month                | analytics          | 0.8",
        "Write a query for all active users               | query_generation   | 0.75",
        "Search for contracts in the documents            | document_search    | 0.8",
        "Call the payments API                            | api_call           | 0.85",
        "Good morning                                     | ''                 | 0"
      })
  void recognises(String message, String label, double confidence) {
    assertThat(classifier.classify(message)).isEqualTo(new Intent(label, confidence));
  }

  @Test
  void comparesWholeWords() {
    assertThat(classifier.classify("an xml and html newsletter")).isEqualTo(Intent.NONE);
    assertThat(classifier.classify("summary of the country")).isEqualTo(Intent.NONE);
    assertThat(classifier.classify("an ML model").label()).isEqualTo("analytics");
  }

  @Test
  void anEmptyMessageWantsNothing() {
    assertThat(classifier.classify("")).isEqualTo(Intent.NONE);
  }
}
