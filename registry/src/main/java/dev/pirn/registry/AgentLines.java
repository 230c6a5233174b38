package dev.pirn.registry;

import dev.pirn.live.Place;
import dev.pirn.yaml.YamlMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which lines of a file are about which agent, so that after an edit only the lines that have
/// changed need be parsed.
///
/// That is sound where an agent's lines mean the same whatever stands before and after them: in a
/// block mapping, from the line of its key to that of the next one, without anchors and aliases.
/// Files that are written otherwise, and edits that reach beyond the agents, have no lines here or
/// no [Part], and are read as a whole.
///
/// Offsets are in bytes, and lines count from 0.
final class AgentLines {
  private final byte[] bytes;

  /// The column of all keys.
  private final int column;

  /// Where each agent's lines begin, and behind them where the last one's end.
  private final int[] starts;

  private AgentLines(byte[] bytes, int column, int[] starts) {
    this.bytes = bytes;
    this.column = column;
    this.starts = starts;
  }

  /// What has changed.
  ///
  /// @param first the first agent that has changed
  /// @param after the agent behind the last one that has changed
  /// @param start where the changed agents' lines begin, before and now
  /// @param line in which line that is
  /// @param bytes what stands there now
  /// @param says whether that is more than comments
  /// @param further how many lines further down than before all is that follows
  record Part(int first, int after, int start, int line, byte[] bytes, boolean says, int further) {}

  /// The lines of a file that was parsed as a whole; null where they mean nothing on their own.
  static @Nullable AgentLines of(byte[] bytes, YamlMap root, YamlMap agents) {
    if (agents.entries().isEmpty() || !plain(bytes, 0, bytes.length)) {
      return null;
    }
    Place first = agents.entries().getFirst().key().place();
    int column = first.column() - 1;
    // A mapping in braces begins before its first key.
    if (column == 0 || !first.equals(agents.place()) || !inColumn(agents, column)) {
      return null;
    }
    int[] lines = new int[agents.entries().size() + 1];
    int count = 0;
    for (YamlMap.Entry entry : agents.entries()) {
      lines[count++] = entry.key().place().line() - 1;
    }
    lines[count] = lineAfter(root, lines[count - 1]);
    return new AgentLines(bytes, column, offsets(bytes, lines));
  }

  private static boolean inColumn(YamlMap agents, int column) {
    return agents.entries().stream().allMatch(e -> e.key().place().column() == column + 1);
  }

  /// The line of the first key of the root that follows a line; none is behind all.
  private static int lineAfter(YamlMap root, int line) {
    return root.entries().stream()
        .mapToInt(entry -> entry.key().place().line() - 1)
        .filter(other -> other > line)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private static int[] offsets(byte[] bytes, int[] lines) {
    int[] offsets = new int[lines.length];
    int line = 0;
    int at = 0;
    for (int i = 0; i < lines.length; i++) {
      while (line < lines[i] && at < bytes.length) {
        line += bytes[at++] == '\n' ? 1 : 0;
      }
      offsets[i] = at;
    }
    return offsets;
  }

  /// Whether nothing in these bytes stands for something else, and `\n` ends all lines.
  private static boolean plain(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      boolean mark = b == '&' || b == '*';
      if (mark && (i == 0 || !word(bytes[i - 1])) && i + 1 < end && !blank(bytes[i + 1])) {
        return false;
      }
      if (b == '\r' && (i + 1 == end || bytes[i + 1] != '\n')) {
        return false;
      }
    }
    return true;
  }

  private static boolean word(byte b) {
    return b > ' ' && "[]{},:-?!".indexOf(b) < 0;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  /// Whether the file has these bytes.
  boolean are(byte[] now) {
    return Arrays.equals(bytes, now);
  }

  /// What is different in other bytes of the file; null if it is more than agents.
  @Nullable Part changed(byte[] now) {
    int same = Math.max(0, Arrays.mismatch(bytes, now));
    int agents = starts.length - 1;
    int first = Arrays.binarySearch(starts, 0, agents, same);
    first = first >= 0 ? first : -first - 2;
    // A line begins where it did only if the one before ends where it did.
    int after = Arrays.binarySearch(starts, bytes.length - sameAtEnd(now, same) + 1);
    after = after >= 0 ? after : -after - 1;
    if (after > agents && starts[agents] == bytes.length) {
      after = agents;
    }
    if (first < 0 || after > agents) {
      return null;
    }
    int start = starts[first];
    int end = starts[after] + now.length - bytes.length;
    if (!plain(now, start, end)) {
      return null;
    }
    byte[] piece = Arrays.copyOfRange(now, start, end);
    Boolean says = onlyAgents(piece);
    int further = lines(piece, 0, piece.length) - lines(bytes, start, starts[after]);
    return says == null
        ? null
        : new Part(first, after, start, lines(bytes, 0, start), piece, says, further);
  }

  private int sameAtEnd(byte[] now, int sameAtStart) {
    int most = Math.min(bytes.length, now.length) - sameAtStart;
    int same = 0;
    int step = 64;
    while (same + step <= most && equalAtEnd(now, same, step)) {
      same += step;
      step = Math.min(step * 2, 1 << 20);
    }
    while (same < most && bytes[bytes.length - 1 - same] == now[now.length - 1 - same]) {
      same++;
    }
    return same;
  }

  private boolean equalAtEnd(byte[] now, int same, int more) {
    return Arrays.equals(
        bytes,
        bytes.length - same - more,
        bytes.length - same,
        now,
        now.length - same - more,
        now.length - same);
  }

  /// Whether lines say something of agents, and of nothing else: none begins left of their keys,
  /// and the first is a key's.
  ///
  /// @return null if they may say something else
  private @Nullable Boolean onlyAgents(byte[] lines) {
    boolean says = false;
    for (int at = 0; at < lines.length; at = nextLine(lines, at)) {
      int indent = indent(lines, at);
      int first = at + indent;
      if (first < lines.length && "#\r\n".indexOf(lines[first]) < 0) {
        if (indent < column || (!says && (indent > column || "{[!".indexOf(lines[first]) >= 0))) {
          return null;
        }
        says = true;
      }
    }
    return says;
  }

  private static int indent(byte[] text, int start) {
    int at = start;
    while (at < text.length && text[at] == ' ') {
      at++;
    }
    return at - start;
  }

  private static int nextLine(byte[] text, int at) {
    int next = at;
    while (next < text.length && text[next] != '\n') {
      next++;
    }
    return Math.min(text.length, next + 1);
  }

  private static int lines(byte[] bytes, int start, int end) {
    int lines = 0;
    for (int i = start; i < end; i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  /// The lines of the file as it is now.
  ///
  /// @param read the changed agents, parsed on their own; null when there are none
  /// @return null if their keys do not stand where the others do
  @Nullable AgentLines with(byte[] now, Part part, @Nullable YamlMap read) {
    if (read != null && !inColumn(read, column)) {
      return null;
    }
    int count = read == null ? 0 : read.entries().size();
    int[] lines = new int[count];
    int i = 0;
    if (read != null) {
      for (YamlMap.Entry entry : read.entries()) {
        lines[i++] = entry.key().place().line() - 1;
      }
    }
    int[] all = new int[starts.length - (part.after() - part.first()) + count];
    System.arraycopy(starts, 0, all, 0, part.first());
    int[] offsets = offsets(part.bytes(), lines);
    for (int k = 0; k < count; k++) {
      all[part.first() + k] = part.start() + offsets[k];
    }
    for (int k = part.after(); k < starts.length; k++) {
      all[part.first() + count + k - part.after()] = starts[k] + now.length - bytes.length;
    }
    return all.length > 1 ? new AgentLines(now, column, all) : null;
  }

  /// The bytes of one agent.
  byte[] of(int agent) {
    return Arrays.copyOfRange(bytes, starts[agent], starts[agent + 1]);
  }
}
