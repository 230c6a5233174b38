package dev.pirn.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;

/// A [Writer] in a process of its own.
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  /// One that writes the number of each edit in a comment.
  OtherProcess(Path file) throws IOException {
    this(file, "# edit ");
  }

  /// @param mark what stands before the number of the edit in the file's first line
  OtherProcess(Path file, String mark) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pirn.bench.Writer",
                file.toString(),
                mark)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    orders = process.outputWriter();
    answers = process.inputReader();
  }

  /// Has it do something and gives the time that it answers, in nanoseconds.
  long order(String command) throws IOException {
    orders.write(command);
    orders.newLine();
    orders.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the writer has ended");
    }
    return Long.parseLong(answer);
  }

  @Override
  public void close() throws IOException {
    orders.close();
    process.destroy();
  }
}
