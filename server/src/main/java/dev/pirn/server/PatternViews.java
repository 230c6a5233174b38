package dev.pirn.server;

import dev.pirn.patterns.Bundle;
import dev.pirn.patterns.Pattern;
import dev.pirn.patterns.Rule;
import dev.pirn.patterns.Syntax;
import dev.pirn.patterns.Template;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The inside of a pattern as JSON.
final class PatternViews {
  private PatternViews() {}

  static JsonObject put(JsonObject json, Pattern pattern) {
    return json.put("description", pattern.description())
        .put("backendFunction", pattern.backendFunction())
        .put("useCases", new JsonArray(pattern.useCases()))
        .put("intents", new JsonArray(pattern.intents()))
        .put("tags", new JsonArray(pattern.tags()))
        .put("relatedPatterns", new JsonArray(pattern.relatedPatterns()))
        .put("priority", pattern.priority())
        .put(
            "parameters",
            Views.array(
                pattern.parameters(),
                it ->
                    new JsonObject()
                        .put("name", it.name())
                        .put("type", it.type())
                        .put("required", it.required())
                        .put("description", it.description())
                        .put("example", it.example())
                        .put("default", it.defaultValue())))
        .put("templates", templates(pattern.templates()))
        .put(
            "examples",
            Views.array(
                pattern.examples(),
                it ->
                    new JsonObject()
                        .put("name", it.name())
                        .put("description", it.description())
                        .put("parameters", plain(it.parameters()))
                        .put("expectedResult", it.expectedResult())
                        .put("notes", it.notes())
                        .put("extra", plain(it.extra()))))
        .put(
            "commonErrors",
            Views.array(
                pattern.commonErrors(),
                it ->
                    new JsonObject()
                        .put("error", it.error())
                        .put("cause", it.cause())
                        .put("solution", it.solution())))
        .put("bestPractices", pattern.bestPractices())
        .put("syntax", syntax(pattern.syntax()))
        .put("rule", rule(pattern.rule()))
        .put("extra", plain(pattern.extra()));
  }

  static @Nullable JsonObject bundle(@Nullable Bundle bundle) {
    return bundle == null
        ? null
        : new JsonObject()
            .put("name", bundle.name())
            .put("domain", bundle.domain())
            .put("version", bundle.version())
            .put("description", bundle.description())
            .put("labels", plain(bundle.labels()));
  }

  private static JsonObject templates(Map<String, Template> templates) {
    JsonObject json = new JsonObject();
    templates.forEach((name, it) ->
        json.put(
            name,
            new JsonObject()
                .put("content", it.content())
                .put("language", it.language())
                .put("description", it.description())
                .put("requiredParameters", new JsonArray(it.requiredParameters()))
                .put("outputFormat", it.outputFormat())
                .put("extra", plain(it.extra()))));
    return json;
  }

  private static @Nullable JsonObject syntax(@Nullable Syntax syntax) {
    return syntax == null
        ? null
        : new JsonObject()
            .put("description", syntax.description())
            .put(
                "operators",
                Views.array(
                    syntax.operators(),
                    it ->
                        new JsonObject()
                            .put("symbol", it.symbol())
                            .put("meaning", it.meaning())
                            .put("example", it.example())));
  }

  private static @Nullable JsonObject rule(@Nullable Rule rule) {
    return rule == null
        ? null
        : new JsonObject()
            .put("condition", rule.condition())
            .put("action", rule.action())
            .put("rationale", rule.rationale());
  }

  /// Plain data in the order of the file.
  private static JsonObject plain(Map<String, ?> data) {
    JsonObject json = new JsonObject();
    data.forEach((key, value) -> json.put(key, value(value)));
    return json;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        JsonObject json = new JsonObject();
        map.forEach((key, inner) -> json.put(String.valueOf(key), value(inner)));
        yield json;
      }
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(inner -> array.add(value(inner)));
        yield array;
      }
      case null, default -> value;
    };
  }
}
