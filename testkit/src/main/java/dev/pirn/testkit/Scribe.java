package dev.pirn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;

/// Edits one file in the ways in which editors and tools do.
///
/// ```java
/// Scribe scribe = Scribe.of(file);
/// scribe.likeVim("a: 1\n");
/// scribe.inPieces(List.of("a: ", "2\n"), written -> assertThat(live.get()).isEqualTo(before));
/// ```
///
/// Every method returns when the system has done it; none waits for anybody to notice. Contents are
/// written as UTF-8.
///
/// **Threading.** Safe for use by several threads, as far as editing one file by several is.
///
/// **Failure.** What the system refuses is thrown as [UncheckedIOException].
public final class Scribe {
  private final Path file;

  private Scribe(Path file) {
    this.file = file;
  }

  /// One who edits this file, which need not exist yet.
  public static Scribe of(Path file) {
    return new Scribe(file.toAbsolutePath().normalize());
  }

  /// The file.
  public Path file() {
    return file;
  }

  /// Truncates the file, writes it and closes it, as `echo >` does and many editors do.
  public void inPlace(String text) {
    doing(() -> Files.writeString(file, text));
  }

  /// Truncates the file, writes it piece by piece, and closes it. After the truncation and after
  /// each piece the hook is told how many pieces are written; the file is open for writing then.
  public void inPieces(List<String> pieces, IntConsumer hook) {
    Objects.requireNonNull(hook, "hook");
    doing(() -> {
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        hook.accept(0);
        for (int i = 0; i < pieces.size(); i++) {
          write(channel, pieces.get(i));
          hook.accept(i + 1);
        }
      }
    });
  }

  private static void write(FileChannel channel, String text) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// Writes a file beside and renames it into place, as careful tools do (`sed -i`, JetBrains,
  /// atomic-write libraries).
  public void viaRename(String text) {
    doing(() -> {
      Path beside = file.resolveSibling("." + file.getFileName() + ".tmp");
      Files.writeString(beside, text);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    });
  }

  /// Moves the old file to a backup, writes a new one, and deletes the backup, as Vim does with its
  /// default settings.
  public void likeVim(String text) {
    doing(() -> {
      Path backup = file.resolveSibling(file.getFileName() + "~");
      boolean there = Files.exists(file);
      if (there) {
        Files.move(file, backup, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
      if (there) {
        Files.delete(backup);
      }
    });
  }

  /// Deletes the file and makes it anew, as `git checkout` does.
  public void deleteAndRecreate(String text) {
    doing(() -> {
      Files.deleteIfExists(file);
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    });
  }

  /// Writes at the end of the file.
  public void append(String text) {
    doing(
        () -> Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
  }

  /// Writes the same bytes again.
  public void again() {
    doing(() -> Files.write(file, Files.readAllBytes(file)));
  }

  /// Leaves the file with nothing in it.
  public void truncate() {
    inPlace("");
  }

  /// Sets the time of the last change to now, and changes nothing.
  public void touch() {
    doing(() -> Files.setLastModifiedTime(file, FileTime.from(Instant.now())));
  }

  /// Sets the permissions, such as `rw-r-----`.
  ///
  /// @throws UnsupportedOperationException where the file system has none of this kind
  public void chmod(String permissions) {
    doing(() -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions)));
  }

  /// Deletes the file.
  public void delete() {
    doing(() -> Files.delete(file));
  }

  /// Renames the file to another name or folder, in place of what is there.
  ///
  /// @return one who edits it where it is now
  public Scribe moveTo(Path target) {
    Scribe there = of(target);
    doing(() -> Files.move(file, there.file, StandardCopyOption.REPLACE_EXISTING));
    return there;
  }

  /// Makes the file a symbolic link, in place of what is there, in one step.
  public void linkTo(Path target) {
    doing(() -> {
      Path beside = file.resolveSibling("." + file.getFileName() + ".link");
      Files.createSymbolicLink(beside, target);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    });
  }

  @FunctionalInterface
  private interface Edit {
    void make() throws IOException;
  }

  private static void doing(Edit edit) {
    try {
      edit.make();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
