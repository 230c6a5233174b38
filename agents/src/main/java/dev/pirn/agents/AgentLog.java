package dev.pirn.agents;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.process.LogFile;
import dev.pirn.agents.process.LogFileOptions;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// What an agent has printed: the last lines in memory, more of them in a file. Thread-safe.
final class AgentLog implements AutoCloseable {
  private static final int MOST_LINES = 1_000;
  private static final int MOST_CHARACTERS = 256 * 1024;

  private final LogFile file;

  @GuardedBy("this")
  private final Deque<LogLine> last = new ArrayDeque<>();

  @GuardedBy("this")
  private int characters;

  AgentLog(Path path, Consumer<String> trouble) {
    this.file = LogFile.of(path, LogFileOptions.DEFAULTS, trouble);
  }

  void add(LogLine line) {
    synchronized (this) {
      last.addLast(line);
      characters += line.text().length();
      while (last.size() > MOST_LINES || characters > MOST_CHARACTERS) {
        characters -= last.removeFirst().text().length();
      }
    }
    file.line("%s #%d %s".formatted(line.time(), line.generation(), line.text()));
  }

  /// The last lines, oldest first.
  synchronized List<LogLine> last(int most) {
    return last.stream().skip(Math.max(0, last.size() - most)).toList();
  }

  @Override
  public void close() {
    file.close();
  }
}
