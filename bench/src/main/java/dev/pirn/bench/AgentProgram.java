package dev.pirn.bench;

import dev.pirn.agents.AgentTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An agent of a template of Pirn's, whose greeting tells which edit of its code answers. Those
/// that can be [#rude] answer `GET /up` too: a front that holds answers `/health` by itself.
///
/// @param language what it is written in
/// @param files what it consists of, by name
/// @param edited the file that is edited: an edit puts the mark and its number before it
/// @param mark what stands before the number
/// @param command what starts it in its folder where Pirn does not
record AgentProgram(
    String language, Map<String, String> files, String edited, String mark, List<String> command) {
  private static final String FOLDER = "agents/bench";

  AgentProgram {
    files = Map.copyOf(files);
    command = List.copyOf(command);
  }

  static List<AgentProgram> all() {
    return List.of(python(), node(), java());
  }

  static AgentProgram python() {
    String file = "main.py";
    Map<String, String> greeting =
        replaced(AgentTemplate.PYTHON.files(), file, "Hello, {", "Hello {EDIT}, {");
    return new AgentProgram(
        "Python",
        replaced(greeting, file, "self.path == \"/health\"", "self.path in (\"/health\", \"/up\")"),
        file,
        "EDIT = ",
        List.of("python3", "main.py"));
  }

  static AgentProgram node() {
    String file = "main.mjs";
    Map<String, String> greeting =
        replaced(AgentTemplate.NODE.files(), file, "Hello, ${", "Hello ${edit}, ${");
    return new AgentProgram(
        "Node",
        replaced(
            greeting, file, "asked.url === '/health'", "['/health', '/up'].includes(asked.url)"),
        file,
        "const edit = ",
        List.of("node", "main.mjs"));
  }

  /// Nothing but comments may stand before the imports of a Java file, so that another is edited.
  static AgentProgram java() {
    Map<String, String> files =
        replaced(
            AgentTemplate.JAVA.files(),
            "Agent.java",
            "\"Hello, \"",
            "\"Hello \" + Edit.NUMBER + \", \"");
    files.put("Edit.java", ";\n}\n");
    return new AgentProgram(
        "Java",
        files,
        "Edit.java",
        "final class Edit { static final int NUMBER = ",
        List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "Agent.java"));
  }

  private static Map<String, String> replaced(
      Map<String, String> files, String file, String before, String after) {
    Map<String, String> changed = new LinkedHashMap<>(files);
    String text = changed.getOrDefault(file, "");
    if (!text.contains(before)) {
      throw new IllegalStateException("the template has no " + before + " in " + file);
    }
    changed.put(file, text.replace(before, after));
    return changed;
  }

  /// The same, but SIGTERM ends it at once, whatever it is doing.
  AgentProgram rude() {
    String handled =
        switch (language) {
          case "Python" -> "signal.signal(signal.SIGTERM, end)";
          case "Node" -> "process.on('SIGTERM', end);";
          default -> throw new IllegalStateException("no rude agent in " + language);
        };
    return new AgentProgram(language, replaced(files, edited, handled, ""), edited, mark, command);
  }

  /// What it needs and this machine has not; null if it can run.
  @Nullable String missing() {
    String runtime = command.getFirst();
    return runtime.startsWith("/") || Programs.onPath(runtime) != null
        ? null
        : runtime + " is not installed";
  }

  /// Where it lies in a workspace.
  static Path folder(Path workspace) {
    return workspace.resolve(FOLDER);
  }

  /// Writes it into a workspace, before its first edit.
  ///
  /// @return the file to edit
  Path write(Path workspace) throws IOException {
    Path folder = Files.createDirectories(folder(workspace));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    return folder.resolve(edited);
  }
}
