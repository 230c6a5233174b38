package dev.pirn.yaml;

import org.jspecify.annotations.Nullable;

/// One component of a record.
///
/// @param index which argument of the constructor it is
/// @param key its key, as messages show it
/// @param absent its value where the key is missing, or [Shape#NONE] when it must be there
record Slot(int index, String key, Shape shape, @Nullable Object absent) {
  /// A slot whose shape says what it is without a key.
  Slot(int index, String key, Shape shape) {
    this(index, key, shape, shape.whenAbsent());
  }
}
