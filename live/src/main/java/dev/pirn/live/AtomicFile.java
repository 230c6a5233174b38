package dev.pirn.live;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts a whole file in place in one step, so that no reader ever sees a part of it and a crash
/// leaves the old file or the new one.
///
/// **Threading.** All methods may be called by any thread, and block. Of several writers of one
/// file the last one wins; who must not overwrite what another wrote compares [#digest] first,
/// under a lock of its own.
public final class AtomicFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private static final Set<PosixFilePermission> GROUP =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE);

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
  /// made. A file that is replaced passes its permissions on, and its owner and group where the
  /// system allows it; nobody who may not read it can read the new content at any moment.
  ///
  /// @return the digest of the bytes
  public static String write(Path file, byte[] bytes) throws IOException {
    return write(file, bytes, false);
  }

  /// As [#write], but a file that is new may be read and written by its owner only. For secrets.
  ///
  /// @return the digest of the bytes
  public static String writePrivately(Path file, byte[] bytes) throws IOException {
    return write(file, bytes, true);
  }

  private static String write(Path file, byte[] bytes, boolean secret) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    Files.createDirectories(folder);
    PosixFileAttributes old = attributes(file);
    // Watchers pass over names that begin with a dot and end in ".tmp".
    Path beside = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      writeNew(beside, bytes, secret || old != null);
      if (old != null) {
        passOn(old, beside);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
    syncFolder(folder);
    return Digest.of(bytes);
  }

  private static void writeNew(Path file, byte[] bytes, boolean ownerOnly) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] rights =
        ownerOnly && posix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, options, rights)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /// What a file's owner, group and rights are; null if there is none, or no such thing here.
  private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        ? view.readAttributes()
        : null;
  }

  private static void passOn(PosixFileAttributes old, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    Set<PosixFilePermission> rights = new HashSet<>(old.permissions());
    PosixFileAttributes fresh = view.readAttributes();
    if (!fresh.group().equals(old.group()) && !set(() -> view.setGroup(old.group()))) {
      // Another group must not come by the rights that were meant for the old one.
      rights.removeAll(GROUP);
    }
    if (!fresh.owner().equals(old.owner())) {
      set(() -> view.setOwner(old.owner()));
    }
    Files.setPosixFilePermissions(to, rights);
  }

  private interface Step {
    void run() throws IOException;
  }

  /// Only the system's administrator may give files away.
  @CanIgnoreReturnValue
  private static boolean set(Step step) {
    try {
      step.run();
      return true;
    } catch (IOException _) {
      return false;
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
