package dev.pirn.agents.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The last lines of an output, for when something has gone wrong. Thread-safe.
public final class Tail {
  private final int mostLines;
  private final int mostCharacters;

  @GuardedBy("this")
  private final Deque<String> lines = new ArrayDeque<>();

  @GuardedBy("this")
  private int characters;

  /// @param mostLines how many lines are kept
  /// @param mostCharacters how many characters they have in all; a longer line loses its beginning
  public Tail(int mostLines, int mostCharacters) {
    if (mostLines < 1 || mostCharacters < 1) {
      throw new IllegalArgumentException(
          "a tail has room, was " + mostLines + " lines of " + mostCharacters + " characters");
    }
    this.mostLines = mostLines;
    this.mostCharacters = mostCharacters;
  }

  /// Adds a line; the oldest go.
  public synchronized void add(String line) {
    String kept =
        line.length() <= mostCharacters ? line : line.substring(line.length() - mostCharacters);
    lines.addLast(kept);
    characters += kept.length();
    while (lines.size() > mostLines || characters > mostCharacters) {
      characters -= lines.removeFirst().length();
    }
  }

  /// The last lines, oldest first.
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
