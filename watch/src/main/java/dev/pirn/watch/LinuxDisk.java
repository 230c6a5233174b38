package dev.pirn.watch;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The disk of a Linux machine, by `statx`: one call a file, with nanoseconds and the file's
/// number.
final class LinuxDisk implements Disk {
  static final int LONGEST_PATH = 4096;

  private static final int CURRENT_FOLDER = -100;
  private static final int NO_FOLLOW = 0x100;
  private static final int BASIC_STATS = 0x7ff;
  private static final int TYPE = 0170000;

  // Offsets in struct statx (statx(2)).
  private static final long LINKS = 16;
  private static final long MODE = 28;
  private static final long INODE = 32;
  private static final long SIZE = 40;
  private static final long CHANGED = 96;
  private static final long MODIFIED = 112;
  private static final long DEVICE_MAJOR = 136;
  private static final long DEVICE_MINOR = 140;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment errno = LinuxCalls.errno(arena);
  private final MemorySegment path = arena.allocate(LONGEST_PATH);
  private final MemorySegment out = arena.allocate(256, 8);
  private final PortableDisk portable = new PortableDisk(this::print);

  /// Writes a path as the C string that calls take; false when it is too long for any call.
  static boolean put(MemorySegment segment, Path path) {
    byte[] bytes = path.toString().getBytes(Names.CHARSET);
    if (bytes.length >= LONGEST_PATH) {
      return false;
    }
    MemorySegment.copy(bytes, 0, segment, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
    segment.set(java.lang.foreign.ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
    return true;
  }

  @Override
  public @Nullable Print print(Path file) {
    return stat(file, NO_FOLLOW);
  }

  @Override
  public @Nullable Print follow(Path file) {
    return stat(file, 0);
  }

  private synchronized @Nullable Print stat(Path file, int flags) {
    if (!put(path, file)) {
      return null;
    }
    if (LinuxCalls.statx(errno, CURRENT_FOLDER, path, flags, BASIC_STATS, out) != 0) {
      return switch (LinuxCalls.value(errno)) {
        case LinuxCalls.ENOENT, LinuxCalls.ENOTDIR, LinuxCalls.ELOOP, LinuxCalls.ENAMETOOLONG ->
            null;
        default -> Print.HIDDEN;
      };
    }
    int mode = Short.toUnsignedInt(out.get(JAVA_SHORT, MODE));
    Print.Kind kind =
        switch (mode & TYPE) {
          case 0100000 -> Print.Kind.FILE;
          case 0040000 -> Print.Kind.FOLDER;
          case 0120000 -> Print.Kind.LINK;
          default -> Print.Kind.OTHER;
        };
    long device = ((long) out.get(JAVA_INT, DEVICE_MAJOR) << 20) | out.get(JAVA_INT, DEVICE_MINOR);
    return new Print(
        kind,
        Print.key(device, out.get(JAVA_LONG, INODE)),
        out.get(JAVA_LONG, SIZE),
        time(MODIFIED),
        time(CHANGED),
        mode & ~TYPE,
        out.get(JAVA_INT, LINKS));
  }

  private long time(long offset) {
    return out.get(JAVA_LONG, offset) * 1_000_000_000L + out.get(JAVA_INT, offset + 8);
  }

  @Override
  public @Nullable Path target(Path link) {
    return portable.target(link);
  }

  @Override
  public List<Entry> list(Path folder) throws IOException {
    return portable.list(folder);
  }

  @Override
  public Set<Long> written(Set<Long> keys) {
    return OpenFiles.written(keys, this::follow);
  }
}
