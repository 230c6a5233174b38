package dev.pirn.agents.process;

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

/// The calls of the C library that processes need, each as its manual page describes it.
///
/// Every call takes a segment for `errno` first. Those on pidfds go through `syscall`, because the
/// C library has names for them only since glibc 2.36; their numbers are the same on every
/// processor.
final class LinuxCalls {
  static final int ESRCH = 3;
  static final int EINTR = 4;
  static final int ECHILD = 10;

  private static final long PIDFD_SEND_SIGNAL = 424;
  private static final long PIDFD_OPEN = 434;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout ERRNO = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_VALUE =
      ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle KILL = call("kill", JAVA_INT, JAVA_INT);
  private static final MethodHandle PIPE = call("pipe2", ADDRESS, JAVA_INT);
  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = call("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT);
  private static final MethodHandle WAITID = call("waitid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle WRITE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("write"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle PRCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("prctl"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle SYSCALL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("syscall"),
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1),
          Linker.Option.captureCallState("errno"));

  private LinuxCalls() {}

  /// Whether these calls can be made; throws when native access is denied or a call is missing.
  static boolean available() {
    return true;
  }

  static MemorySegment errno(Arena arena) {
    return arena.allocate(ERRNO);
  }

  static int value(MemorySegment errno) {
    return (int) ERRNO_VALUE.get(errno, 0L);
  }

  static int kill(MemorySegment errno, int pid, int signal) {
    return (int) invoke(() -> (int) KILL.invokeExact(errno, pid, signal));
  }

  static int pipe(MemorySegment errno, MemorySegment ends, int flags) {
    return (int) invoke(() -> (int) PIPE.invokeExact(errno, ends, flags));
  }

  static int eventfd(MemorySegment errno, int initial, int flags) {
    return (int) invoke(() -> (int) EVENTFD.invokeExact(errno, initial, flags));
  }

  static int poll(MemorySegment errno, MemorySegment fds, long count, int millis) {
    return (int) invoke(() -> (int) POLL.invokeExact(errno, fds, count, millis));
  }

  static int close(MemorySegment errno, int fd) {
    return (int) invoke(() -> (int) CLOSE.invokeExact(errno, fd));
  }

  static long write(MemorySegment errno, int fd, MemorySegment buffer, long size) {
    return invoke(() -> (long) WRITE.invokeExact(errno, fd, buffer, size));
  }

  static int waitid(MemorySegment errno, int kind, int pid, MemorySegment out, int options) {
    return (int) invoke(() -> (int) WAITID.invokeExact(errno, kind, pid, out, options));
  }

  static int prctl(MemorySegment errno, int option, long value) {
    return (int) invoke(() -> (int) PRCTL.invokeExact(errno, option, value, 0L, 0L, 0L));
  }

  static int pidfdOpen(MemorySegment errno, int pid) {
    return (int) syscall(errno, PIDFD_OPEN, pid, 0);
  }

  static int pidfdSendSignal(MemorySegment errno, int pidfd, int signal) {
    return (int) syscall(errno, PIDFD_SEND_SIGNAL, pidfd, signal);
  }

  private static long syscall(MemorySegment errno, long number, long first, long second) {
    return invoke(() -> (long) SYSCALL.invokeExact(errno, number, first, second, 0L, 0L));
  }

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(JAVA_INT, arguments),
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
