package dev.pirn.live;

import org.jspecify.annotations.Nullable;

/// Turns the bytes of one file into a typed value.
///
/// A decoder is a pure function: the same content, with the same value in force, gives an equal
/// result. It reports every problem that it finds in one pass, each with its place. It is called on
/// the thread that reloads, one call at a time for each source; what it throws is reported as a
/// diagnostic and the value in force stays.
///
/// @param <T> the type of the value
@FunctionalInterface
public interface Decoder<T> {
  /// Decodes one file.
  Decoded<T> decode(Content content);

  /// Decodes one file anew. For files whose parts can break one by one: what is broken may be left
  /// as it is in force, see [Decoded#partly]. By default what is in force does not matter.
  ///
  /// @param inForce what is in force of this file, which after a rollback is the earlier value;
  ///   null when nothing of it is
  default Decoded<T> decode(Content content, @Nullable T inForce) {
    return decode(content);
  }
}
