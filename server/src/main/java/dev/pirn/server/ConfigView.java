package dev.pirn.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The configuration with the keys of `pirn.yaml`.
final class ConfigView {
  private ConfigView() {}

  static JsonObject of(WorkspaceConfig config) {
    return new JsonObject()
        .put(
            "server",
            new JsonObject()
                .put("host", config.server().host())
                .put("port", config.server().port())
                .put("allow_remote", config.server().allowRemote())
                .put("names", new JsonArray(config.server().names())))
        .put(
            "patterns",
            new JsonObject()
                .put("dirs", paths(config.patterns().dirs()))
                .put("exclude", new JsonArray(config.patterns().exclude()))
                .put("debounce", debounce(config.patterns().debounce()))
                .put("strict", config.patterns().strict()))
        .put("registry", new JsonObject().put("file", path(config.registry().file())))
        .put(
            "settings",
            new JsonObject()
                .put("files", paths(config.settings().files()))
                .put("secrets", new JsonArray(config.settings().secrets())))
        .put(
            "agents",
            new JsonObject()
                .put("dirs", paths(config.agents().dirs()))
                .put("enabled", config.agents().enabled()))
        .put(
            "web",
            new JsonObject()
                .put("dirs", paths(config.web().dirs()))
                .put("patterns", new JsonArray(config.web().patterns()))
                .put(
                    "proxy",
                    config.web().proxy() == null ? null : String.valueOf(config.web().proxy()))
                .put("origins", new JsonArray(config.web().origins()))
                .put("sync", config.web().sync())
                .put("hold_on_errors", config.web().holdOnErrors())
                .put("test", new JsonArray(config.web().test()))
                .put("gate", config.web().gate()))
        .put("history", new JsonObject().put("keep", config.history().keep()))
        .put("hot_reload", new JsonObject().put("enabled", config.reload()));
  }

  /// The keys, such as `patterns.debounce`, that have another value.
  static List<String> changed(WorkspaceConfig before, WorkspaceConfig after) {
    Map<String, Object> old = flat(of(before));
    List<String> changed = new ArrayList<>();
    flat(of(after))
        .forEach((key, value) -> {
          if (!Objects.equals(old.get(key), value)) {
            changed.add(key);
          }
        });
    return List.copyOf(changed);
  }

  private static Map<String, Object> flat(JsonObject config) {
    Map<String, Object> flat = new LinkedHashMap<>();
    for (String section : config.fieldNames()) {
      config
          .getJsonObject(section)
          .forEach(entry -> flat.put(section + "." + entry.getKey(), entry.getValue()));
    }
    return flat;
  }

  private static String debounce(Duration debounce) {
    return debounce.isZero() ? "auto" : debounce.toMillis() + "ms";
  }

  private static JsonArray paths(List<Path> paths) {
    return Views.array(paths, ConfigView::path);
  }

  private static String path(Path path) {
    return path.toString().replace('\\', '/');
  }
}
