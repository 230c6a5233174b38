package dev.pirn.server;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request, whole, and apart from the connection that it came by.
///
/// @param path the parts of the path that have names
/// @param query the query's parameters
/// @param headers the headers
/// @param body the body; empty if there is none
record Call(Map<String, String> path, MultiMap query, MultiMap headers, Buffer body) {
  /// A part of the path.
  String part(String name) {
    String part = path.get(name);
    if (part == null) {
      throw new IllegalStateException("the route has no part " + name);
    }
    return part;
  }

  /// A parameter, or null if it is not given.
  @Nullable String parameter(String name) {
    List<String> given = query.getAll(name);
    if (given.size() > 1) {
      throw bad(name, "given once", given.size() + " times");
    }
    return given.isEmpty() ? null : given.getFirst();
  }

  /// A parameter that must be given.
  String required(String name) {
    String given = parameter(name);
    if (given == null) {
      throw bad(name, "given", null);
    }
    return given;
  }

  /// A whole number.
  int number(String name, int otherwise, int least, int most) {
    String given = parameter(name);
    if (given == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(given);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw bad(name, "a whole number from %d to %d".formatted(least, most), given);
  }

  /// Whether something is so.
  boolean flag(String name, boolean otherwise) {
    return switch (parameter(name)) {
      case null -> otherwise;
      case "true" -> true;
      case "false" -> false;
      case String given -> throw bad(name, "true or false", given);
    };
  }

  static Refused bad(String name, String expected, @Nullable String found) {
    return new Refused(400, Problems.badParameter(name, expected, found));
  }

  /// A header, or null.
  @Nullable String header(String name) {
    return headers.get(name);
  }

  /// The media type of the body, in lower case and without parameters; empty if not said.
  String type() {
    String type = headers.get("Content-Type");
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /// The body as a JSON object.
  JsonObject json() {
    if (!type().equals("application/json")) {
      throw new Refused(415, Problems.wrongType(type(), "application/json"));
    }
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw new Refused(400, Problems.badBody("is not a JSON object"));
    }
  }

  /// A text of the body's JSON object; null if it is not there.
  static @Nullable String text(JsonObject json, String key) {
    return switch (json.getValue(key)) {
      case null -> null;
      case String text -> text;
      default ->
          throw new Refused(422, Problems.badBody("must have text as \"%s\"".formatted(key)));
    };
  }

  /// A text that must be there.
  static String requiredText(JsonObject json, String key) {
    String text = text(json, key);
    if (text == null) {
      throw new Refused(422, Problems.badBody("must have a \"%s\"".formatted(key)));
    }
    return text;
  }
}
