package dev.pirn.patterns;

/// Tells what a message wants.
///
/// Called on the thread of whoever asks, by several at once; it may block.
@FunctionalInterface
public interface IntentClassifier {
  /// The intent of a message, or [Intent#NONE].
  Intent classify(String message);

  /// Looks for the words that usually go with an intent: without a model, always the same answer.
  static IntentClassifier byKeywords() {
    return KeywordClassifier.DEFAULT;
  }
}
