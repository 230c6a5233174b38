package dev.pirn.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts a whole file in place in one step, so that no reader ever sees a part of it and a crash
/// leaves the old file or the new one.
///
/// **Threading.** All methods may be called by any thread, and block. Of several writers of one
/// file the last one wins; who must not overwrite what another wrote compares [#digest] first,
/// under a lock of its own.
public final class AtomicFile {
  private AtomicFile() {}

  /// The SHA-256 of a file's bytes in hexadecimal, or null if there is no file.
  ///
  /// @throws IOException if it is not a regular file, or cannot be read
  public static @Nullable String digest(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(), null, "its place is taken by a link, a folder or a special file");
    }
    return Digest.of(Files.readAllBytes(file));
  }

  /// Writes beside the file, to the disk, and renames it into place; folders that are missing are
  /// made. A file that is replaced passes its permissions on.
  ///
  /// @return the digest of the bytes
  public static String write(Path file, byte[] bytes) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    Files.createDirectories(folder);
    // Watchers pass over names that begin with a dot and end in ".tmp".
    Path beside = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writeNew(beside, bytes);
      copyPermissions(file, beside);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    syncFolder(folder);
    return Digest.of(bytes);
  }

  private static void writeNew(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  private static void copyPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(from, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null && Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(to, view.readAttributes().permissions());
    }
  }

  /// Makes the rename itself last. Some platforms cannot open a folder; they do without.
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // The file is in place and whole; only a crash of the machine right now could undo it.
    }
  }
}
