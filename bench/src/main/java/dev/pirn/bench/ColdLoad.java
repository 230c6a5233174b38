package dev.pirn.bench;

import dev.pirn.patterns.PatternFilter;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/// A process that loads a library and answers one question, then prints how many patterns it found
/// and how many milliseconds have passed since it was started.
final class ColdLoad {
  private ColdLoad() {}

  /// The arguments: the library's folder.
  public static void main(String[] arguments) {
    try (Patterns patterns = Patterns.open(PatternOptions.of(Path.of(arguments[0])))) {
      int found = patterns.list(PatternFilter.ALL).size();
      long started = ManagementFactory.getRuntimeMXBean().getStartTime();
      System.out.println(found + " " + (System.currentTimeMillis() - started));
    }
  }
}
