package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Place;
import dev.pirn.yaml.YamlMap;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Which lines of a file are about which agent, so that after an edit not all of them need be
/// parsed.
///
/// An agent in a block mapping has the lines from that of its key to that of the next key. Without
/// anchors and aliases, what the others mean does not depend on them: a file without some of its
/// agents is parsed as it is with them. An [Excerpt] leaves out agents that have not changed, but
/// for the one behind those that have: that its key is found shows that the edit ends before it.
///
/// Offsets are in bytes, lines count from 0.
final class AgentLines {
  private final byte[] bytes;

  /// The column of all keys.
  private final int column;

  /// Where each agent's lines begin, and behind them where the last one's end.
  private final int[] starts;

  /// In which lines these are.
  private final int[] lines;

  private AgentLines(byte[] bytes, int column, int[] starts, int[] lines) {
    this.bytes = bytes;
    this.column = column;
    this.starts = starts;
    this.lines = lines;
  }

  /// A part of a file that tells all that has changed in it.
  ///
  /// @param content what to parse
  /// @param first the first agent, as they were counted, that may have changed; those before it are
  ///   left out
  /// @param after the agent behind the last one that may have changed; it is in it, those behind it
  ///   are not
  /// @param leftOutBytes how long what is left out in front is
  /// @param leftOutLines how many lines that are
  /// @param leftOutBehind how many lines are left out behind
  /// @param further how many lines further down than before that is what follows
  record Excerpt(
      Content content,
      int first,
      int after,
      int leftOutBytes,
      int leftOutLines,
      int leftOutBehind,
      int further) {}

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
    int[] lines = lines(root, agents);
    int[] starts = offsets(bytes, lines);
    return new AgentLines(bytes, column, starts, lines);
  }

  private static boolean inColumn(YamlMap agents, int column) {
    return agents.entries().stream().allMatch(e -> e.key().place().column() == column + 1);
  }

  /// The lines of the keys, and of the root's key behind them; if there is none, a line behind all.
  private static int[] lines(YamlMap root, YamlMap agents) {
    int last = agents.entries().getLast().key().place().line();
    int end =
        root.entries().stream()
            .mapToInt(entry -> entry.key().place().line())
            .filter(line -> line > last)
            .min()
            .orElse(Integer.MAX_VALUE);
    int[] lines = new int[agents.entries().size() + 1];
    int i = 0;
    for (YamlMap.Entry entry : agents.entries()) {
      lines[i++] = entry.key().place().line() - 1;
    }
    lines[i] = end - 1;
    return lines;
  }

  /// Where lines begin. A line behind all becomes that of the end.
  private static int[] offsets(byte[] bytes, int[] lines) {
    int[] offsets = new int[lines.length];
    int line = 0;
    int at = 0;
    for (int i = 0; i < lines.length; i++) {
      while (line < lines[i] && at < bytes.length) {
        line += bytes[at++] == '\n' ? 1 : 0;
      }
      offsets[i] = at;
      lines[i] = line;
    }
    return offsets;
  }

  /// Whether nothing in these bytes stands for something else, and `\n` ends all lines.
  private static boolean plain(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      boolean mark = b == '&' || b == '*';
      if (mark && (i == 0 || !word(bytes[i - 1])) && !blank(bytes, i + 1)) {
        return false;
      }
      if (b == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n')) {
        return false;
      }
    }
    return true;
  }

  private static boolean word(byte b) {
    return b > ' ' && "[]{},:-?!".indexOf(b) < 0;
  }

  private static boolean blank(byte[] bytes, int at) {
    return at >= bytes.length || " \t\r\n".indexOf(bytes[at]) >= 0;
  }

  /// Whether the file has these bytes.
  boolean are(byte[] now) {
    return Arrays.equals(bytes, now);
  }

  /// What to read of the file as it is now; null if that must be all.
  @Nullable Excerpt excerpt(Content content) {
    byte[] now = content.bytes();
    int same = Math.max(0, Arrays.mismatch(bytes, now));
    int sameAtEnd = sameAtEnd(now, same);
    int endBefore = bytes.length - sameAtEnd;
    int endNow = now.length - sameAtEnd;
    // What a mark means depends on its neighbours.
    if (!plain(now, Math.max(0, same - 1), Math.min(now.length, endNow + 1))) {
      return null;
    }
    int agents = starts.length - 1;
    // A changed line may go on with what stands before it, and end where it did only if its end is
    // the same.
    int first = Math.clamp(atOrBefore(lineStart(same) - 1), 0, agents - 1);
    int after = Math.min(agents, atOrAfter(endBefore + 1));
    int left = starts[first] - starts[0];
    ByteArrayOutputStream excerpt = new ByteArrayOutputStream();
    if (left > 0) {
      excerpt.write(now, 0, starts[0]);
    }
    int from = left > 0 ? starts[first] : 0;
    if (after == agents) {
      excerpt.write(now, from, now.length - from);
    } else {
      int delta = now.length - bytes.length;
      excerpt.write(now, from, starts[after + 1] + delta - from);
      excerpt.write(now, starts[agents] + delta, bytes.length - starts[agents]);
    }
    int further = count(now, same, endNow) - count(bytes, same, endBefore);
    return new Excerpt(
        new Content(content.file(), excerpt.toByteArray()),
        first,
        after,
        left,
        lines[first] - lines[0],
        lines[agents] - lines[Math.min(agents, after + 1)],
        further);
  }

  private int lineStart(int offset) {
    int at = offset;
    while (at > 0 && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  private int atOrBefore(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  private int atOrAfter(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 1;
  }

  private int sameAtEnd(byte[] now, int sameAtStart) {
    int most = Math.min(bytes.length, now.length) - sameAtStart;
    int same = 0;
    int step = 64;
    while (same + step <= most && sameAtEnd(now, same, step)) {
      same += step;
      step = Math.min(step * 2, 1 << 20);
    }
    while (same < most && bytes[bytes.length - 1 - same] == now[now.length - 1 - same]) {
      same++;
    }
    return same;
  }

  private boolean sameAtEnd(byte[] now, int same, int more) {
    int before = bytes.length - same;
    int after = now.length - same;
    return Arrays.equals(bytes, before - more, before, now, after - more, after);
  }

  private static int count(byte[] bytes, int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  /// The lines of the file as it is now.
  ///
  /// @param root what was parsed of the excerpt
  /// @param agents the agents of it
  /// @return null if the edit reaches further than its lines
  @Nullable AgentLines with(byte[] now, Excerpt excerpt, YamlMap root, YamlMap agents) {
    int all = starts.length - 1;
    boolean behind = excerpt.after() < all;
    int changed = agents.entries().size() - (behind ? 1 : 0);
    if (agents.entries().isEmpty()
        || !agents.entries().getFirst().key().place().equals(agents.place())
        || !inColumn(agents, column)) {
      return null;
    }
    int[] foundLines = lines(root, agents);
    int[] found = offsets(excerpt.content().bytes(), foundLines);
    int seen = behind ? lines[excerpt.after()] + excerpt.further() - excerpt.leftOutLines() : -1;
    if (behind && foundLines[changed] != seen) {
      return null;
    }
    int rest = behind ? all - excerpt.after() + 1 : 1;
    int[] startsNow = Arrays.copyOf(starts, excerpt.first() + changed + rest);
    int[] linesNow = Arrays.copyOf(lines, startsNow.length);
    int own = changed + (behind ? 0 : 1);
    for (int i = 0; i < own; i++) {
      startsNow[excerpt.first() + i] = found[i] + excerpt.leftOutBytes();
      linesNow[excerpt.first() + i] = foundLines[i] + excerpt.leftOutLines();
    }
    for (int i = excerpt.after(); behind && i <= all; i++) {
      int to = excerpt.first() + changed + i - excerpt.after();
      startsNow[to] = starts[i] + now.length - bytes.length;
      linesNow[to] = lines[i] + excerpt.further();
    }
    return new AgentLines(now, column, startsNow, linesNow);
  }

  /// The file with only one of its agents.
  byte[] alone(int agent) {
    int all = starts.length - 1;
    ByteArrayOutputStream alone = new ByteArrayOutputStream();
    alone.write(bytes, 0, starts[0]);
    alone.write(bytes, starts[agent], starts[agent + 1] - starts[agent]);
    alone.write(bytes, starts[all], bytes.length - starts[all]);
    return alone.toByteArray();
  }

  /// How many lines stand between the first agent and this one.
  int linesBefore(int agent) {
    return lines[agent] - lines[0];
  }
}
