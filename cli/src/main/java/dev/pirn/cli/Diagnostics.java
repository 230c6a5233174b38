package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.live.Severity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes diagnostics of their JSON again, so that those of a server are shown like our own. The
/// source line is not in the JSON; it is taken from the file as it is now, but only from YAML, and
/// not for what settings say: a line of any other file may have a secret, and so may a winner's
/// map.
final class Diagnostics {
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  /// How the codes of settings begin.
  private static final String SETTINGS = "PIRN-E";

  private final Path root;

  /// @param root the workspace, to which the files in the JSON are relative
  Diagnostics(Path root) {
    this.root = root;
  }

  List<Diagnostic> of(@Nullable JsonArray array) {
    List<Diagnostic> diagnostics = new ArrayList<>();
    if (array != null) {
      for (int i = 0; i < array.size(); i++) {
        diagnostics.add(of(array.getJsonObject(i)));
      }
    }
    return diagnostics;
  }

  private Diagnostic of(JsonObject json) {
    String code = json.getString("code", "");
    boolean quotable = !code.startsWith(SETTINGS);
    List<Place> related = new ArrayList<>();
    JsonArray others = json.getJsonArray("related", new JsonArray());
    for (int i = 0; i < others.size(); i++) {
      Place place = place(others.getJsonObject(i), quotable);
      if (place != null) {
        related.add(place);
      }
    }
    return new Diagnostic(
        code,
        severity(json.getString("severity", "error")),
        json.getString("message", ""),
        place(json, quotable),
        json.getString("hint"),
        related,
        json.getString("inForce"),
        json.getString("help"));
  }

  private static Severity severity(String word) {
    return Severity.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private @Nullable Place place(JsonObject json, boolean quotable) {
    String file = json.getString("file");
    if (file == null) {
      return null;
    }
    Path path = root.resolve(file).normalize();
    int line = json.getInteger("line", 1);
    int column = json.getInteger("column", 1);
    int length = json.getInteger("length", 0);
    boolean shown = quotable && length > 0 && (file.endsWith(".yaml") || file.endsWith(".yml"));
    return new Place(path, line, column, length, shown ? line(path, line, column) : null);
  }

  /// A line of a file, if it is there and reaches as far as the column.
  private static @Nullable String line(Path file, int number, int column) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return null;
      }
      try (Stream<String> lines = Files.lines(file)) {
        return lines
            .skip(number - 1L)
            .findFirst()
            .filter(line -> line.codePointCount(0, line.length()) >= column)
            .orElse(null);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      return null;
    }
  }

  /// How many of each severity there are: `2 errors, 1 warning`; `no problems` if there is none.
  static String summary(List<Diagnostic> diagnostics) {
    List<String> counts = new ArrayList<>();
    for (Severity severity : Severity.values()) {
      long count = diagnostics.stream().filter(it -> it.severity() == severity).count();
      if (count > 0) {
        counts.add(
            severity == Severity.INFO ? count + " info" : Text.count(count, severity.toString()));
      }
    }
    return counts.isEmpty() ? "no problems" : String.join(", ", counts);
  }
}
