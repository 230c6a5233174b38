package dev.pirn.agents;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// How a process of an agent is started. The set of kinds may grow.
public sealed interface Launch {
  /// A command that is started as it is.
  ///
  /// @param command the program and its arguments, at least one word
  record Program(List<String> command) implements Launch {
    public Program {
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("a command has at least one word");
      }
    }
  }

  /// Java sources, compiled anew for each generation and then started by `java -cp`.
  ///
  /// @param java the program `java`
  /// @param entry the source file with the main method
  /// @param sources the folder whose sources are compiled; the entry itself if it stands alone
  /// @param classPath JARs and folders beside the compiled classes
  /// @param arguments what the main method gets
  record JavaSources(
      Path java, Path entry, Path sources, List<Path> classPath, List<String> arguments)
      implements Launch {
    public JavaSources {
      Objects.requireNonNull(java, "java");
      Objects.requireNonNull(entry, "entry");
      Objects.requireNonNull(sources, "sources");
      classPath = List.copyOf(classPath);
      arguments = List.copyOf(arguments);
    }
  }
}
