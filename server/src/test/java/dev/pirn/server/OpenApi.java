package dev.pirn.server;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.yaml.Yaml;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The description of the server, and whether something is as it describes.
final class OpenApi {
  private final JsonObject description;

  private OpenApi(JsonObject description) {
    this.description = description;
  }

  @SuppressWarnings("unchecked")
  static OpenApi read() {
    Path file = Path.of(System.getProperty("pirn.home", ".."), "docs/api/openapi.yaml");
    try {
      Decoded<Object> decoded =
          Yaml.decoder(Object.class).decode(new Content(file, Files.readAllBytes(file)));
      Object plain = decoded.value();
      if (plain == null) {
        throw new IllegalStateException(decoded.diagnostics().toString());
      }
      return new OpenApi(new JsonObject((Map<String, Object>) plain));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// `GET /path/{name}` for each operation.
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    JsonObject paths = description.getJsonObject("paths");
    for (String path : paths.fieldNames()) {
      for (String method : paths.getJsonObject(path).fieldNames()) {
        operations.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path);
      }
    }
    return operations;
  }

  /// What is wrong with an answer, by its description; empty if nothing is.
  List<String> check(String method, String path, Http.Response response) {
    JsonObject operation =
        description
            .getJsonObject("paths")
            .getJsonObject(path)
            .getJsonObject(method.toLowerCase(java.util.Locale.ROOT));
    JsonObject responses = operation.getJsonObject("responses");
    JsonObject described = responses.getJsonObject(String.valueOf(response.status()));
    if (described == null) {
      described = responses.getJsonObject("default");
    }
    if (described == null) {
      return List.of(response.status() + " is not described");
    }
    described = resolved(described);
    if (!described.containsKey("content")) {
      return response.body().isEmpty() ? List.of() : List.of("a body is not described");
    }
    String type = response.header("Content-Type").split(";")[0];
    JsonObject content = described.getJsonObject("content", new JsonObject()).getJsonObject(type);
    if (content == null) {
      return List.of(type + " is not described");
    }
    List<String> wrong = new ArrayList<>();
    JsonObject schema = content.getJsonObject("schema");
    if (schema != null) {
      Object value = response.body().startsWith("[") ? response.array() : response.json();
      check(schema, value, "$", wrong);
    }
    return wrong;
  }

  private JsonObject resolved(JsonObject object) {
    String reference = object.getString("$ref");
    if (reference == null) {
      return object;
    }
    JsonObject found = description;
    for (String part : reference.substring(2).split("/")) {
      found = found.getJsonObject(part);
      if (found == null) {
        throw new IllegalStateException(reference + " leads nowhere");
      }
    }
    return found;
  }

  private void check(JsonObject given, Object value, String at, List<String> wrong) {
    JsonObject schema = resolved(given);
    List<String> types =
        schema.getValue("type") instanceof JsonArray several
            ? several.stream().map(String::valueOf).toList()
            : List.of(schema.getString("type"));
    if (!types.contains(type(value))
        && !(type(value).equals("integer") && types.contains("number"))) {
      wrong.add(at + " is " + type(value) + ", not " + types);
      return;
    }
    JsonArray allowed = schema.getJsonArray("enum");
    if (allowed != null && !allowed.contains(value)) {
      wrong.add(at + " is " + value + ", not one of " + allowed);
    }
    if (value instanceof JsonArray array && schema.getJsonObject("items") != null) {
      for (int i = 0; i < array.size(); i++) {
        check(schema.getJsonObject("items"), array.getValue(i), at + "[" + i + "]", wrong);
      }
    }
    if (value instanceof JsonObject object) {
      checkObject(schema, object, at, wrong);
    }
  }

  private void checkObject(JsonObject schema, JsonObject object, String at, List<String> wrong) {
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    for (Object required : schema.getJsonArray("required", new JsonArray())) {
      if (!object.containsKey((String) required)) {
        wrong.add(at + " has no " + required);
      }
    }
    boolean closed = Boolean.FALSE.equals(schema.getBoolean("additionalProperties"));
    for (String key : object.fieldNames()) {
      if (properties.containsKey(key)) {
        check(properties.getJsonObject(key), object.getValue(key), at + "." + key, wrong);
      } else if (closed) {
        wrong.add(at + " has an unknown " + key);
      }
    }
  }

  private static String type(Object value) {
    return switch (value) {
      case null -> "null";
      case String _ -> "string";
      case Boolean _ -> "boolean";
      case Integer _ -> "integer";
      case Long _ -> "integer";
      case Number _ -> "number";
      case JsonArray _ -> "array";
      case JsonObject _ -> "object";
      default -> value.getClass().getName();
    };
  }
}
