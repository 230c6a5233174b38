package dev.pirn.live;

import java.util.List;

/// Makes one value out of the files that are in force.
///
/// A pure function: the same parts give an equal result, whatever the order of the edits that led
/// to them. Called on the thread that reloads, one call at a time for each source; what it throws
/// is reported as a diagnostic and the value in force stays.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
@FunctionalInterface
public interface Assembler<F, T> {
  /// Makes the value.
  ///
  /// @param parts one for each file in force, sorted by root in the order of the source, then by
  ///   path
  /// @return the value, with warnings; or the errors that keep the whole from being published
  Decoded<T> assemble(List<Part<F>> parts);
}
