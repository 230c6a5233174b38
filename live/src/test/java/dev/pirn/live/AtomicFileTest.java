package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path dir;

  @Test
  void writesTheWholeFileAndTellsItsDigest() throws Exception {
    Path file = dir.resolve("deep/er/a");
    assertThat(AtomicFile.digest(file)).isNull();
    String digest = AtomicFile.write(file, bytes("one"));
    assertThat(file).hasContent("one");
    assertThat(AtomicFile.digest(file)).isEqualTo(digest);
    assertThat(dir.resolve("deep/er").toFile().list()).containsExactly("a");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatIsReplacedPassesItsRightsOn() throws Exception {
    Path file = Files.writeString(dir.resolve("a"), "one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    AtomicFile.write(file, bytes("two"));
    assertThat(rights(file)).isEqualTo("rwxr-x--x");
    AtomicFile.writePrivately(file, bytes("three"));
    assertThat(rights(file)).isEqualTo("rwxr-x--x");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aNewPrivateFileIsForItsOwnerOnly() throws Exception {
    Path file = dir.resolve("a");
    AtomicFile.writePrivately(file, bytes("one"));
    assertThat(rights(file)).isEqualTo("rw-------");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theTemporaryFileIsNeverReadableByMore() throws Exception {
    Path file = Files.writeString(dir.resolve("a"), "one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Set<String> seen = new ConcurrentSkipListSet<>();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 50; i++) {
                write(file, new byte[200_000]);
              }
            });
    while (writer.isAlive()) {
      try (Stream<Path> all = Files.list(dir)) {
        all.forEach(path -> seen.add(rightsIfThere(path)));
      }
    }
    writer.join();
    seen.remove("gone");
    assertThat(seen).containsExactly("rw-------");
  }

  @Test
  void refusesALinkInItsPlace() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("a"));
    assertThatThrownBy(() -> AtomicFile.digest(link)).isInstanceOf(FileSystemException.class);
  }

  private static void write(Path file, byte[] bytes) {
    try {
      AtomicFile.write(file, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String rightsIfThere(Path path) {
    try {
      return rights(path);
    } catch (NoSuchFileException e) {
      return "gone";
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
