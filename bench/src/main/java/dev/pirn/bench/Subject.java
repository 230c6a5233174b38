package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/// Something that notices edits of one file and calls back with the time, in nanoseconds.
interface Subject {
  String name();

  /// Starts it for a file in a library; what it returns ends it.
  AutoCloseable start(Path library, Path file, LongConsumer noticed) throws IOException;
}
