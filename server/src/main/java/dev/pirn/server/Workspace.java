package dev.pirn.server;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.Source;
import dev.pirn.patterns.PatternOptions;
import dev.pirn.registry.RegistryOptions;
import dev.pirn.settings.Settings;
import dev.pirn.web.WebOptions;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// A folder whose files are followed together, described by its `pirn.yaml` if it has one.
///
/// ```java
/// Workspace workspace = Workspace.find(Path.of(""));
/// WorkspaceConfig config = Live.of(workspace.configSource()).orElse(WorkspaceConfig.DEFAULTS).open().get();
/// Patterns patterns = Patterns.open(workspace.patternOptions(config));
/// ```
///
/// **Threading.** Immutable.
public final class Workspace {
  /// The file that makes a folder a workspace.
  public static final String CONFIG_FILE = "pirn.yaml";

  private static final String STATE_FOLDER = ".pirn";

  private final Path root;

  private Workspace(Path root) {
    this.root = root;
  }

  /// The workspace of a folder: that folder itself.
  public static Workspace of(Path folder) {
    return new Workspace(folder.toAbsolutePath().normalize());
  }

  /// The nearest folder with a `pirn.yaml`, from this one upwards; this one itself if there is
  /// none.
  public static Workspace find(Path folder) {
    Workspace here = of(folder);
    for (Path at = here.root; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(CONFIG_FILE))) {
        return new Workspace(at);
      }
    }
    return here;
  }

  /// The folder, absolute.
  public Path root() {
    return root;
  }

  /// Where `pirn.yaml` is, or would be.
  public Path configFile() {
    return root.resolve(CONFIG_FILE);
  }

  /// Whether there is a `pirn.yaml`.
  public boolean configured() {
    return Files.isRegularFile(configFile());
  }

  /// Where Pirn keeps what belongs to a running server; only its owner may look into it.
  public Path stateFolder() {
    return root.resolve(STATE_FOLDER);
  }

  /// `pirn.yaml` as a source, to be opened with [WorkspaceConfig#DEFAULTS] for when there is none.
  public Source<WorkspaceConfig> configSource() {
    return Source.file(configFile(), new ConfigDecoder());
  }

  /// Reads `pirn.yaml` once; the defaults when there is none.
  public Decoded<WorkspaceConfig> readConfig() {
    if (!Files.exists(configFile(), LinkOption.NOFOLLOW_LINKS)) {
      return Decoded.of(WorkspaceConfig.DEFAULTS);
    }
    try (Live<WorkspaceConfig> live =
        Live.of(configSource()).orElse(WorkspaceConfig.DEFAULTS).open()) {
      List<Diagnostic> found = live.diagnostics();
      return Diagnostic.anyError(found) ? Decoded.failed(found) : Decoded.of(live.get(), found);
    }
  }

  /// How the patterns of this workspace are opened.
  public PatternOptions patternOptions(WorkspaceConfig config) {
    WorkspaceConfig.Patterns patterns = config.patterns();
    return PatternOptions.of(patterns.dirs().stream().map(this::resolve).toArray(Path[]::new))
        .exclude(patterns.exclude())
        .strict(patterns.strict())
        .debounce(patterns.debounce())
        .keep(config.history().keep());
  }

  /// How the settings of this workspace are opened, by default with a watcher of their own.
  public Settings.Builder settings(WorkspaceConfig config) {
    return settings(config.settings(), config.history());
  }

  Settings.Builder settings(WorkspaceConfig.Settings settings, WorkspaceConfig.History history) {
    return Settings.of(settings.files().stream().map(this::resolve).toList())
        .secrets(settings.secrets().toArray(String[]::new))
        .keep(history.keep())
        .stateFolder(stateFolder());
  }

  /// How the agent registry of this workspace is opened. Locations of agents are relative to the
  /// workspace, wherever the file lies.
  public RegistryOptions registryOptions(WorkspaceConfig config) {
    return RegistryOptions.of(resolve(config.registry().file()))
        .root(root)
        .keep(config.history().keep());
  }

  /// How the pages of this workspace are opened.
  public WebOptions webOptions(WorkspaceConfig config) {
    WorkspaceConfig.Web web = config.web();
    return WebOptions.of(web.dirs().stream().map(this::resolve).toArray(Path[]::new))
        .patterns(web.patterns())
        .base(root)
        .live(config.reload())
        .proxy(web.proxy())
        .origins(web.origins())
        .sync(web.sync())
        .holdOnErrors(web.holdOnErrors())
        .gate(web.gate());
  }

  /// A path of the configuration as an absolute one.
  public Path resolve(Path path) {
    return root.resolve(path).normalize();
  }

  /// A file as it is shown: relative to the workspace, with `/` on every platform; a file outside
  /// stays absolute.
  public String show(Path file) {
    Path shown = file.startsWith(root) ? root.relativize(file) : file;
    String text = shown.toString();
    return file.getFileSystem().getSeparator().equals("/") ? text : text.replace('\\', '/');
  }

  /// The folder.
  @Override
  public String toString() {
    return root.toString();
  }
}
