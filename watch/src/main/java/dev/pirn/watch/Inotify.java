package dev.pirn.watch;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Linux inotify through the JDK's foreign-function API: one instance, one blocking `poll`, and an
/// eventfd that wakes it. Nothing in here runs while the disk is quiet.
final class Inotify implements Kernel {
  private static final int NONBLOCK = 0x800;
  private static final int CLOEXEC = 0x80000;
  private static final int ONLY_FOLDERS = 0x01000000;
  private static final int EXCLUDE_UNLINKED = 0x04000000;
  private static final int ADD_TO_MASK = 0x20000000;
  private static final long FIONREAD = 0x541B;
  private static final short POLLIN = 1;
  private static final int HEADER = 16;
  private static final int BUFFER = 256 * 1024;

  private static final int SELF =
      RawEvent.SELF_DELETED | RawEvent.SELF_MOVED | ONLY_FOLDERS | ADD_TO_MASK;
  private static final int CHILDREN =
      SELF
          | RawEvent.MODIFIED
          | RawEvent.ATTRIBUTES
          | RawEvent.CLOSED
          | RawEvent.MOVED_FROM
          | RawEvent.MOVED_TO
          | RawEvent.CREATED
          | RawEvent.DELETED
          | EXCLUDE_UNLINKED;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = LinuxCalls.errno(arena);
  private final MemorySegment buffer = arena.allocate(BUFFER, 8);
  private final MemorySegment path = arena.allocate(LinuxDisk.LONGEST_PATH);
  private final MemorySegment polled = arena.allocate(16, 8);
  private final MemorySegment counter = arena.allocate(JAVA_LONG);
  private final int events;
  private final int waker;

  /// Taken by whoever is not the reader, and to close.
  private final Object gate = new Object();

  @GuardedBy("gate")
  private boolean closed;

  private Inotify(int events, int waker) {
    this.events = events;
    this.waker = waker;
    polled.set(JAVA_INT, 0, events);
    polled.set(JAVA_SHORT, 4, POLLIN);
    polled.set(JAVA_INT, 8, waker);
    polled.set(JAVA_SHORT, 12, POLLIN);
  }

  /// Opens an instance.
  ///
  /// @throws WatchException when the system gives none; the message names the limit
  static Inotify open() {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment errno = LinuxCalls.errno(scratch);
      int events = LinuxCalls.inotifyInit(errno, NONBLOCK | CLOEXEC);
      if (events < 0) {
        throw refused("inotify_init1", LinuxCalls.value(errno));
      }
      int waker = LinuxCalls.eventfd(errno, 0, NONBLOCK | CLOEXEC);
      if (waker < 0) {
        int error = LinuxCalls.value(errno);
        LinuxCalls.close(errno, events);
        throw refused("eventfd", error);
      }
      return new Inotify(events, waker);
    }
  }

  private static WatchException refused(String call, int error) {
    return new WatchException(
        error == LinuxCalls.EMFILE
            ? "no further inotify instance is allowed; raise fs.inotify.max_user_instances with sysctl,"
                + " or the limit of open files with ulimit -n"
            : call + " failed with errno " + error,
        null);
  }

  @Override
  public Backend backend() {
    return Backend.INOTIFY;
  }

  @Override
  public int watch(Path folder, boolean children) throws WatchRefused {
    if (!LinuxDisk.put(path, folder)) {
      throw new WatchRefused(WatchRefused.Reason.GONE);
    }
    int number = LinuxCalls.inotifyAdd(errno, events, path, children ? CHILDREN : SELF);
    if (number >= 0) {
      return number;
    }
    throw new WatchRefused(
        switch (LinuxCalls.value(errno)) {
          case LinuxCalls.EACCES, LinuxCalls.EPERM -> WatchRefused.Reason.FORBIDDEN;
          case LinuxCalls.ENOSPC, LinuxCalls.ENOMEM -> WatchRefused.Reason.LIMIT;
          default -> WatchRefused.Reason.GONE;
        });
  }

  @Override
  public void unwatch(int number) {
    // It fails when the folder is gone, and with it its watch: just what is wanted.
    LinuxCalls.inotifyRemove(errno, events, number);
  }

  @Override
  public void await(long nanos) {
    // Rounded up: poll must not come back just before a deadline, only to be called again.
    long millis =
        nanos == Long.MAX_VALUE
            ? -1
            : Math.min(TimeUnit.DAYS.toMillis(1), (nanos + 999_999) / 1_000_000);
    LinuxCalls.poll(errno, polled, 2, (int) millis);
    if (polled.get(JAVA_SHORT, 14) != 0) {
      LinuxCalls.read(errno, waker, counter, Long.BYTES);
    }
  }

  @Override
  public void drain(RawEvent.Sink sink) {
    // What arrives while we read waits for the next turn, so that a busy disk cannot hold us here.
    long left = Math.max(pending(), 0);
    while (left > 0) {
      long size = LinuxCalls.read(errno, events, buffer, BUFFER);
      if (size <= 0) {
        if (size < 0 && LinuxCalls.value(errno) == LinuxCalls.EINTR) {
          continue;
        }
        return;
      }
      decode(size, sink);
      left -= size;
    }
  }

  private void decode(long size, RawEvent.Sink sink) {
    long at = 0;
    while (at + HEADER <= size) {
      int length = buffer.get(JAVA_INT, at + 12);
      sink.event(
          buffer.get(JAVA_INT, at),
          buffer.get(JAVA_INT, at + 4),
          buffer.get(JAVA_INT, at + 8),
          name(at + HEADER, length));
      at += HEADER + length;
    }
  }

  /// The name of an event; null when it is not valid UTF-8.
  private @Nullable String name(long at, int length) {
    int end = 0;
    while (end < length && buffer.get(JAVA_BYTE, at + end) != 0) {
      end++;
    }
    if (end == 0) {
      return "";
    }
    byte[] bytes = buffer.asSlice(at, end).toArray(JAVA_BYTE);
    String name = new String(bytes, StandardCharsets.UTF_8);
    boolean garbled =
        name.indexOf('\uFFFD') >= 0 && !Arrays.equals(name.getBytes(StandardCharsets.UTF_8), bytes);
    return garbled || !Names.usable(name) ? null : name;
  }

  @Override
  public void wake() {
    synchronized (gate) {
      if (!closed) {
        try (Arena scratch = Arena.ofConfined()) {
          MemorySegment one = scratch.allocateFrom(JAVA_LONG, 1);
          LinuxCalls.write(LinuxCalls.errno(scratch), waker, one, Long.BYTES);
        }
      }
    }
  }

  @Override
  public boolean quiet() {
    synchronized (gate) {
      return !closed && pending() == 0;
    }
  }

  /// How many bytes of events are queued; -1 when that cannot be told.
  private int pending() {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment result = scratch.allocate(JAVA_INT);
      int outcome = LinuxCalls.ioctl(LinuxCalls.errno(scratch), events, FIONREAD, result);
      return outcome < 0 ? -1 : result.get(JAVA_INT, 0);
    }
  }

  @Override
  public void close() {
    // Another file gets the number of a closed one: nobody may use it any more.
    synchronized (gate) {
      closed = true;
      LinuxCalls.close(errno, events);
      LinuxCalls.close(errno, waker);
    }
    arena.close();
  }
}
