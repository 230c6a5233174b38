package dev.pirn.agents;

import dev.pirn.live.Decoded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The files of a small agent that works, in one of several languages, with nothing but what the
/// language brings along: it listens on `$PORT`, answers `GET /health` and `POST /call/TOOL` with
/// JSON, keeps a counter at `$PIRN_STATE_URL`, and ends politely.
public enum AgentTemplate {
  /// In Python.
  PYTHON("main.py"),
  /// In JavaScript, for Node.
  NODE("main.mjs"),
  /// In Java, compiled by Pirn.
  JAVA("Agent.java");

  private final String program;

  AgentTemplate(String program) {
    this.program = program;
  }

  /// The files, by name.
  public Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(program, resource("templates/" + program));
    files.put(FolderConvention.DEFINITION, resource("templates/agent.yaml"));
    return files;
  }

  /// Writes them into a folder that is made for them.
  ///
  /// @param agents the folder of agents
  /// @param name the agent's name, which becomes the folder's
  /// @return the files that were written, or the errors for which nothing was
  public Decoded<List<Path>> write(Path agents, String name) {
    Path folder = agents.resolve(name).toAbsolutePath().normalize();
    if (!AgentSpec.NAME.matcher(name).matches()) {
      return Decoded.failed(Problems.badName(name, null));
    }
    List<Path> written = new ArrayList<>();
    try {
      Files.createDirectories(Objects.requireNonNull(folder.getParent()));
      Files.createDirectory(folder);
      for (Map.Entry<String, String> file : files().entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.writeString(path, file.getValue());
        written.add(path);
      }
      return Decoded.of(written);
    } catch (FileAlreadyExistsException e) {
      return Decoded.failed(Problems.exists(folder));
    } catch (IOException e) {
      return Decoded.failed(Problems.notWritten(folder, Problems.reason(e)));
    }
  }

  private static String resource(String name) {
    try (InputStream in = AgentTemplate.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError("a resource of this module cannot be read: " + name, e);
    }
  }
}
