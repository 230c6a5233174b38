package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what an `agent.yaml` wants to be run. Lives for one file.
final class LaunchReader {
  private final Interpreters interpreters;
  private final List<Diagnostic> said;

  /// @param said takes what is reported
  LaunchReader(Interpreters interpreters, List<Diagnostic> said) {
    this.interpreters = interpreters;
    this.said = said;
  }

  /// What is run, and what it is written in.
  record Entry(Language language, Launch launch) {}

  /// What is run; null after an error.
  @Nullable Entry read(Path definition, YamlNode root, AgentYaml written) {
    Path folder = Objects.requireNonNull(definition.getParent());
    YamlNode command = written.command();
    YamlScalar script = written.script();
    if (command != null) {
      if (script != null) {
        Place place = AgentYaml.keyPlace(root, "script");
        said.add(Problems.either("command", "script", place, AgentYaml.keyPlace(root, "command")));
      }
      List<String> words = new ArrayList<>(CommandWords.of(command, said));
      if (words.isEmpty()) {
        return null;
      }
      words.addAll(written.args());
      Launch launch = new Launch.Program(words);
      return new Entry(language(launch, folder), launch);
    }
    Path file = null;
    if (script != null) {
      file = resolve(folder, script);
      if (file == null || !Files.isRegularFile(file)) {
        said.add(Problems.noFile("file", script.text(), names(folder), script.place()));
        return null;
      }
    } else {
      try {
        file = FolderConvention.entry(folder);
      } catch (IOException e) {
        said.add(Problems.notReadable(folder, Problems.reason(e)));
        return null;
      }
      if (file == null) {
        said.add(Problems.noCommand(definition));
        return null;
      }
    }
    Place place = script == null ? Place.of(definition) : script.place();
    Launch launch =
        interpreters.launch(folder, file, written.args(), written.pythonInterpreter(), place, said);
    return launch == null ? null : new Entry(language(launch, file), launch);
  }

  /// What a command is written in, by the first of its words that tells.
  static Language language(Launch launch, Path entry) {
    return switch (launch) {
      case Launch.JavaSources _ -> Language.JAVA;
      case Launch.Program program -> {
        Language language = Language.OTHER;
        for (String word : program.command()) {
          String last = word.substring(word.lastIndexOf('/') + 1);
          Language told =
              last.startsWith("python")
                  ? Language.PYTHON
                  : last.equals("npm") || last.equals("npx")
                      ? Language.NODE
                      : last.equals("java") ? Language.JAVA : Language.of(last);
          if (told != Language.OTHER) {
            language = told;
            break;
          }
        }
        yield language == Language.OTHER && FolderConvention.name(entry).equals("package.json")
            ? Language.NODE
            : language;
      }
    };
  }

  /// The names in a folder, for hints.
  static List<String> names(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(FolderConvention::name).limit(1_000).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /// A path as it is written, relative to a folder; null if it is none.
  static @Nullable Path resolve(Path folder, YamlScalar written) {
    try {
      return folder.resolve(written.text()).normalize();
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
