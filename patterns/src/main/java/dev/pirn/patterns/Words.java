package dev.pirn.patterns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The words of a text, as search, recommendation and classification all see them.
final class Words {
  static final Analyzer PLAIN = new WordAnalyzer(false);
  static final Analyzer STEMS = new WordAnalyzer(true);

  /// No question has more words that matter, and each costs time.
  private static final int MOST_KEYWORDS = 32;

  /// Words that say nothing of what somebody looks for.
  private static final Set<String> STOP =
      Set.of(
          "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "has", "he",
          "how", "i", "in", "is", "it", "its", "me", "my", "of", "on", "or", "s", "that", "the",
          "this", "to", "was", "what", "will", "with", "you");

  private Words() {}

  /// The words as they stand there, in lower case.
  static List<String> plain(String text) {
    return of(PLAIN, text);
  }

  /// The stems of the words.
  static List<String> stems(String text) {
    return of(STEMS, text);
  }

  /// The words of a question without those that say nothing; each once, and not more than 32.
  static List<String> telling(String question) {
    return plain(question).stream()
        .filter(word -> !STOP.contains(word))
        .distinct()
        .limit(MOST_KEYWORDS)
        .toList();
  }

  /// The words of a question that say something, or all of them if none does.
  static List<String> keywords(String question) {
    List<String> telling = telling(question);
    return telling.isEmpty()
        ? plain(question).stream().distinct().limit(MOST_KEYWORDS).toList()
        : telling;
  }

  private static List<String> of(Analyzer analyzer, String text) {
    List<String> words = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        words.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text in memory", e);
    }
    return words;
  }
}
