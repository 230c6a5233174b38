package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Reads how an agent shows that it is ready.
///
/// @param said takes what is reported
record ReadinessReader(List<Diagnostic> said) {
  /// How it is ready; null after an error.
  @Nullable Readiness read(AgentYaml.@Nullable Ready ready, Place place) {
    return switch (ready) {
      case null -> new Readiness.Tcp(Readiness.DEFAULT_TIMEOUT);
      case AgentYaml.ReadyPath path -> http(path.http(), Readiness.DEFAULT_TIMEOUT, place);
      case AgentYaml.ReadyMap map -> readiness(map, place);
    };
  }

  private @Nullable Readiness readiness(AgentYaml.ReadyMap map, Place place) {
    if (map.timeout().isZero() || map.timeout().compareTo(AgentReader.LONGEST) > 0) {
      said.add(Problems.badValue("ready.timeout", "from 1ms to 10m", place));
    }
    boolean tcp = Boolean.TRUE.equals(map.tcp());
    int ways = 0;
    for (boolean there :
        new boolean[] {map.http() != null, tcp, map.log() != null, map.command() != null}) {
      ways += there ? 1 : 0;
    }
    // Only a timeout leaves the default.
    if (ways > 1 || (ways == 0 && map.tcp() != null)) {
      said.add(Problems.badReadiness(place));
      return null;
    }
    if (map.http() != null) {
      return http(map.http(), map.timeout(), place);
    }
    if (map.log() != null) {
      try {
        return new Readiness.LogLine(map.log(), map.timeout());
      } catch (PatternSyntaxException e) {
        String expected = "a regular expression: " + e.getDescription().toLowerCase(Locale.ROOT);
        said.add(Problems.badValue("ready.log", expected, place));
        return null;
      }
    }
    if (map.command() != null) {
      List<String> words = CommandWords.of(map.command(), said);
      return words.isEmpty() ? null : new Readiness.Command(words, map.timeout());
    }
    return new Readiness.Tcp(map.timeout());
  }

  private @Nullable Readiness http(String path, Duration timeout, Place place) {
    if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ')) {
      said.add(Problems.badValue("ready", "a path that begins with \"/\"", place));
      return null;
    }
    return new Readiness.Http(path, timeout);
  }
}
