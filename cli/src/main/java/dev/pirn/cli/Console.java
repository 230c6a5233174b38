package dev.pirn.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Where a command reads from and writes to. No other class uses the standard streams.
///
/// What is printed is UTF-8 whatever the locale says, and is buffered until [#flush] or the end of
/// the command; errors are written at once.
///
/// **Threading.** May be used by any thread.
///
/// **Failure.** [OutputClosed] when nobody reads the output any more, UncheckedIOException when it
/// cannot be written otherwise. Errors that cannot be written are dropped: there is nobody to tell.
final class Console {
  /// Nobody reads the output any more, as after `| head`.
  static final class OutputClosed extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputClosed(IOException cause) {
      super("nobody reads the output any more", cause);
    }
  }

  /// What the launcher says of the streams: `out`, `err` or both, for those that are a terminal.
  private static final String TERMINAL = "pirn.terminal";

  private final InputStream in;

  @GuardedBy("this")
  private final Writer out;

  @GuardedBy("this")
  private final Writer err;

  private final boolean outTerminal;
  private final boolean errTerminal;
  private final boolean colours;
  private volatile boolean broken;

  Console(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean outTerminal,
      boolean errTerminal,
      boolean colours) {
    this.in = in;
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.err = new BufferedWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8));
    this.outTerminal = outTerminal;
    this.errTerminal = errTerminal;
    this.colours = colours;
  }

  /// The process's own streams. There are colours on a terminal, unless `NO_COLOR` is set.
  static Console system() {
    String terminals = System.getProperty(TERMINAL, "");
    String noColour = System.getenv("NO_COLOR");
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        terminals.contains("out"),
        terminals.contains("err"),
        noColour == null || noColour.isEmpty());
  }

  /// Whether a person sees what is printed as it comes.
  boolean outTerminal() {
    return outTerminal;
  }

  /// Whether a person sees errors and progress as they come.
  boolean errTerminal() {
    return errTerminal;
  }

  /// Whether the output is coloured.
  boolean colours() {
    return outTerminal && colours;
  }

  /// Whether what is written among the errors is coloured.
  boolean errorColours() {
    return errTerminal && colours;
  }

  /// Whether the output could not be written.
  boolean broken() {
    return broken;
  }

  /// How diagnostics are written among the errors, with files relative to a folder.
  Rendering errors(Path base) {
    return (errorColours() ? Rendering.ansi() : Rendering.plain()).relativeTo(base);
  }

  /// How diagnostics are written among the output, with files relative to a folder.
  Rendering output(Path base) {
    return (colours() ? Rendering.ansi() : Rendering.plain()).relativeTo(base);
  }

  /// Prints text as it is.
  synchronized void print(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Prints a line.
  void line(String text) {
    print(text + "\n");
  }

  /// Hands on what was printed.
  synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// Writes text among the errors.
  synchronized void error(String text) {
    try {
      err.write(text);
      err.flush();
    } catch (IOException e) {
      // There is nowhere left to say so.
    }
  }

  /// Writes a line on how things go among the errors.
  void note(String text) {
    error("pirn: " + text + "\n");
  }

  /// Writes diagnostics among the errors.
  void errors(List<Diagnostic> diagnostics, Path base) {
    error(errors(base).render(diagnostics));
  }

  /// Everything that comes in, up to a number of bytes; one more when there is more.
  byte[] input(int most) {
    try {
      return in.readNBytes(most + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("the standard input cannot be read", e);
    }
  }

  private RuntimeException failed(IOException e) {
    broken = true;
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe") || message.contains("pipe is being closed")
        ? new OutputClosed(e)
        : new UncheckedIOException(message, e);
  }
}
