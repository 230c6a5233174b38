package dev.pirn.live;

/// User code that may refuse a candidate before it is published.
///
/// Called on the thread that reloads, one call at a time for each source, after decoding and before
/// publishing. It may block, and delays only its own source. It must not call `reload()` or
/// `rollback()` of the same [Live], nor wait for a thread that does. Whatever it throws counts as a
/// refusal.
///
/// @param <T> the type of the value
@FunctionalInterface
public interface Check<T> {
  /// Judges a candidate.
  Verdict check(T candidate);
}
