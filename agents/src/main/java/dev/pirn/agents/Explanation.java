package dev.pirn.agents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a change of one file would do to each agent, and why.
///
/// @param file the file, absolute
/// @param verdicts what it would do, by the names of the agents
public record Explanation(Path file, Map<String, WatchVerdict> verdicts) {
  public Explanation {
    verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
  }

  /// Asks the rules of all agents.
  ///
  /// @param file a path as somebody wrote it; it need not exist
  public static Explanation of(Path file, Collection<WatchRules> agents) {
    Path real = real(file.toAbsolutePath().normalize());
    Map<String, WatchVerdict> verdicts = new LinkedHashMap<>();
    agents.forEach(rules -> verdicts.put(rules.agent().name(), rules.verdict(real)));
    return new Explanation(real, verdicts);
  }

  /// Without symbolic links, as far as it exists.
  private static Path real(Path file) {
    Path parent = file.getParent();
    try {
      return file.toRealPath();
    } catch (IOException e) {
      Path name = file.getFileName();
      return parent == null || name == null ? file : real(parent).resolve(name);
    }
  }

  /// Lines for people: the file, and below it a line for each agent.
  ///
  /// @param base a folder; the file is shown relative to it where it lies in it
  public String text(Path base) {
    StringBuilder out = new StringBuilder();
    out.append(file.startsWith(base) && !file.equals(base) ? base.relativize(file) : file);
    out.append('\n');
    int width = verdicts.keySet().stream().mapToInt(String::length).max().orElse(0);
    verdicts.forEach((agent, verdict) ->
        out.append("  ")
            .append(agent)
            .append(" ".repeat(width - agent.length() + 2))
            .append(verdict)
            .append('\n'));
    if (verdicts.isEmpty()) {
      out.append("  there are no agents\n");
    }
    return out.toString();
  }
}
