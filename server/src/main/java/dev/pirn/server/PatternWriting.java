package dev.pirn.server;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import dev.pirn.patterns.WrittenPattern;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writing patterns, and saying whether a text would be one.
final class PatternWriting {
  static final int MOST_BYTES = 4 * 1024 * 1024;

  private static final String AT = "/api/v1/patterns";
  private static final Set<String> YAML =
      Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");
  private static final Set<String> KEYS = Set.of("name", "category", "folder", "content");

  private final LiveLibrary library;

  /// What is to be written.
  ///
  /// @param folder below the library's first, or null for where the pattern is
  private record Wish(String name, @Nullable String folder, Buffer content) {}

  PatternWriting(LiveLibrary library) {
    this.library = library;
  }

  void register(Routes routes) {
    routes.post(AT, Set.of("name", "folder"), MOST_BYTES, this::write);
    routes.post(AT + "/validate", Set.of("file"), MOST_BYTES, this::validate);
  }

  private Answer write(Call call) {
    Wish wish = wish(call);
    String ifMatch = call.header("If-Match");
    return library.use(it -> {
      Views views = library.views(it);
      String replaces = ifMatch == null ? null : replaces(ifMatch, wish.name, it.patterns());
      Decoded<WrittenPattern> decoded =
          it.patterns().write(wish.name, wish.folder, wish.content.getBytes(), replaces);
      WrittenPattern written = decoded.value();
      if (written == null) {
        throw new Refused(status(decoded.diagnostics(), ifMatch != null), decoded.diagnostics());
      }
      boolean inForce =
          it.patterns().library().byFile(written.file()).stream()
              .anyMatch(loaded -> loaded.digest().equals(written.digest()));
      JsonObject json = views.written(written, decoded.diagnostics()).put("inForce", inForce);
      Answer answer = Answer.json(json).etag(written.digest());
      return written.replaced()
          ? answer
          : answer.status(201).header("Location", AT + "/" + encoded(written.name()));
    });
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static Wish wish(Call call) {
    if (YAML.contains(call.type())) {
      String name = call.parameter("name");
      return new Wish(
          name == null ? nameIn(call.body()) : name, call.parameter("folder"), call.body());
    }
    if (!call.type().equals("application/json")) {
      throw new Refused(
          415, Problems.wrongType(call.type(), "application/yaml, or application/json"));
    }
    JsonObject json = call.json();
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw new Refused(422, Problems.badBody("has an unknown key \"%s\"".formatted(key)));
      }
    }
    String folder = Call.text(json, "folder");
    return new Wish(
        Call.requiredText(json, "name"),
        folder == null ? Call.text(json, "category") : folder,
        Buffer.buffer(Call.requiredText(json, "content")));
  }

  /// The name that a pattern file gives itself, if it can be read.
  private static String nameIn(Buffer content) {
    Decoded<YamlNode> parsed =
        Yaml.parse(new Content(Path.of("/content.yaml"), content.getBytes()));
    if (parsed.value() instanceof YamlMap map && map.get("name") instanceof YamlScalar name) {
      return name.text();
    }
    throw Call.bad("name", "given, or stand in the content", null);
  }

  private static @Nullable String replaces(String ifMatch, String name, Patterns patterns) {
    if (ifMatch.strip().equals("*")) {
      return patterns.library().get(name).map(LoadedPattern::digest).orElse("");
    }
    String digest = ETags.digest(ifMatch);
    return digest == null ? "" : digest;
  }

  /// Codes of the module `patterns`, which are stable.
  private static int status(List<Diagnostic> diagnostics, boolean conditional) {
    return switch (diagnostics.getFirst().code()) {
      case "PIRN-P041" -> conditional ? 412 : 409;
      case "PIRN-P042" -> 412;
      case "PIRN-P043" -> 413;
      case "PIRN-P045" -> 500;
      default -> 422;
    };
  }

  /// All that is wrong with a text, as an array: nothing if it could be put in force.
  private Answer validate(Call call) {
    String file = call.parameter("file");
    String name = file == null ? "pattern.yaml" : file.substring(file.lastIndexOf('/') + 1);
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_. -]*\\.ya?ml")) {
      throw Call.bad("file", "the name of a file that ends in .yaml or .yml", file);
    }
    PatternOptions options = library.options();
    List<Diagnostic> found = validated(name, call.body().getBytes(), options);
    Views views = library.use(library::views);
    return Answer.json(
        Views.array(
            found,
            diagnostic -> views.diagnostic(diagnostic).put("file", file == null ? null : name)));
  }

  private static List<Diagnostic> validated(String name, byte[] content, PatternOptions options) {
    try {
      Path folder = Files.createTempDirectory("pirn-validate-");
      Path file = folder.resolve(name);
      try {
        Files.write(file, content);
        return Patterns.validate(List.of(file), options);
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the text could not be laid down", e);
    }
  }
}
