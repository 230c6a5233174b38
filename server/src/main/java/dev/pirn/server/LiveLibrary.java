package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.patterns.PatternLibrary;
import dev.pirn.patterns.PatternOptions;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The pattern library in force, which another can replace while it is used.
///
/// The other is opened and whole before it takes the place, so that there is no moment without a
/// library. Generations are counted on, and the log tells what the change did to each pattern.
final class LiveLibrary implements AutoCloseable {
  private final Views views;
  private final EventLog log;
  private final ReloadListener listener;
  private final ReentrantLock replacing = new ReentrantLock();
  private volatile Library now;

  @GuardedBy("replacing")
  private LibraryReporter reporter;

  LiveLibrary(Library first, Views views, EventLog log, ReloadListener listener) {
    this.views = views;
    this.log = log;
    this.listener = listener;
    this.now = first;
    this.reporter = new LibraryReporter(first, views, log, listener);
    this.reporter.start(null);
  }

  /// Does something with the library in force. What it sees is one library, even if another takes
  /// its place meanwhile.
  <R> R use(Function<Library, R> action) {
    while (true) {
      Library library = now;
      R result = library.use(action);
      if (result != null) {
        return result;
      }
      if (library == now) {
        throw new IllegalStateException("the library is closed");
      }
    }
  }

  /// The options of the library in force.
  PatternOptions options() {
    return now.options();
  }

  /// The views for the library in force.
  Views views(Library library) {
    return views.after(library.generationsBefore());
  }

  /// Puts another library in the place of this one, which is closed.
  void replace(Library next) {
    replacing.lock();
    try {
      Library before = now;
      LibraryReporter nextReporter = new LibraryReporter(next, views, log, listener);
      next.countOnFrom(before);
      @Nullable PatternLibrary told = reporter.stop();
      now = next;
      nextReporter.start(told);
      reporter = nextReporter;
      before.close();
    } finally {
      replacing.unlock();
    }
  }

  @Override
  public void close() {
    replacing.lock();
    try {
      reporter.stop();
      now.close();
    } finally {
      replacing.unlock();
    }
  }
}
