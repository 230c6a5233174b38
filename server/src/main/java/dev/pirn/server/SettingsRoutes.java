package dev.pirn.server;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.settings.Acknowledgement;
import dev.pirn.settings.Setting;
import dev.pirn.settings.Settings;
import dev.pirn.settings.Values;
import dev.pirn.settings.WrittenSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reading and changing settings. What was changed is in force and in the log when the answer
/// comes.
final class SettingsRoutes {
  private static final String AT = "/api/v1/settings";
  private static final int SMALL_BODY = 64 * 1024;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final LiveSettings settings;
  private final Workspace workspace;

  SettingsRoutes(LiveSettings settings, Workspace workspace) {
    this.settings = settings;
    this.workspace = workspace;
  }

  void register(Routes routes) {
    routes.get(AT, Set.of(), this::list);
    routes.get(AT + "/history", Set.of(), this::history);
    routes.post(AT + "/rollback", Set.of(), SMALL_BODY, this::rollback);
    routes.post(AT + "/reload", Set.of(), SMALL_BODY, this::reload);
    routes.post(AT + "/apply", Set.of(), SMALL_BODY, this::apply);
    routes.get(AT + "/:key", Set.of(), this::get);
    routes.put(AT + "/:key", Set.of(), MOST_BYTES, this::set);
    routes.delete(AT + "/:key", Set.of(), SMALL_BODY, this::unset);
  }

  private Answer list(Call call) {
    return settings.use((it, views) -> {
      Snapshot<Values> snapshot = it.settings().live().snapshot();
      return Answer.json(new SettingsViews(views).list(snapshot.value()))
          .etagOfShown(snapshot.digest());
    });
  }

  private Answer get(Call call) {
    String key = call.part("key");
    return settings.use((it, views) -> {
      Snapshot<Values> snapshot = it.settings().live().snapshot();
      Setting setting = ofFiles(snapshot.value(), key);
      if (setting == null) {
        throw new Refused(404, snapshot.value().notFound(key));
      }
      return Answer.json(new SettingsViews(views).setting(setting)).etagOfShown(snapshot.digest());
    });
  }

  /// What the environment has is not for everybody who can reach the port.
  private static @Nullable Setting ofFiles(Values values, String key) {
    return values.get(key).filter(setting -> setting.origin().file() != null).orElse(null);
  }

  private Answer set(Call call) {
    JsonObject json = call.json();
    for (String name : json.fieldNames()) {
      if (!name.equals("value")) {
        throw new Refused(422, Problems.badBody("has an unknown key \"%s\"".formatted(name)));
      }
    }
    String value = Call.requiredText(json, "value");
    return change(call, (it, replaces) -> it.set(call.part("key"), value, replaces));
  }

  private Answer unset(Call call) {
    return change(call, (it, replaces) -> it.unset(call.part("key"), replaces));
  }

  private Answer change(
      Call call, BiFunction<Settings, @Nullable String, Decoded<WrittenSettings>> change) {
    String ifMatch = call.header("If-Match");
    return settings.use((it, views) -> {
      String replaces = ifMatch == null ? null : replaces(ifMatch, call.part("key"), it.settings());
      Decoded<WrittenSettings> decoded = change.apply(it.settings(), replaces);
      WrittenSettings written = decoded.value();
      if (written == null) {
        throw new Refused(status(decoded.diagnostics(), ifMatch != null), decoded.diagnostics());
      }
      settings.awaitTold(written.outcome().snapshot().generation());
      return Answer.json(new SettingsViews(views).written(written, decoded.diagnostics()))
          .etag(written.digest());
    });
  }

  private static String replaces(String ifMatch, String key, Settings settings) {
    if (ifMatch.strip().equals("*")) {
      Snapshot<Values> snapshot = settings.live().snapshot();
      return ofFiles(snapshot.value(), key) == null ? "" : snapshot.digest();
    }
    String tag = ETags.digest(ifMatch);
    // What is behind the digest is of how they were shown.
    return tag == null ? "" : tag.replaceFirst("-.*", "");
  }

  /// Codes of the module `settings`, which are stable.
  private static int status(List<Diagnostic> diagnostics, boolean conditional) {
    return switch (diagnostics.getFirst().code()) {
      case "PIRN-E030" -> 404;
      case "PIRN-E031" -> conditional ? 412 : 409;
      case "PIRN-E032" -> 500;
      default -> 422;
    };
  }

  private Answer history(Call call) {
    return settings.use((it, views) -> Answer.json(views.history(it.settings().live().history())));
  }

  private Answer reload(Call call) {
    return settings.use((it, views) -> {
      Reload<Values> reload = it.settings().reload();
      if (reload instanceof Reload.Rejected<Values>) {
        throw new Refused(422, reload.diagnostics());
      }
      settings.awaitTold(reload.snapshot().generation());
      return Answer.json(views.reload(reload));
    });
  }

  private Answer rollback(Call call) {
    JsonObject json = call.json();
    if (!(json.getValue("generation") instanceof Number wanted) || json.size() != 1) {
      throw new Refused(422, Problems.badBody("must be {\"generation\": NUMBER}"));
    }
    return settings.use((it, views) -> {
      long generation = wanted.longValue() - it.generationsBefore();
      Reload<Values> reload = it.settings().live().rollback(generation);
      if (reload instanceof Reload.Rejected<Values>) {
        JsonArray history = views.history(it.settings().live().history());
        throw new Refused(422, Problems.notKept(wanted.longValue(), Histories.range(history)));
      }
      settings.awaitTold(reload.snapshot().generation());
      return Answer.json(views.reload(reload));
    });
  }

  private Answer apply(Call call) {
    JsonObject json = call.json();
    Path winner = path(json, "winner");
    Path map = path(json, "map");
    if (json.size() != 2) {
      throw new Refused(422, Problems.badBody("must be {\"winner\": FILE, \"map\": FILE}"));
    }
    return settings.use((it, views) -> {
      Acknowledgement made = it.settings().apply(winner, map);
      settings.awaitTold(it.settings().live().snapshot().generation());
      return Answer.json(new SettingsViews(views).acknowledgement(made));
    });
  }

  private Path path(JsonObject json, String key) {
    String given = Call.requiredText(json, key);
    try {
      return workspace.resolve(Path.of(given));
    } catch (InvalidPathException e) {
      throw new Refused(422, Problems.badBody("must have a path as \"%s\"".formatted(key)));
    }
  }
}
