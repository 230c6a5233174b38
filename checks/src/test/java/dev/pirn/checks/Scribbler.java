package dev.pirn.checks;

import dev.pirn.patterns.Pattern;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A writer with its own files in a common folder. Each content carries a mark with its checksum in
/// its last line, and is noted as settled before its file is closed or renamed into place.
final class Scribbler {
  private static final int FILES = 24;

  private final Path root;
  private final int number;
  private final Random random;
  private final Set<String> settled;
  private final Map<Path, Boolean> files = new HashMap<>();
  private @Nullable Exception failure;
  private int edits;

  Scribbler(Path root, int number, long seed, Set<String> settled) {
    this.root = root;
    this.number = number;
    this.random = new Random(seed);
    this.settled = settled;
  }

  /// What identifies a content: the title counts, the text of the best practices must fit it.
  static String token(Pattern pattern) {
    return pattern.name()
        + "|"
        + pattern.title()
        + "|"
        + sum(String.valueOf(pattern.bestPractices()));
  }

  private static String sum(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.strip().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  @Nullable Exception failure() {
    return failure;
  }

  void scribble(int count) {
    try {
      for (int i = 0; i < count; i++) {
        edit();
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  /// Makes every broken file good again.
  void mend() throws IOException {
    for (Map.Entry<Path, Boolean> file : files.entrySet()) {
      if (!file.getValue()) {
        inPlace(file.getKey(), content(file.getKey()));
        file.setValue(true);
      }
    }
  }

  private void edit() throws IOException {
    Path file = any();
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> write(file, content(file), true);
      case 4 -> write(file, broken(), false);
      case 5 -> {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.createDirectories(file.getParent());
        Files.writeString(temporary, content(file));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        files.put(file, true);
      }
      case 6 -> {
        Files.deleteIfExists(file);
        files.remove(file);
      }
      case 7 -> {
        Files.deleteIfExists(file);
        write(file, content(file), true);
      }
      case 8 -> inPieces(file, content(file));
      case 9 -> renameFolder();
      case 10 -> touch(file);
      default -> removeFolder();
    }
  }

  private Path any() {
    int i = random.nextInt(FILES);
    return home().resolve("d" + i % 4).resolve("w%d_f%d.yaml".formatted(number, i));
  }

  private Path home() {
    return root.resolve("w" + number);
  }

  private void write(Path file, String text, boolean good) throws IOException {
    Files.createDirectories(file.getParent());
    inPlace(file, text);
    files.put(file, good);
  }

  private static void inPlace(Path file, String text) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void inPieces(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      for (int at = 0; at < bytes.length; at += 100) {
        out.write(bytes, at, Math.min(100, bytes.length - at));
        Thread.yield();
      }
    }
    files.put(file, true);
  }

  private void touch(Path file) throws IOException {
    if (Files.exists(file)) {
      Files.setLastModifiedTime(
          file, java.nio.file.attribute.FileTime.from(java.time.Instant.now()));
    }
  }

  /// Renames one of this writer's folders away and, sometimes, back again.
  private void renameFolder() throws IOException {
    Path folder = home().resolve("d" + random.nextInt(4));
    Path other = home().resolve("e" + random.nextInt(1000));
    if (Files.isDirectory(folder) && !Files.exists(other)) {
      Files.move(folder, other);
      if (random.nextBoolean()) {
        Files.move(other, folder);
      } else {
        moved(folder, other);
        if (random.nextInt(3) > 0) {
          remove(other);
        }
      }
    }
  }

  private void moved(Path folder, Path other) {
    for (Path file : List.copyOf(files.keySet())) {
      if (file.startsWith(folder)) {
        files.put(other.resolve(folder.relativize(file)), files.remove(file));
      }
    }
  }

  private void removeFolder() throws IOException {
    if (random.nextInt(10) == 0) {
      remove(home().resolve("d" + random.nextInt(4)));
    }
  }

  private void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      List<Path> all = new ArrayList<>();
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.sorted(Comparator.reverseOrder()).forEach(all::add);
      }
      for (Path path : all) {
        Files.delete(path);
        files.remove(path);
      }
    }
  }

  private String content(Path file) {
    String name = file.getFileName().toString().replace(".yaml", "");
    String title = "edit " + number + "." + edits++;
    StringBuilder practices = new StringBuilder();
    int lines = random.nextInt(60);
    for (int i = 0; i <= lines; i++) {
      practices.append("line ").append(i).append(" of ").append(title).append('\n');
    }
    settled.add(name + "|" + title + "|" + sum(practices.toString()));
    return "name: "
        + name
        + "\ncategory: torture\ntitle: "
        + title
        + "\nbest_practices: |\n  "
        + practices.toString().strip().replace("\n", "\n  ")
        + "\n";
  }

  private String broken() {
    return switch (random.nextInt(4)) {
      case 0 -> "name: [";
      case 1 -> "";
      case 2 -> "title: no name and no category\n";
      default -> "name: x\ncategory: {a: b}\n\t- tab\n";
    };
  }
}
