package dev.pirn.live;

/// Turns the bytes of one file into a typed value.
///
/// A decoder is a pure function: the same content gives an equal result. It reports every problem
/// that it finds in one pass, each with its place. It is called on the thread that reloads, one
/// call at a time for each source; what it throws is reported as a diagnostic and the value in
/// force stays.
///
/// @param <T> the type of the value
@FunctionalInterface
public interface Decoder<T> {
  /// Decodes one file.
  Decoded<T> decode(Content content);
}
