package dev.pirn.agents.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lines in a file that does not grow beyond a bound: when it is full it is renamed to `NAME.1`,
/// what had that name to `NAME.2`, and so on; the last one goes.
///
/// **Threading.** Any thread may write. A line is written as a whole, and is in the file when
/// [#line] returns.
///
/// **Failure.** Writing never throws. When the file cannot be written, that is told once, lines are
/// dropped, and it is tried again after a second; when it can be written again, the file says how
/// many lines are missing. A file that somebody deletes or renames is begun anew.
public final class LogFile implements AutoCloseable {
  private static final long RETRY = Duration.ofSeconds(1).toNanos();

  private final Path path;
  private final LogFileOptions options;
  private final Consumer<String> trouble;

  @GuardedBy("this")
  private @Nullable OutputStream out;

  @GuardedBy("this")
  private @Nullable Object key;

  @GuardedBy("this")
  private long size;

  @GuardedBy("this")
  private long dropped;

  @GuardedBy("this")
  private long failedAt;

  @GuardedBy("this")
  private boolean closed;

  private LogFile(Path path, LogFileOptions options, Consumer<String> trouble) {
    this.path = path;
    this.options = options;
    this.trouble = trouble;
  }

  /// Opens a file with its first line; what it holds already is kept.
  ///
  /// @param trouble is told when it cannot be written
  public static LogFile of(Path path, LogFileOptions options, Consumer<String> trouble) {
    return new LogFile(
        path.toAbsolutePath(),
        Objects.requireNonNull(options, "options"),
        Objects.requireNonNull(trouble, "trouble"));
  }

  /// Adds a line.
  public void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    String problem;
    synchronized (this) {
      problem = write(bytes);
    }
    if (problem != null) {
      trouble.accept(problem);
    }
  }

  @GuardedBy("this")
  private @Nullable String write(byte[] bytes) {
    if (closed) {
      return null;
    }
    if (dropped > 0 && System.nanoTime() - failedAt < RETRY) {
      dropped++;
      return null;
    }
    try {
      OutputStream open = opened(bytes.length);
      if (dropped > 0) {
        byte[] gap = ("[" + dropped + " lines are missing]\n").getBytes(StandardCharsets.UTF_8);
        open.write(gap);
        size += gap.length;
        dropped = 0;
      }
      open.write(bytes);
      size += bytes.length;
      return null;
    } catch (IOException e) {
      letGo();
      failedAt = System.nanoTime();
      return ++dropped == 1
          ? "the log " + path + " cannot be written, its lines are dropped until it can: " + e
          : null;
    }
  }

  /// The file, in which there is room.
  @GuardedBy("this")
  private OutputStream opened(int length) throws IOException {
    if (out != null && !isStillThere()) {
      letGo();
    }
    OutputStream open = out == null ? open() : out;
    if (size > 0 && size + length > options.mostBytes()) {
      letGo();
      rotate();
      open = open();
    }
    return open;
  }

  @GuardedBy("this")
  private boolean isStillThere() {
    try {
      Object now = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return Objects.equals(now, key);
    } catch (IOException e) {
      return false;
    }
  }

  @GuardedBy("this")
  private OutputStream open() throws IOException {
    Path folder = path.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    OutputStream opened =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    key = attributes.fileKey();
    size = attributes.size();
    out = opened;
    return opened;
  }

  private void rotate() throws IOException {
    for (int number = options.files() - 1; number >= 1; number--) {
      Path from = number == 1 ? path : numbered(number - 1);
      try {
        Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException e) {
        // There have not been as many yet.
      }
    }
    Files.deleteIfExists(path);
  }

  private Path numbered(int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  @GuardedBy("this")
  private void letGo() {
    OutputStream open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing is buffered: nothing is lost.
      }
    }
  }

  /// Closes the file; lines that come later are dropped.
  @Override
  public synchronized void close() {
    closed = true;
    letGo();
  }
}
