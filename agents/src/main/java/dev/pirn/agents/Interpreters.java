package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Knows by what a file is run.
final class Interpreters {
  private static final Pattern MAJOR = Pattern.compile("#define NODE_MAJOR_VERSION (\\d{1,4})");
  private static final Pattern MINOR = Pattern.compile("#define NODE_MINOR_VERSION (\\d{1,4})");

  private final List<Path> path;
  private final Path workspace;

  Interpreters(Map<String, String> environment, Path workspace) {
    this.path =
        Stream.of(environment.getOrDefault("PATH", "").split(":", -1))
            .filter(it -> it.startsWith("/"))
            .map(Path::of)
            .toList();
    this.workspace = workspace;
  }

  /// How a file is run; null after an error.
  ///
  /// @param folder the agent's folder, in which its libraries lie
  /// @param python what runs Python, or null for the usual
  @Nullable Launch launch(
      Path folder,
      Path entry,
      List<String> arguments,
      @Nullable String python,
      Place place,
      List<Diagnostic> said) {
    String name = FolderConvention.name(entry);
    if (name.equals("package.json")) {
      return script(folder, entry, arguments, said);
    }
    if (name.equals("pom.xml")) {
      said.add(Problems.maven(entry));
      return null;
    }
    return switch (Language.of(name)) {
      case PYTHON -> python(folder, entry, arguments, python, place, said);
      case NODE -> program(node(place, said), entry, arguments);
      case TYPESCRIPT -> program(typescript(folder, place, said), entry, arguments);
      case JAVA -> java(folder, entry, arguments);
      case OTHER -> program(List.of(entry.toString()), null, arguments);
    };
  }

  private @Nullable Launch python(
      Path folder,
      Path entry,
      List<String> arguments,
      @Nullable String named,
      Place place,
      List<Diagnostic> said) {
    String python = named != null ? named : venv(folder);
    if (python == null) {
      python = has("python3") ? "python3" : has("python") ? "python" : null;
    }
    if (python == null) {
      said.add(
          Problems.noInterpreter(
              place, "python3 or python", "install it, or make a .venv in the agent's folder"));
      return null;
    }
    // Without -u its lines would come when a block of them is full.
    return program(List.of(python, "-u"), entry, arguments);
  }

  private @Nullable String venv(Path folder) {
    for (Path at = folder; at != null && at.startsWith(workspace); at = at.getParent()) {
      for (String venv : List.of(".venv", "venv")) {
        Path python = at.resolve(venv).resolve("bin/python");
        if (Files.isExecutable(python)) {
          return python.toString();
        }
      }
    }
    return null;
  }

  private List<String> node(Place place, List<Diagnostic> said) {
    if (has("node")) {
      return List.of("node");
    }
    said.add(Problems.noInterpreter(place, "node", "install it"));
    return List.of();
  }

  private List<String> typescript(Path folder, Place place, List<Diagnostic> said) {
    for (Path at = folder; at != null && at.startsWith(workspace); at = at.getParent()) {
      Path tsx = at.resolve("node_modules/.bin/tsx");
      if (Files.isExecutable(tsx)) {
        return List.of(tsx.toString());
      }
    }
    if (has("tsx")) {
      return List.of("tsx");
    }
    if (nodeTakesTypes()) {
      return List.of("node");
    }
    said.add(
        Problems.noInterpreter(
            place,
            "tsx, and no Node of which is known that it is 22.18 or newer,",
            "npm install --save-dev tsx, or name the command in agent.yaml"));
    return List.of();
  }

  /// Whether the Node that is there leaves types out by itself. Told by its headers, because asking
  /// it would start a process for each look at the folders.
  private boolean nodeTakesTypes() {
    Path node = find("node");
    try {
      Path bin = node == null ? null : node.toRealPath().getParent();
      if (bin != null) {
        String header = Files.readString(bin.resolveSibling("include/node/node_version.h"));
        int major = number(MAJOR, header);
        return major > 22 || (major == 22 && number(MINOR, header) >= 18);
      }
    } catch (IOException e) {
      // Installed without its headers.
    }
    return false;
  }

  private static int number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private @Nullable Launch script(
      Path folder, Path json, List<String> arguments, List<Diagnostic> said) {
    JsonObject read;
    try {
      read = new JsonObject(Files.readString(json));
    } catch (DecodeException e) {
      said.add(Problems.notReadable(json, "it is no JSON object"));
      return null;
    } catch (IOException e) {
      said.add(Problems.notReadable(json, Problems.reason(e)));
      return null;
    }
    if (read.getValue("scripts") instanceof JsonObject scripts
        && scripts.getValue("start") instanceof String start) {
      List<String> words = new ArrayList<>();
      // npm would only start the same, half a second later.
      boolean direct =
          CommandWords.plain(start, words) && words.size() > 1 && words.getFirst().equals("node");
      if (!direct) {
        words = new ArrayList<>(List.of("npm", "--silent", "start", "--"));
      }
      return program(words, null, arguments);
    }
    Path main = folder.resolve(read.getValue("main") instanceof String it ? it : "index.js");
    if (!Files.isRegularFile(main)) {
      said.add(Problems.noCommand(json));
      return null;
    }
    return launch(folder, main, arguments, null, Place.of(json), said);
  }

  private static Launch java(Path folder, Path entry, List<String> arguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    if (Language.extension(FolderConvention.name(entry)).equals("jar")) {
      return new Launch.Program(
          plus(List.of(java.toString(), "-jar", entry.toString()), arguments));
    }
    List<Path> classPath = new ArrayList<>();
    for (String resources : List.of("src/main/resources", "resources")) {
      if (Files.isDirectory(folder.resolve(resources))) {
        classPath.add(folder.resolve(resources));
      }
    }
    try (Stream<Path> jars =
        Files.isDirectory(folder.resolve("lib"))
            ? Files.list(folder.resolve("lib"))
            : Stream.empty()) {
      jars.filter(it -> FolderConvention.name(it).endsWith(".jar"))
          .sorted()
          .forEach(classPath::add);
    } catch (IOException e) {
      // The compiler tells what is missing.
    }
    Path sources = Files.isDirectory(folder) ? folder : entry;
    return new Launch.JavaSources(java, entry, sources, classPath, arguments);
  }

  private static @Nullable Launch program(
      List<String> command, @Nullable Path entry, List<String> arguments) {
    if (command.isEmpty()) {
      return null;
    }
    return new Launch.Program(
        plus(entry == null ? command : plus(command, List.of(entry.toString())), arguments));
  }

  private static List<String> plus(List<String> words, List<String> more) {
    return Stream.concat(words.stream(), more.stream()).toList();
  }

  private boolean has(String program) {
    return find(program) != null;
  }

  private @Nullable Path find(String program) {
    for (Path folder : path) {
      Path file = folder.resolve(program);
      if (Files.isExecutable(file) && Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }
}
