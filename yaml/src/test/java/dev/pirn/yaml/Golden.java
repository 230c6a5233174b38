package dev.pirn.yaml;

import dev.pirn.live.Content;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A case of a golden file: a line `===== name`, the input, a line `-----`, and what is expected.
record Golden(String name, String input, String expected) {
  private static final Path FOLDER = Path.of("workspace").toAbsolutePath();

  /// All cases of a file beside this class.
  static List<Golden> read(String file) {
    try (InputStream in = Golden.class.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      List<Golden> cases = new ArrayList<>();
      for (String part : text.substring(text.indexOf("===== ")).split("(?m)^===== ")) {
        if (!part.isEmpty()) {
          int name = part.indexOf('\n');
          int input = part.indexOf("\n-----\n");
          cases.add(
              new Golden(
                  part.substring(0, name),
                  part.substring(name + 1, input + 1),
                  part.substring(input + 7)));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The file `app.yaml` with some text.
  static Content content(String text) {
    return content(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The file `app.yaml` with some bytes.
  static Content content(byte[] bytes) {
    return new Content(FOLDER.resolve("app.yaml"), bytes);
  }

  /// What is shown of problems of `app.yaml`.
  static String render(List<Diagnostic> diagnostics) {
    return Rendering.plain().relativeTo(FOLDER).render(diagnostics);
  }

  @Override
  public String toString() {
    return name;
  }
}
