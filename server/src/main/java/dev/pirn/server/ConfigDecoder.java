package dev.pirn.server;

import dev.pirn.agents.OneCommand;
import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.watch.WatchSpec;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlScalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads `pirn.yaml`, and fills in the defaults.
final class ConfigDecoder implements Decoder<WorkspaceConfig> {
  private static final Decoder<ConfigYaml> YAML = Yaml.decoder(ConfigYaml.class);
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s)?");
  private static final WorkspaceConfig DEFAULTS = WorkspaceConfig.DEFAULTS;

  @Override
  public Decoded<WorkspaceConfig> decode(Content content) {
    Decoded<ConfigYaml> decoded = YAML.decode(content);
    ConfigYaml yaml = decoded.value();
    if (yaml == null) {
      return Decoded.failed(decoded.diagnostics());
    }
    List<Diagnostic> found = new ArrayList<>(decoded.diagnostics());
    WorkspaceConfig config = new Reading(content.file(), found).config(yaml);
    found.sort(Diagnostic.BY_PLACE);
    return Diagnostic.anyError(found) ? Decoded.failed(found) : Decoded.of(config, found);
  }

  /// The reading of one file.
  private record Reading(Path file, List<Diagnostic> found) {
    WorkspaceConfig config(ConfigYaml yaml) {
      ConfigYaml.HotReload seed = yaml.hotReload();
      return new WorkspaceConfig(
          server(yaml.server()),
          patterns(yaml.patterns(), seed.debounceMs()),
          new WorkspaceConfig.Registry(or(yaml.registry().file(), DEFAULTS.registry().file())),
          settings(yaml.settings()),
          new WorkspaceConfig.Agents(
              or(yaml.agents().dirs(), DEFAULTS.agents().dirs()), yaml.agents().enabled()),
          web(yaml.web(), seed),
          new WorkspaceConfig.History(
              yaml.history().keep() instanceof ConfigYaml.Keep(int keep)
                  ? keep
                  : DEFAULTS.history().keep()),
          seed.enabled());
    }

    private WorkspaceConfig.Server server(ConfigYaml.Server yaml) {
      YamlScalar written = yaml.host();
      String host = written == null ? DEFAULTS.server().host() : written.text();
      if (written != null && !Hosts.isLoopback(host) && !yaml.allowRemote()) {
        found.add(Problems.remoteHost(host, written.place()));
      }
      return new WorkspaceConfig.Server(
          host,
          yaml.port() instanceof ConfigYaml.Port(int port) ? port : DEFAULTS.server().port(),
          yaml.allowRemote(),
          yaml.names().stream().map(ConfigYaml.HostName::text).toList());
    }

    private WorkspaceConfig.Patterns patterns(
        ConfigYaml.Patterns yaml, ConfigYaml.@Nullable Milliseconds seed) {
      List<Path> dirs = or(yaml.dirs(), DEFAULTS.patterns().dirs());
      if (dirs.isEmpty()) {
        found.add(Problems.noFolder(file));
      }
      Duration debounce = DEFAULTS.patterns().debounce();
      if (yaml.debounce() instanceof ConfigYaml.Debounce(YamlScalar written)) {
        debounce = debounce(written);
      } else if (seed != null) {
        debounce = Duration.ofMillis(seed.value());
      }
      return new WorkspaceConfig.Patterns(dirs, texts(yaml.exclude()), debounce, yaml.strict());
    }

    private WorkspaceConfig.Web web(ConfigYaml.Web yaml, ConfigYaml.HotReload seed) {
      List<Path> dirs = or(yaml.dirs(), seed.watchDirs());
      List<ConfigYaml.GlobText> patterns = or(yaml.patterns(), seed.patterns());
      if (dirs != null && dirs.isEmpty()) {
        found.add(Problems.noWebFolder(file));
      }
      return new WorkspaceConfig.Web(
          or(dirs, DEFAULTS.web().dirs()),
          patterns == null ? DEFAULTS.web().patterns() : texts(patterns),
          yaml.proxy() == null ? null : yaml.proxy().uri(),
          yaml.origins().stream().map(ConfigYaml.Origin::text).toList(),
          yaml.sync(),
          yaml.holdOnErrors(),
          yaml.test() == null ? List.of() : OneCommand.words(yaml.test(), found),
          yaml.gate());
    }

    private WorkspaceConfig.Settings settings(ConfigYaml.Settings yaml) {
      List<Path> files = or(yaml.files(), DEFAULTS.settings().files());
      if (files.isEmpty()) {
        found.add(Problems.noFile(file));
      }
      return new WorkspaceConfig.Settings(
          files, yaml.secrets().stream().map(ConfigYaml.KeyPattern::text).toList());
    }

    private Duration debounce(YamlScalar written) {
      String text = written.text();
      if (text.equals("auto")) {
        return Duration.ZERO;
      }
      Matcher matcher = DURATION.matcher(text);
      Duration debounce = matcher.matches() ? duration(matcher) : null;
      if (debounce == null || debounce.compareTo(WatchSpec.LONGEST_DEBOUNCE) > 0) {
        found.add(Problems.badDebounce(text, written.place()));
        return Duration.ZERO;
      }
      if (matcher.group(2) == null && !debounce.isZero()) {
        found.add(Problems.noUnit(text, written.place()));
      }
      return debounce;
    }

    private static Duration duration(Matcher matcher) {
      long amount = Long.parseLong(matcher.group(1));
      return "s".equals(matcher.group(2)) ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    }

    private static List<String> texts(List<ConfigYaml.GlobText> globs) {
      return globs.stream().map(ConfigYaml.GlobText::text).toList();
    }

    private static <T extends @Nullable Object> T or(@Nullable T value, T otherwise) {
      return value == null ? otherwise : value;
    }
  }
}
