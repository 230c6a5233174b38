package dev.pirn.agents.process;

/// Gets what a process prints, line by line.
///
/// Called by two threads, one for each stream, each in the order of its stream. It may block: then
/// the process waits with its printing, and nobody else does; after the process was stopped, the
/// thread is interrupted. What it throws is reported, and the next lines are told all the same.
@FunctionalInterface
public interface OutputListener {
  /// Where a line was printed.
  enum Source {
    /// Standard output.
    STDOUT,
    /// Standard error.
    STDERR
  }

  /// One line without its end. A line that is longer than 16 KiB comes in pieces of that size.
  void line(Source source, String text);
}
