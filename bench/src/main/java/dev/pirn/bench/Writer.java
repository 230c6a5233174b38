package dev.pirn.bench;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The other process: writes a file again and again as it is told, and says when it called close.
///
/// `System.nanoTime` is the same clock in all processes of a Linux machine (`CLOCK_MONOTONIC`).
///
/// The arguments: the file, and what stands before the number of the edit in its first line.
///
/// Commands: `save N` writes the file in place with the mark N and prints the time just before
/// `close(2)`; `flood N` writes it N times as fast as it can and prints the time when it was done.
final class Writer {
  private Writer() {}

  /// Takes commands until there are no more; see above.
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    String mark = arguments[1];
    String text = Files.readString(file);
    PrintStream out = System.out;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      int number = Integer.parseInt(words[1]);
      if (words[0].equals("save")) {
        out.println(save(file, mark, text, number));
      } else {
        for (int i = 1; i < number; i++) {
          save(file, mark, text, i);
        }
        out.println(save(file, mark, text, number));
      }
      out.flush();
    }
  }

  private static long save(Path file, String mark, String text, int number) throws IOException {
    byte[] bytes = (mark + number + "\n" + text).getBytes(StandardCharsets.UTF_8);
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      out.write(bytes);
      return System.nanoTime();
    }
  }
}
