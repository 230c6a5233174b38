package dev.pirn.settings;

/// How a value stands in its file.
enum Quote {
  NONE,
  SINGLE,
  DOUBLE
}
