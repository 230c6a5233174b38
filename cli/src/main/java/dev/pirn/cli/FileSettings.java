package dev.pirn.cli;

import dev.pirn.live.Decoded;
import dev.pirn.server.SettingsViews;
import dev.pirn.server.Views;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import dev.pirn.settings.Setting;
import dev.pirn.settings.Settings;
import dev.pirn.settings.Values;
import dev.pirn.settings.WrittenSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings from the files of a workspace for which no server runs.
final class FileSettings implements SettingsAnswers, AutoCloseable {
  private final Workspace workspace;
  private final Views views;
  private final SettingsViews settingsViews;
  private final Settings settings;

  FileSettings(Workspace workspace, WorkspaceConfig config) {
    this.workspace = workspace;
    this.views = Views.of(workspace);
    this.settingsViews = new SettingsViews(views);
    // What is broken is a diagnostic here, as in a server.
    this.settings = workspace.settings(config).startBroken(true).open();
  }

  /// How the settings stand.
  JsonObject status() {
    return settingsViews.status(settings);
  }

  @Override
  public JsonArray list() {
    return settingsViews.list(settings.values());
  }

  @Override
  public JsonObject get(String key) {
    Values values = settings.values();
    Setting setting =
        values
            .get(key)
            .filter(it -> it.origin().file() != null)
            .orElseThrow(() -> new Failure(values.notFound(key)));
    return settingsViews.setting(setting);
  }

  @Override
  public JsonObject set(String key, String value, @Nullable String replaces) {
    return written(settings.set(key, value, replaces));
  }

  @Override
  public JsonObject unset(String key, @Nullable String replaces) {
    return written(settings.unset(key, replaces));
  }

  private JsonObject written(Decoded<WrittenSettings> decoded) {
    WrittenSettings written = decoded.value();
    if (written == null) {
      throw new Failure(decoded.diagnostics());
    }
    return settingsViews.written(written, decoded.diagnostics());
  }

  @Override
  public JsonObject apply(Path winner, Path map) {
    return settingsViews.acknowledgement(settings.apply(winner, map));
  }

  @Override
  public JsonArray diagnostics() {
    return views.diagnostics(settings.diagnostics());
  }

  @Override
  public JsonArray history() {
    throw noServer();
  }

  @Override
  public JsonObject rollback(long generation) {
    throw noServer();
  }

  @Override
  public JsonObject reload() {
    throw noServer();
  }

  private Failure noServer() {
    return new Failure(List.of(Problems.noServer(workspace.root())));
  }

  @Override
  public void close() {
    settings.close();
  }
}
