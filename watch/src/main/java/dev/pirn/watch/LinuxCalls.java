package dev.pirn.watch;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of the C library that watching needs, each as its manual page describes it.
///
/// Every call takes a segment for `errno` first. None of them is marked critical, because they may
/// block or touch the disk.
final class LinuxCalls {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EACCES = 13;
  static final int ENOTDIR = 20;
  static final int EMFILE = 24;
  static final int ENOMEM = 12;
  static final int ENOSPC = 28;
  static final int ENAMETOOLONG = 36;
  static final int ELOOP = 40;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle INOTIFY_INIT = call("inotify_init1", JAVA_INT);
  private static final MethodHandle INOTIFY_ADD =
      call("inotify_add_watch", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle INOTIFY_REMOVE = call("inotify_rm_watch", JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = call("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = longCall("read", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = longCall("write", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT);
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("ioctl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle STATX =
      call("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);

  private LinuxCalls() {}

  /// Whether these calls can be made; throws when native access is denied.
  static boolean available() {
    return true;
  }

  static MemorySegment errno(Arena arena) {
    return arena.allocate(ERRNO);
  }

  static int value(MemorySegment errno) {
    return (int) ERRNO_VALUE.get(errno, 0L);
  }

  static int inotifyInit(MemorySegment errno, int flags) {
    return (int) invoke(() -> (int) INOTIFY_INIT.invokeExact(errno, flags));
  }

  static int inotifyAdd(MemorySegment errno, int fd, MemorySegment path, int mask) {
    return (int) invoke(() -> (int) INOTIFY_ADD.invokeExact(errno, fd, path, mask));
  }

  static int inotifyRemove(MemorySegment errno, int fd, int number) {
    return (int) invoke(() -> (int) INOTIFY_REMOVE.invokeExact(errno, fd, number));
  }

  static int eventfd(MemorySegment errno, int initial, int flags) {
    return (int) invoke(() -> (int) EVENTFD.invokeExact(errno, initial, flags));
  }

  static int poll(MemorySegment errno, MemorySegment fds, long count, int millis) {
    return (int) invoke(() -> (int) POLL.invokeExact(errno, fds, count, millis));
  }

  static long read(MemorySegment errno, int fd, MemorySegment buffer, long size) {
    return invoke(() -> (long) READ.invokeExact(errno, fd, buffer, size));
  }

  static long write(MemorySegment errno, int fd, MemorySegment buffer, long size) {
    return invoke(() -> (long) WRITE.invokeExact(errno, fd, buffer, size));
  }

  static int close(MemorySegment errno, int fd) {
    return (int) invoke(() -> (int) CLOSE.invokeExact(errno, fd));
  }

  static int ioctl(MemorySegment errno, int fd, long request, MemorySegment result) {
    return (int) invoke(() -> (int) IOCTL.invokeExact(errno, fd, request, result));
  }

  static int statx(
      MemorySegment errno, int folder, MemorySegment path, int flags, int mask, MemorySegment out) {
    return (int) invoke(() -> (int) STATX.invokeExact(errno, folder, path, flags, mask, out));
  }

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle longCall(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_LONG, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private interface Native {
    long call() throws Throwable;
  }

  private static long invoke(Native call) {
    try {
      return call.call();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a native call throws no checked exception", e);
    }
  }
}
