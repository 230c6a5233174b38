package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A folder with `.env` files to edit.
final class Desk {
  static final Duration LONG = Duration.ofSeconds(20);

  final Path folder;

  Desk(Path folder) {
    try {
      this.folder = folder.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path at(String name) {
    return folder.resolve(name);
  }

  /// Writes a file in place.
  Path write(String name, String text) {
    try {
      Files.createDirectories(at(name).getParent());
      return Files.writeString(at(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file beside, and renames it into place.
  void replace(String name, String text) {
    try {
      Path beside = write("." + name + ".new", text);
      Files.move(
          beside, at(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(at(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Settings of `.env`, and of these files, without an environment.
  Settings.Builder settings(String... names) {
    List<Path> files =
        names.length == 0 ? List.of(at(".env")) : List.of(names).stream().map(this::at).toList();
    return Settings.of(files).environment(Map.of());
  }

  static void sync(Settings settings) throws InterruptedException {
    assertThat(settings.live().sync(LONG)).isTrue();
  }

  /// The problems, as people see them.
  String render(List<Diagnostic> diagnostics) {
    return Rendering.plain().relativeTo(folder).render(diagnostics);
  }

  // One file without a disk

  static Decoded<EnvFile> decode(String text) {
    return decode(text.getBytes(StandardCharsets.UTF_8));
  }

  static Decoded<EnvFile> decode(byte[] bytes) {
    return new EnvDecoder(Secrets.of(List.of())).decode(new Content(Path.of("/w/.env"), bytes));
  }

  /// What a text is decoded and resolved to.
  static Map<String, String> values(String text, Map<String, String> environment) {
    Decoded<EnvFile> decoded = decode(text);
    EnvFile file = Objects.requireNonNull(decoded.value(), () -> decoded.diagnostics().toString());
    Resolver resolver = new Resolver(List.of(file), environment, Secrets.of(List.of()));
    Map<String, String> values = new LinkedHashMap<>();
    resolver.settings().forEach((key, setting) -> values.put(key, setting.value()));
    assertThat(resolver.problems()).noneMatch(Diagnostic::isError);
    return values;
  }

  static @Nullable String value(String text) {
    return values(text, Map.of()).get("A");
  }
}
