package dev.pirn.agents;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.watch.WatchSpec;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlBinder;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads what files say of watching: a `.meshwatch`, and the `watch` of an `agent.yaml`.
final class MeshWatch {
  static final String NAME = ".meshwatch";

  /// More patterns are a mistake, and each is tried for each change.
  private static final int MOST_PATTERNS = 1_000;

  private static final YamlBinder<Written> BINDER = Yaml.binder(Written.class);

  private final Path base;
  private final Path workspace;
  private final List<Diagnostic> said;

  /// What such a file may say.
  record Written(
      @Nullable Boolean enabled,
      List<YamlScalar> include,
      List<YamlScalar> exclude,
      @Key("log_only") List<YamlScalar> logOnly,
      @Key("reload_delay") @Nullable Duration reloadDelay) {}

  /// @param base the folder to which patterns are relative
  /// @param said takes what is reported
  MeshWatch(Path base, Path workspace, List<Diagnostic> said) {
    this.base = base;
    this.workspace = workspace;
    this.said = said;
  }

  /// The file that counts for a folder: its own, or else the nearest above it within the workspace.
  static @Nullable Path file(Path folder, Path workspace) {
    for (Path at = folder; at != null && at.startsWith(workspace); at = at.getParent()) {
      Path file = at.resolve(NAME);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /// Reads a `.meshwatch`.
  static Decoded<WatchWishes> read(Content content, Path workspace) {
    Decoded<YamlNode> parsed = Yaml.parse(content);
    if (parsed.value() == null) {
      return Decoded.failed(parsed.diagnostics());
    }
    List<Diagnostic> said = new ArrayList<>(parsed.diagnostics());
    Path base = Objects.requireNonNull(content.file().getParent());
    WatchWishes wishes = new MeshWatch(base, workspace, said).wishes(parsed.value());
    said.sort(Diagnostic.BY_PLACE);
    return wishes == null || Diagnostic.anyError(said)
        ? Decoded.failed(said)
        : Decoded.of(wishes, said);
  }

  /// What a node wishes; null after an error.
  @Nullable WatchWishes wishes(YamlNode node) {
    Written written = BINDER.bind(node, said);
    if (written == null) {
      return null;
    }
    Duration delay = written.reloadDelay();
    if (delay != null && delay.compareTo(WatchSpec.LONGEST_DEBOUNCE) > 0) {
      said.add(
          Problems.badValue("reload_delay", "from 0 to 5s", AgentYaml.place(node, "reload_delay")));
    }
    return new WatchWishes(
        written.enabled(),
        patterns(written.include()),
        patterns(written.exclude()),
        patterns(written.logOnly()),
        delay);
  }

  private List<PathPattern> patterns(List<YamlScalar> texts) {
    List<PathPattern> patterns = new ArrayList<>();
    if (texts.size() > MOST_PATTERNS) {
      Place place = texts.get(MOST_PATTERNS).place();
      said.add(Problems.badValue("watch", "at most 1000 patterns a list", place));
      return patterns;
    }
    for (YamlScalar text : texts) {
      PathPattern pattern = pattern(text);
      if (pattern != null) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  private @Nullable PathPattern pattern(YamlScalar text) {
    Place place = text.place();
    String file = PathPattern.slashes(workspace.relativize(place.file()).toString());
    try {
      PathPattern pattern = new PathPattern(text.text(), base, file + ":" + place.line(), place);
      if (pattern.base().startsWith(workspace)) {
        return pattern;
      }
      said.add(Problems.outside(text.text(), workspace, place));
    } catch (IllegalArgumentException e) {
      String reason =
          Objects.toString(e.getMessage()).replaceFirst("^the glob \".*\" has", "it has");
      said.add(Problems.badPattern(text.text(), reason, place));
    }
    return null;
  }
}
