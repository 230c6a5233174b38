package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.settings.Acknowledgement;
import dev.pirn.settings.Origin;
import dev.pirn.settings.Setting;
import dev.pirn.settings.SettingChange;
import dev.pirn.settings.Settings;
import dev.pirn.settings.Values;
import dev.pirn.settings.WrittenSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/// The JSON of settings, over HTTP and on the command line alike. Secrets are `***` in all of it.
///
/// ```java
/// new SettingsViews(Views.of(workspace)).list(settings.values()).encodePrettily();
/// ```
///
/// **Threading.** Immutable; every call makes a new object.
public final class SettingsViews {
  private final Views views;

  /// The views of a workspace.
  public SettingsViews(Views views) {
    this.views = views;
  }

  /// What the files set, by key: an array of `{key, value, secret, origin}`.
  public JsonArray list(Values values) {
    return Views.array(values.all(), this::setting);
  }

  /// One setting: `{key, value, secret, origin}`, with the file and line as origin.
  public JsonObject setting(Setting setting) {
    return new JsonObject()
        .put("key", setting.key())
        .put("value", setting.shown())
        .put("secret", setting.secret())
        .put("origin", origin(setting.origin()));
  }

  private String origin(Origin origin) {
    return origin.file() == null
        ? origin.toString()
        : views.file(origin.file()) + ":" + origin.line();
  }

  /// What changed: an array of `{key, kind, old, new}`, with null for what was or is not set.
  static JsonArray changes(Collection<SettingChange> changes) {
    return Views.array(
        changes,
        change ->
            new JsonObject()
                .put("key", change.key())
                .put("kind", Views.word(change.kind()))
                .put("old", change.shownBefore())
                .put("new", change.shownAfter()));
  }

  /// What was written: `{file, generation, digest, inForce, changes, diagnostics}`.
  public JsonObject written(WrittenSettings written, List<Diagnostic> warnings) {
    return new JsonObject()
        .put("file", views.file(written.file()))
        .put("generation", views.generation(written.outcome().snapshot().generation()))
        .put("digest", written.digest())
        .put("inForce", written.inForce())
        .put("changes", changes(written.changes()))
        .put(
            "diagnostics",
            views.diagnostics(written.inForce() ? warnings : written.outcome().diagnostics()));
  }

  /// What became of a winner: `{promotionId, appliedAt, status, changes, diagnostics}`.
  public JsonObject acknowledgement(Acknowledgement made) {
    return new JsonObject()
        .put("promotionId", made.promotionId())
        .put("appliedAt", made.appliedAt().toString())
        .put("status", made.status().toString())
        .put("changes", changes(made.changes()))
        .put("diagnostics", views.diagnostics(made.diagnostics()));
  }

  /// How settings stand, and all that is to be mended in their files.
  public JsonObject status(Settings settings) {
    return views
        .source(settings.live().status())
        .put("count", settings.values().size())
        .put("secrets", settings.values().all().stream().filter(Setting::secret).count());
  }
}
