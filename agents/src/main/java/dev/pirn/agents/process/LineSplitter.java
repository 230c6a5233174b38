package dev.pirn.agents.process;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Makes lines of bytes. What is not UTF-8 is replaced; a line that is too long comes in pieces,
/// none of which ends within a character.
final class LineSplitter {
  private final byte[] line;
  private final Consumer<String> lines;
  private int length;
  private boolean cut;

  LineSplitter(int longest, Consumer<String> lines) {
    this.line = new byte[longest];
    this.lines = lines;
  }

  void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte next = bytes[i];
      if (next == '\n') {
        endOfLine();
      } else {
        if (length == line.length) {
          cut();
        }
        line[length++] = next;
      }
    }
  }

  private void endOfLine() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    // The end of a line that was told in pieces is no empty line of its own.
    if (end > 0 || !cut) {
      lines.accept(new String(line, 0, end, StandardCharsets.UTF_8));
    }
    length = 0;
    cut = false;
  }

  private void cut() {
    int end = length;
    // At most three bytes of a character that is not complete.
    while (end > length - 3 && (line[end - 1] & 0xC0) == 0x80) {
      end--;
    }
    end = (line[end - 1] & 0xC0) == 0xC0 ? end - 1 : length;
    lines.accept(new String(line, 0, end, StandardCharsets.UTF_8));
    System.arraycopy(line, end, line, 0, length - end);
    length -= end;
    cut = true;
  }

  /// Tells what stands there without an end.
  void end() {
    if (length > 0) {
      endOfLine();
    }
  }
}
