package dev.pirn.server;

import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import dev.pirn.watch.WatchSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A pattern library that is, was or will be in force, and how its generations are counted.
///
/// Many may use it at once; it is closed when the last of them has finished, or after five seconds.
final class Library implements AutoCloseable {
  /// The globs of pattern files.
  static final List<String> INCLUDED = List.of("**/*.yaml", "**/*.yml");

  private static final long CLOSE_LIMIT_SECONDS = 5;

  private final PatternOptions options;
  private final Patterns patterns;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private volatile boolean closed;
  private volatile long generationsBefore;

  private Library(PatternOptions options, Patterns patterns) {
    this.options = options;
    this.patterns = patterns;
  }

  /// Opens a library.
  ///
  /// @throws dev.pirn.live.LiveException if it is strict and a file is broken
  static Library open(PatternOptions options) {
    return new Library(options, Patterns.open(options));
  }

  PatternOptions options() {
    return options;
  }

  Patterns patterns() {
    return patterns;
  }

  /// How many generations there were before the first of this library.
  long generationsBefore() {
    return generationsBefore;
  }

  /// The generation in force, counted on from the libraries before.
  long generation() {
    return generationsBefore + patterns.live().generation();
  }

  /// Counts the generations on from another library. Two numbers are left out, so that a generation
  /// that the other may publish at this very moment has a number of its own.
  void countOnFrom(Library other) {
    generationsBefore = other.generation() + 2 - patterns.live().generation();
  }

  /// What is watched.
  WatchSpec spec() {
    return WatchSpec.trees(options.dirs())
        .include(INCLUDED.toArray(String[]::new))
        .exclude(options.exclude().toArray(String[]::new))
        .debounce(options.debounce());
  }

  /// What would be lost if another library took the place of this one: the broken files whose last
  /// good version only this one has, each with the name of a pattern in it. A library that is
  /// opened anew does not know it, and nothing but a deletion may take it away.
  Map<Path, String> losses(Library next) {
    Set<Path> broken = next.patterns.live().quarantined().keySet();
    Map<Path, String> lost = new LinkedHashMap<>();
    for (LoadedPattern loaded : patterns.library().list()) {
      if (broken.contains(loaded.file())) {
        lost.putIfAbsent(loaded.file(), loaded.name());
      }
    }
    return lost;
  }

  /// Does something with the library, which is not closed meanwhile.
  ///
  /// @return null if it is closed already
  <R> @Nullable R use(Function<Library, R> action) {
    use.readLock().lock();
    try {
      return closed ? null : action.apply(this);
    } finally {
      use.readLock().unlock();
    }
  }

  @Override
  public void close() {
    boolean alone = false;
    try {
      alone = use.writeLock().tryLock(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      closed = true;
      patterns.close();
    } finally {
      if (alone) {
        use.writeLock().unlock();
      }
    }
  }
}
