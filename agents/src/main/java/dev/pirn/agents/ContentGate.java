package dev.pirn.agents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells a change from a touch: remembers the digests of files, and lets a change through only if
/// the bytes are others. Deleting a file is a change, giving it other rights is none.
///
/// A file that is not remembered counts as changed, because nobody knows what a process has read of
/// it; so nothing is ever missed, and at worst a process is replaced once for nothing. To keep that
/// from happening, [#remember] reads the files of an agent when its process starts. It leaves out
/// those that were changed at about that time or later, which the process may have read either way.
///
/// **Threading.** Safe for use by several threads; a file is to be asked for by one at a time.
final class ContentGate {
  /// Only digests are kept, about 200 bytes a file.
  private static final int MOST_FILES = 50_000;

  /// Larger ones count as changed without being read.
  private static final long LARGEST = 64L * 1024 * 1024;

  /// File systems and clocks need not agree to the millisecond; FAT counts in steps of 2 s.
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private static final String GONE = "";

  private final Map<Path, String> digests = new ConcurrentHashMap<>();
  private final int most;

  ContentGate() {
    this(MOST_FILES);
  }

  ContentGate(int most) {
    this.most = most;
  }

  /// Whether a file is another one than when it was last asked for, and remembers it.
  boolean changed(Path file) {
    String now = digest(file);
    String before = now == null || now.equals(GONE) ? digests.remove(file) : put(file, now);
    return now == null || !now.equals(before);
  }

  private @Nullable String put(Path file, String digest) {
    if (digests.size() >= most && !digests.containsKey(file)) {
      return null;
    }
    return digests.put(file, digest);
  }

  /// Reads files that are not remembered yet: those below a folder, or the file itself. Meant for a
  /// thread of its own: the more is remembered, the less happens for nothing.
  ///
  /// @param wanted which files matter
  /// @param enters whether to look into a folder
  /// @param started when the process began to read them
  void remember(Path root, Predicate<Path> wanted, Predicate<Path> enters, Instant started) {
    Instant latest = started.minus(MARGIN);
    if (Files.isRegularFile(root)) {
      remember(root, latest);
      return;
    }
    Deque<Path> folders = new ArrayDeque<>();
    folders.add(root);
    while (!folders.isEmpty() && digests.size() < most && !Thread.currentThread().isInterrupted()) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folders.removeLast())) {
        for (Path entry : entries) {
          if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            if (enters.test(entry)) {
              folders.add(entry);
            }
          } else if (wanted.test(entry)) {
            remember(entry, latest);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // Gone meanwhile, or not to be read: what is not remembered counts as changed.
      }
    }
  }

  private void remember(Path file, Instant latest) {
    if (digests.containsKey(file) || !restsSince(file, latest)) {
      return;
    }
    String digest = digest(file);
    if (digest == null || digest.equals(GONE) || digests.size() >= most) {
      return;
    }
    // What was read must be what the process has read, and a change that was told meanwhile must
    // not be forgotten: so it is looked at once more when all can see what is remembered.
    if (digests.putIfAbsent(file, digest) == null && !restsSince(file, latest)) {
      digests.remove(file, digest);
    }
  }

  /// Whether nothing was done to a file since. Its own time can be set to any other, that of its
  /// entry cannot.
  private static boolean restsSince(Path file, Instant latest) {
    try {
      FileTime changed;
      try {
        changed = (FileTime) Files.getAttribute(file, "unix:ctime");
      } catch (UnsupportedOperationException | IllegalArgumentException e) {
        changed = Files.getLastModifiedTime(file);
      }
      return changed.toInstant().isBefore(latest);
    } catch (IOException e) {
      return false;
    }
  }

  /// Forgets all that lies below a folder.
  void forget(Path root) {
    digests.keySet().removeIf(file -> file.startsWith(root));
  }

  /// How many files are remembered.
  int size() {
    return digests.size();
  }

  /// Its digest; [#GONE] if it is not there; null if it cannot be read.
  private static @Nullable String digest(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      // Opening a FIFO would wait for its writer.
      if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
        return null;
      }
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[64 * 1024];
      try (InputStream in = Files.newInputStream(file)) {
        long left = LARGEST;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          sha256.update(buffer, 0, n);
          left -= n;
          if (left < 0) {
            return null;
          }
        }
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchFileException e) {
      return GONE;
    } catch (IOException e) {
      return null;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
