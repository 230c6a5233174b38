package dev.pirn.settings;

import dev.pirn.live.AtomicFile;
import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/// Remembers on the disk which winner was applied last for each experiment.
final class WinnerRecord {
  private static final int LONGEST_NAME = 80;

  private final Path folder;
  private final Path file;

  WinnerRecord(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("winners.json");
  }

  /// What is written: the identity of the last winner by experiment.
  record State(Map<String, String> applied) {}

  Decoded<Map<String, String>> read() {
    try {
      Decoded<State> read =
          Yaml.decoder(State.class).decode(new Content(file, Files.readAllBytes(file)));
      State state = read.value();
      return state == null
          ? Decoded.failed(unreadable("it is broken"))
          : Decoded.of(state.applied());
    } catch (NoSuchFileException e) {
      return Decoded.of(Map.of());
    } catch (IOException e) {
      return Decoded.failed(unreadable(SettingsFiles.reason(e)));
    }
  }

  private Diagnostic unreadable(String reason) {
    return Problems.error(
            Code.NOT_RECORDED,
            Place.of(file),
            "which winners were applied cannot be read: " + reason)
        .help("mend it or delete it; then the next winner is applied again");
  }

  void write(String experiment, String identity, Map<String, String> before) throws IOException {
    Map<String, String> applied = new TreeMap<>(before);
    applied.put(experiment, identity);
    put(file, Json.of(Map.of("applied", applied)));
  }

  /// Writes an acknowledgement, named after the winner.
  void acknowledge(Acknowledgement what) throws IOException {
    String id = what.promotionId();
    String safe = id.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.", "_");
    if (!safe.equals(id) || safe.length() > LONGEST_NAME) {
      String start = safe.substring(0, Math.min(safe.length(), LONGEST_NAME));
      safe = "%s-%08x".formatted(start, id.hashCode());
    }
    put(folder.resolve("acknowledgements").resolve(safe + ".ack.json"), what.toJson());
  }

  private void put(Path target, String json) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly(folder));
    }
    AtomicFile.writePrivately(target, (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
