package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Live;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;

/// Texts of registries, and ways to put them on disk.
final class Sample {
  static final Path ROOT = Path.of("/workspace").toAbsolutePath();
  static final Duration LONG = Duration.ofSeconds(20);

  private Sample() {}

  /// A registry of agents with these ids.
  static String registry(String... ids) {
    return registryWith("", ids);
  }

  /// The same with more below it.
  static String registryWith(String more, String... ids) {
    StringBuilder text = new StringBuilder("version: \"1.0\"\nagents:\n");
    for (String id : ids) {
      text.append(agent(id));
    }
    return text.append(more).toString();
  }

  /// The lines of an agent, indented by two.
  static String agent(String id) {
    return """
      NAME:
        name: The NAME
        category: production
        environment: production
        owner: team
        version: "1.0.0"
        location: agents/NAME
        deprecated: false
    """
        .replace("NAME", id);
  }

  static Content content(String text) {
    return new Content(ROOT.resolve("agent_registry.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  static Decoded<AgentRegistry> decode(String text) {
    return new RegistryDecoder().decode(content(text));
  }

  static AgentRegistry read(String text) {
    Decoded<AgentRegistry> decoded = decode(text);
    return Objects.requireNonNull(decoded.value(), () -> decoded.diagnostics().toString());
  }

  static String render(Decoded<?> decoded) {
    return Rendering.plain().relativeTo(ROOT).render(decoded.diagnostics());
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes beside and renames into place.
  static void replace(Path file, String text) {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    write(beside, text);
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Has everything taken up that has been done so far.
  static void sync(Live<?> live) {
    try {
      if (!live.sync(LONG)) {
        throw new AssertionError("not all has been taken up within " + LONG);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static Path example() {
    return Path.of(System.getProperty("pirn.home", ".."), "examples/workshop/agent_registry.yaml");
  }
}
