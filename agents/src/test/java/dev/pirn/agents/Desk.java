package dev.pirn.agents;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A workspace on disk, with interpreters that are only there.
final class Desk {
  final Path root;
  final Map<String, String> environment = new TreeMap<>();

  Desk(Path folder) {
    try {
      Path real = Files.createDirectories(folder).toRealPath();
      root = Files.createDirectories(real.resolve("workspace"));
      Path bin = Files.createDirectories(real.resolve("bin"));
      for (String program : List.of("python3", "node")) {
        Files.writeString(bin.resolve(program), "");
        makeExecutable(bin.resolve(program));
      }
      Files.createDirectories(root.resolve("agents"));
      environment.put("PATH", bin.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path at(String path) {
    return root.resolve(path);
  }

  Path write(String path, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(at(path).getParent()));
      return Files.writeString(at(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path program(String path) {
    Path file = write(path, "#!/bin/sh\n");
    makeExecutable(file);
    return file;
  }

  static void makeExecutable(Path file) {
    if (!file.toFile().setExecutable(true)) {
      throw new AssertionError("cannot make executable: " + file);
    }
  }

  AgentFinder finder() {
    return AgentFinder.of(root, environment);
  }

  AgentFinder.Found find() {
    return finder().in(List.of(at("agents")));
  }

  AgentSpec agent(String name) {
    AgentFinder.Found found = find();
    return found.agents().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(found.agents() + render(found.diagnostics())));
  }

  /// The rules of an agent, with nothing wrong.
  WatchRules rules(String name) {
    Decoded<List<WatchRules>> rules = finder().rules(find().agents());
    if (!rules.diagnostics().isEmpty()) {
      throw new AssertionError(render(rules.diagnostics()));
    }
    return Objects.requireNonNull(rules.value()).stream()
        .filter(it -> it.agent().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// What a change of a file does to an agent, as people read it.
  String verdict(String agent, String file) {
    return rules(agent).verdict(at(file)).toString();
  }

  String render(List<Diagnostic> diagnostics) {
    return Rendering.plain()
        .relativeTo(root)
        .render(diagnostics)
        .replace(root.toString(), "/workspace");
  }

  /// The names of agents with what is run, relative to the workspace.
  static String commands(Desk desk, AgentFinder.Found found) {
    return found.agents().stream()
        .map(agent -> agent.name() + ": " + command(agent))
        .collect(Collectors.joining("\n"))
        .replace(desk.root + "/", "")
        .replace(System.getProperty("java.home") + "/bin/", "");
  }

  private static String command(AgentSpec agent) {
    return switch (agent.launch()) {
      case Launch.Program program -> String.join(" ", program.command());
      case Launch.JavaSources java -> "compile " + java.sources() + ", run " + java.entry();
    };
  }
}
