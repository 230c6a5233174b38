package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What agents have printed, from the files in which it is kept when nothing runs any more.
///
/// @param folder the folder of the files, which need not exist
record AgentLogFiles(Path folder) {
  private static final String ENDING = ".log";

  /// No more is read of the end of a file.
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  /// `2026-01-02T03:04:05.678Z #3 the text`.
  private static final Pattern LINE =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z) #(\\d{1,18}) (.*)");

  /// Whose files there are, by name.
  List<String> agents() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw new Failure(Problems.unreadable(folder, Reasons.of(e)));
    }
  }

  /// The last lines of an agent, oldest first.
  List<JsonObject> last(String agent, int most) {
    Path file = folder.resolve(agent + ENDING);
    List<JsonObject> lines = new ArrayList<>();
    try {
      for (String line : end(file).lines().toList()) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          lines.add(
              new JsonObject()
                  .put("time", matcher.group(1))
                  .put("agent", agent)
                  .put("generation", Long.parseLong(matcher.group(2)))
                  // The files do not say where a line was printed to.
                  .put("error", null)
                  .put("text", matcher.group(3)));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new Failure(Problems.unreadable(file, Reasons.of(e)));
    }
    return lines.subList(Math.max(0, lines.size() - most), lines.size());
  }

  private static String end(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MOST_BYTES));
      channel.position(size - bytes.capacity());
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Until the buffer is full.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }
}
