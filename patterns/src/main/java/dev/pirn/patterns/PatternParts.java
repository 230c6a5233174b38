package dev.pirn.patterns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes each part of a pattern as Markdown.
final class PatternParts {
  /// A title of more bytes gives way to the name, so that the heading always fits.
  private static final int LONGEST_TITLE = 300;

  private final List<PatternPart> parts = new ArrayList<>();

  private PatternParts() {}

  /// All parts that the pattern has something for, in the order of [PatternPart.Kind].
  static List<PatternPart> of(Pattern pattern) {
    PatternParts parts = new PatternParts();
    parts.add(PatternPart.Kind.HEADING, heading(pattern));
    parts.add(PatternPart.Kind.DESCRIPTION, pattern.description().strip());
    parts.add(PatternPart.Kind.RULE, rule(pattern.rule()));
    parts.add(PatternPart.Kind.USE_CASES, useCases(pattern.useCases()));
    parts.add(PatternPart.Kind.PARAMETERS, parameters(pattern.parameters()));
    parts.add(PatternPart.Kind.SYNTAX, syntax(pattern.syntax()));
    pattern
        .templates()
        .forEach((name, it) -> parts.add(PatternPart.Kind.TEMPLATE, template(name, it)));
    parts.add(PatternPart.Kind.BEST_PRACTICES, bestPractices(pattern.bestPractices()));
    parts.add(PatternPart.Kind.COMMON_ERRORS, commonErrors(pattern.commonErrors()));
    pattern.examples().forEach(it -> parts.add(PatternPart.Kind.EXAMPLE, example(it)));
    return parts.parts;
  }

  private void add(PatternPart.Kind kind, String text) {
    if (!text.isEmpty()) {
      parts.add(new PatternPart(kind, text));
    }
  }

  private static String heading(Pattern pattern) {
    String title = Markdown.oneLine(pattern.title());
    return title.isEmpty() || title.getBytes(StandardCharsets.UTF_8).length > LONGEST_TITLE
        ? "# " + pattern.name()
        : "# %s (`%s`)".formatted(title, pattern.name());
  }

  private static String rule(@Nullable Rule rule) {
    return rule == null
        ? ""
        : new Markdown()
            .heading("Rule")
            .field("When", rule.condition())
            .field("Do", rule.action())
            .field("Because", rule.rationale())
            .text();
  }

  private static String useCases(List<String> useCases) {
    Markdown text = new Markdown().heading("Use cases");
    useCases.forEach(text::item);
    return useCases.isEmpty() ? "" : text.text();
  }

  private static String parameters(List<Parameter> parameters) {
    Markdown text = new Markdown().heading("Parameters");
    for (Parameter parameter : parameters) {
      String first =
          "`%s` (%s)%s"
              .formatted(
                  parameter.name(), parameter.type(), parameter.required() ? " [REQUIRED]" : "");
      String description = Markdown.oneLine(parameter.description());
      text.item(description.isEmpty() ? first : first + ": " + description)
          .subField("Example", parameter.example())
          .subField("Default", parameter.defaultValue());
    }
    return parameters.isEmpty() ? "" : text.text();
  }

  private static String syntax(@Nullable Syntax syntax) {
    if (syntax == null) {
      return "";
    }
    Markdown text = new Markdown().heading("Syntax").paragraph(syntax.description());
    for (Syntax.Operator operator : syntax.operators()) {
      text.item("`%s` %s".formatted(operator.symbol(), Markdown.oneLine(operator.meaning())))
          .subField("Example", operator.example());
    }
    return text.text();
  }

  private static String template(String name, Template template) {
    return new Markdown()
        .heading("Template: " + Markdown.oneLine(name))
        .paragraph(template.description())
        .field("Required parameters", String.join(", ", template.requiredParameters()))
        .field("Output format", template.outputFormat())
        .fence(template.language(), template.content())
        .fields(template.extra())
        .text();
  }

  private static String bestPractices(String advice) {
    return advice.isBlank()
        ? ""
        : new Markdown().heading("Best practices").paragraph(advice).text();
  }

  private static String commonErrors(List<CommonError> errors) {
    Markdown text = new Markdown().heading("Common errors");
    for (CommonError error : errors) {
      text.item(error.error())
          .subField("Cause", error.cause())
          .subField("Solution", error.solution());
    }
    return errors.isEmpty() ? "" : text.text();
  }

  private static String example(Example example) {
    Markdown text =
        new Markdown()
            .heading("Example: " + Markdown.oneLine(example.name()))
            .paragraph(example.description());
    if (!example.parameters().isEmpty()) {
      text.item("Parameters:");
      for (Map.Entry<String, @Nullable Object> parameter : example.parameters().entrySet()) {
        text.subField("`" + parameter.getKey() + "`", PlainData.text(parameter.getValue()));
      }
    }
    return text.field("Expected result", example.expectedResult())
        .field("Notes", example.notes())
        .fields(example.extra())
        .text();
  }
}
