package dev.pirn.agents;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the next run has to know of this one: by which mark its processes are found, and which
/// ports the agents' addresses had.
///
/// The folder belongs to one run at a time. Who comes second goes on without it, and leaves it as
/// it is. Thread-safe. Nothing here throws: what cannot be kept is told, and lost.
final class RunFolder implements AutoCloseable {
  private static final Pattern MARK = Pattern.compile("[0-9a-zA-Z-]{8,64}");

  private final Path folder;
  private final Consumer<String> trouble;
  private final @Nullable FileChannel channel;

  @GuardedBy("this")
  private final Map<String, Integer> ports = new TreeMap<>();

  RunFolder(Path folder, Consumer<String> trouble) {
    this.folder = folder;
    this.trouble = trouble;
    this.channel = lock();
    if (channel != null) {
      readPorts();
    }
  }

  private @Nullable FileChannel lock() {
    FileChannel open = null;
    try {
      Files.createDirectories(folder);
      open =
          FileChannel.open(
              folder.resolve("run"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = open.tryLock();
      if (lock != null) {
        return open;
      }
      trouble.accept("another run has agents in " + folder + "; ports are not kept");
    } catch (OverlappingFileLockException e) {
      trouble.accept("this process has agents in " + folder + " already; ports are not kept");
    } catch (IOException e) {
      trouble.accept("cannot be used, so ports are not kept: " + folder + ": " + e);
    }
    close(open);
    return null;
  }

  /// Whether no other run has it.
  boolean own() {
    return channel != null;
  }

  /// Takes the place of the run before.
  ///
  /// @param runId the mark of this run
  /// @return the mark of the one before; null if there was none
  @Nullable String replace(String runId) {
    FileChannel open = channel;
    if (open == null) {
      return null;
    }
    try {
      ByteBuffer before = ByteBuffer.allocate(256);
      open.read(before, 0);
      String mark =
          new String(before.array(), 0, before.position(), StandardCharsets.UTF_8).strip();
      open.truncate(0);
      open.write(ByteBuffer.wrap(runId.getBytes(StandardCharsets.UTF_8)), 0);
      // A file can be broken in any way, and by its mark processes are ended.
      return MARK.matcher(mark).matches() ? mark : null;
    } catch (IOException e) {
      trouble.accept("cannot keep the mark of this run: " + e);
      return null;
    }
  }

  private synchronized void readPorts() {
    try {
      for (String line : Files.readAllLines(folder.resolve("ports"))) {
        String[] parts = line.split(" ", 2);
        if (parts.length == 2 && parts[1].matches("[1-9][0-9]{0,4}")) {
          ports.put(parts[0], Integer.parseInt(parts[1]));
        }
      }
    } catch (NoSuchFileException e) {
      // The first run.
    } catch (IOException e) {
      trouble.accept("cannot read which ports agents had: " + e);
    }
  }

  /// The port that an agent's address had; 0 for none.
  synchronized int port(String agent) {
    return ports.getOrDefault(agent, 0);
  }

  synchronized void port(String agent, int port) {
    Integer before = ports.put(agent, port);
    if (channel == null || (before != null && before == port)) {
      return;
    }
    String text =
        ports.entrySet().stream()
            .map(it -> it.getKey() + " " + it.getValue() + "\n")
            .collect(Collectors.joining());
    try {
      Path next = folder.resolve("ports.next");
      Files.writeString(next, text);
      Files.move(
          next,
          folder.resolve("ports"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      trouble.accept("cannot keep which ports agents have: " + e);
    }
  }

  @Override
  public void close() {
    close(channel);
  }

  private void close(@Nullable FileChannel open) {
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      trouble.accept("cannot close " + folder.resolve("run") + ": " + e);
    }
  }
}
