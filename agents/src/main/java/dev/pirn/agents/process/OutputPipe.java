package dev.pirn.agents.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A pipe of our own for what a process prints.
///
/// The JDK's pipe is no good for a process whose children go on printing: when the process ends,
/// the JDK reads what is there into memory, without a bound, and closes the pipe; and a thread that
/// is reading then can no longer be ended. This one is read through a channel, which an interrupt
/// closes.
final class OutputPipe {
  private static final int CLOEXEC = 0x80000;

  private final int writer;
  private final InputStream in;
  private final String name;

  private OutputPipe(int writer, InputStream in, String name) {
    this.writer = writer;
    this.in = in;
    this.name = name;
  }

  static OutputPipe open() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = LinuxCalls.errno(arena);
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      if (LinuxCalls.pipe(errno, ends, CLOEXEC) != 0) {
        throw new IOException("pipe2 failed with errno " + LinuxCalls.value(errno));
      }
      int reader = ends.getAtIndex(JAVA_INT, 0);
      int writer = ends.getAtIndex(JAVA_INT, 1);
      try {
        String name = Files.readSymbolicLink(file(writer)).toString();
        FileChannel channel = FileChannel.open(file(reader), StandardOpenOption.READ);
        return new OutputPipe(writer, Channels.newInputStream(channel), name);
      } catch (IOException e) {
        LinuxCalls.close(errno, writer);
        throw e;
      } finally {
        LinuxCalls.close(errno, reader);
      }
    }
  }

  private static Path file(int fd) {
    return Path.of("/proc/self/fd", Integer.toString(fd));
  }

  /// As the system calls it: `pipe:[number]`.
  String name() {
    return name;
  }

  InputStream in() {
    return in;
  }

  /// Where the process is to write.
  File writer() {
    return file(writer).toFile();
  }

  /// To be called once, when the process has the writer, or will never have it; from then on, the
  /// end of all writers is the end of the stream.
  void closeWriter() {
    try (Arena arena = Arena.ofConfined()) {
      LinuxCalls.close(LinuxCalls.errno(arena), writer);
    }
  }
}
