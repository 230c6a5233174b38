package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A folder to edit in, and sources over it whose files are plain text. Text that starts with `!`
/// is broken.
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
      Path file = at(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a file beside, and renames it into place.
  Path replace(String name, String text) {
    try {
      Path beside = write("." + name + ".new", text);
      return Files.move(
          beside, at(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try (Stream<Path> all = Files.walk(at(name))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void move(String from, String to) {
    try {
      Files.move(at(from), at(to), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The text of one file.
  Source<String> file(String name) {
    return Source.file(at(name), Desk::decode);
  }

  /// The texts of all `*.txt` below the folder, by their relative paths.
  Source<SortedMap<String, String>> tree() {
    return tree(WatchSpec.tree(folder).include("**/*.txt"));
  }

  static Source<SortedMap<String, String>> tree(WatchSpec spec) {
    return Source.files(
        spec,
        Desk::decode,
        parts -> {
          SortedMap<String, String> texts = new TreeMap<>();
          parts.forEach(
              part -> texts.put(part.root().relativize(part.file()).toString(), part.value()));
          return Decoded.of(texts);
        });
  }

  static Decoded<String> decode(Content content) {
    String text = new String(content.bytes(), StandardCharsets.UTF_8);
    return text.startsWith("!")
        ? Decoded.failed(
            Diagnostic.error(
                    "TEST-1",
                    new Place(content.file(), 1, 1, 1, text.lines().findFirst().orElse("")),
                    "broken \"" + text + "\"")
                .help("take away the \"!\""))
        : Decoded.of(text);
  }

  /// Has everything taken up that has been done so far.
  static void sync(Live<?> live) {
    try {
      assertThat(live.sync(LONG)).as("all has been taken up within %s", LONG).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
