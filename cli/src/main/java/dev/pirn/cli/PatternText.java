package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/// One pattern as text for people.
final class PatternText {
  private final JsonObject pattern;
  private final StringBuilder text = new StringBuilder();

  PatternText(JsonObject pattern) {
    this.pattern = pattern;
  }

  String text() {
    facts();
    paragraph("", pattern.getString("description", ""));
    bullets("Good for", pattern.getJsonArray("useCases"));
    parameters(pattern.getJsonArray("parameters"));
    templates(pattern.getJsonObject("templates"));
    commonErrors(pattern.getJsonArray("commonErrors"));
    paragraph("Advice", pattern.getString("bestPractices", ""));
    return text.toString();
  }

  private void facts() {
    String title = pattern.getString("title", "");
    text.append(pattern.getString("name"));
    text.append(title.isEmpty() ? "" : ": " + title).append('\n');
    fact("file", pattern.getString("file"));
    fact(
        "state",
        "%s, generation %d".formatted(pattern.getString("state"), pattern.getLong("generation")));
    fact("category", pattern.getString("category"));
    fact("backend", pattern.getString("backendType"));
    fact("function", pattern.getString("backendFunction"));
    fact("difficulty", pattern.getString("difficulty"));
    fact("intents", joined(pattern.getJsonArray("intents")));
    fact("related", joined(pattern.getJsonArray("relatedPatterns")));
    fact("digest", pattern.getString("digest"));
  }

  private void fact(String label, String value) {
    if (value != null && !value.isEmpty()) {
      text.append("  %-11s %s\n".formatted(label, Text.visible(value)));
    }
  }

  private static String joined(JsonArray array) {
    return array == null
        ? ""
        : array.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private void paragraph(String heading, String body) {
    if (!body.isBlank()) {
      heading(heading);
      body.strip().lines().forEach(line -> text.append(indent(heading)).append(line).append('\n'));
    }
  }

  private static String indent(String heading) {
    return heading.isEmpty() ? "" : "  ";
  }

  private void heading(String heading) {
    text.append('\n');
    if (!heading.isEmpty()) {
      text.append(heading).append('\n');
    }
  }

  private void bullets(String heading, JsonArray items) {
    if (items != null && !items.isEmpty()) {
      heading(heading);
      items.forEach(item -> text.append("  - ").append(item).append('\n'));
    }
  }

  private void parameters(JsonArray parameters) {
    if (parameters == null || parameters.isEmpty()) {
      return;
    }
    heading("Parameters");
    for (int i = 0; i < parameters.size(); i++) {
      JsonObject parameter = parameters.getJsonObject(i);
      String value = parameter.getString("default");
      text.append(
          "  %s (%s%s%s)\n"
              .formatted(
                  parameter.getString("name"),
                  parameter.getString("type"),
                  parameter.getBoolean("required", false) ? ", required" : "",
                  value == null ? "" : ", default " + value));
      String description = parameter.getString("description", "");
      if (!description.isBlank()) {
        text.append("      ").append(description.strip()).append('\n');
      }
    }
  }

  private void templates(JsonObject templates) {
    if (templates == null) {
      return;
    }
    for (String name : templates.fieldNames()) {
      JsonObject template = templates.getJsonObject(name);
      paragraph("Template " + name, template.getString("content", ""));
    }
  }

  private void commonErrors(JsonArray errors) {
    if (errors == null || errors.isEmpty()) {
      return;
    }
    heading("When it goes wrong");
    for (int i = 0; i < errors.size(); i++) {
      JsonObject error = errors.getJsonObject(i);
      text.append("  - ").append(error.getString("error", "").strip()).append('\n');
      String solution = error.getString("solution", "").strip();
      if (!solution.isEmpty()) {
        text.append("    ").append(solution).append('\n');
      }
    }
  }
}
