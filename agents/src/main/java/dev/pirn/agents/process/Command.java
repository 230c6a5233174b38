package dev.pirn.agents.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What to run.
///
/// @param words the program, then its arguments; a program without a slash is looked up on the
///   `PATH` of `environment`
/// @param folder where it runs; a program with a slash is meant relative to it
/// @param environment all that it gets; only our marks are added
public record Command(List<String> words, Path folder, Map<String, String> environment) {
  /// Copies, and refuses a command without a program.
  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
  }
}
