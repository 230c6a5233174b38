package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/// How many events the kernel keeps for an inotify instance, which it looks up when one is made.
final class EventQueue {
  private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_queued_events");

  private EventQueue() {}

  /// Whether this process may set it.
  static boolean adjustable() {
    return Files.isWritable(LIMIT);
  }

  /// Makes something whose instances keep so many events, if that can be had.
  static synchronized <T> T of(int events, Supplier<T> making) throws IOException {
    String before = Files.exists(LIMIT) ? Files.readString(LIMIT) : String.valueOf(events);
    if (before.strip().equals(String.valueOf(events)) || !adjustable()) {
      return making.get();
    }
    Files.writeString(LIMIT, String.valueOf(events));
    try {
      return making.get();
    } finally {
      Files.writeString(LIMIT, before);
    }
  }
}
