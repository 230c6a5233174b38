package dev.pirn.agents;

import dev.pirn.live.Place;
import dev.pirn.yaml.Default;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Range;
import dev.pirn.yaml.Scalar;
import dev.pirn.yaml.YamlMap;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an `agent.yaml` may say, as it is written.
record AgentYaml(
    @Nullable YamlScalar name,
    @Nullable YamlNode command,
    @Nullable YamlScalar script,
    List<String> args,
    @Nullable YamlNode build,
    @Key("working_directory") @Nullable YamlScalar workingDirectory,
    @Key("python_interpreter") @Nullable String pythonInterpreter,
    @Key(value = "environment", aliases = "env") Map<String, YamlScalar> environment,
    @Key(value = "env_file", aliases = "env_files") @Nullable YamlNode envFile,
    @Range(min = 0, max = 65_535) @Default("0") int port,
    @Nullable Ready ready,
    @Nullable Mode mode,
    @Default("false") boolean singleton,
    @Nullable YamlScalar signal,
    @Key("stop_grace") @Default("3s") Duration stopGrace,
    @Default("2s") Duration drain,
    @Key("preserve_state") @Nullable Boolean preserveState,
    @Key("depends_on") List<YamlScalar> dependsOn,
    List<String> settings,
    @Nullable YamlNode watch,
    @Nullable Language language,
    @Nullable YamlNode precheck,
    @Nullable Metadata metadata,
    @Nullable String description,
    @Key("business_goal") @Nullable String businessGoal,
    @Nullable YamlMap resources) {
  /// How it shows that it is ready.
  sealed interface Ready permits ReadyPath, ReadyMap {}

  /// Only the path of an HTTP address.
  @Scalar
  record ReadyPath(String http) implements Ready {}

  /// One of several ways.
  record ReadyMap(
      @Nullable String http,
      @Nullable Boolean tcp,
      @Nullable String log,
      @Nullable YamlNode command,
      @Default("30s") Duration timeout)
      implements Ready {}

  /// What people are told.
  record Metadata(
      @Nullable String name,
      @Nullable String version,
      @Nullable String description,
      List<String> tags) {}

  /// Where the value of a key stands, in whichever spelling; the place of the whole if it is not
  /// there.
  static Place place(YamlNode node, String key) {
    YamlMap.Entry entry = entry(node, key);
    return entry == null ? node.place() : entry.value().place();
  }

  /// Where a key stands; the place of the whole if it is not there.
  static Place keyPlace(YamlNode node, String key) {
    YamlMap.Entry entry = entry(node, key);
    return entry == null ? node.place() : entry.key().place();
  }

  private static YamlMap.@Nullable Entry entry(YamlNode node, String key) {
    if (node instanceof YamlMap map) {
      for (YamlMap.Entry entry : map.entries()) {
        if (plain(entry.key().text()).equals(plain(key))) {
          return entry;
        }
      }
    }
    return null;
  }

  private static String plain(String key) {
    return key.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }
}
