package dev.pirn.patterns;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.Extra;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Scalar;
import dev.pirn.yaml.YamlScalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pattern file as it is written. The keys are these names in `snake_case`.
record PatternYaml(
    YamlScalar name,
    String category,
    @Default("''") String title,
    @Default("''") String description,
    @Default("beginner") Difficulty difficulty,
    @Default("''") String backendType,
    @Key(aliases = "teradata_function") @Default("''") String backendFunction,
    List<String> useCases,
    List<String> intents,
    List<String> tags,
    List<YamlScalar> relatedPatterns,
    @Nullable Integer priority,
    List<OneParameter> parameters,
    Map<String, OneTemplate> templates,
    List<OneExample> examples,
    List<OneError> commonErrors,
    @Default("''") String bestPractices,
    @Key(aliases = "pattern_syntax") @Nullable WrittenSyntax syntax,
    @Extra Map<String, @Nullable Object> extra) {

  record OneParameter(
      String name,
      String type,
      @Default("false") boolean required,
      @Default("''") String description,
      @Nullable String example,
      @Key("default") @Nullable String defaultValue) {
    Parameter parameter() {
      return new Parameter(name, type, required, description, example, defaultValue);
    }
  }

  /// A template, either only its text or a map.
  sealed interface OneTemplate {
    Template template();
  }

  @Scalar
  record TextTemplate(String content) implements OneTemplate {
    @Override
    public Template template() {
      return new Template(content, "", "", List.of(), "", Map.of());
    }
  }

  record FullTemplate(
      @Default("''") String content,
      @Default("''") String sql,
      @Default("''") String description,
      List<String> requiredParameters,
      @Default("''") String outputFormat,
      @Extra Map<String, @Nullable Object> extra)
      implements OneTemplate {
    @Override
    public Template template() {
      boolean onlySql = content.isEmpty() && !sql.isEmpty();
      return new Template(
          onlySql ? sql : content,
          onlySql ? "sql" : "",
          description,
          requiredParameters,
          outputFormat,
          extra);
    }
  }

  record OneExample(
      @Default("''") String name,
      @Default("''") String description,
      Map<String, @Nullable Object> parameters,
      @Default("''") String expectedResult,
      @Key(aliases = "note") @Default("''") String notes,
      @Extra Map<String, @Nullable Object> extra) {
    Example example() {
      return new Example(name, description, parameters, expectedResult, notes, extra);
    }
  }

  record OneError(
      @Default("''") String error,
      @Default("''") String cause,
      @Key(aliases = "fix") @Default("''") String solution) {
    CommonError commonError() {
      return new CommonError(error, cause, solution);
    }
  }

  record WrittenSyntax(@Default("''") String description, List<OneOperator> operators) {
    Syntax syntax() {
      return new Syntax(description, operators.stream().map(OneOperator::operator).toList());
    }
  }

  record OneOperator(
      @Default("''") String symbol, @Default("''") String meaning, @Default("''") String example) {
    Syntax.Operator operator() {
      return new Syntax.Operator(symbol, meaning, example);
    }
  }

  Pattern pattern() {
    return new Pattern(
        name.text(),
        category,
        title,
        description,
        difficulty,
        backendType,
        backendFunction,
        useCases,
        intents,
        tags,
        relatedPatterns.stream().map(YamlScalar::text).toList(),
        priority,
        parameters.stream().map(OneParameter::parameter).toList(),
        Ordered.map(templates, OneTemplate::template),
        examples.stream().map(OneExample::example).toList(),
        commonErrors.stream().map(OneError::commonError).toList(),
        bestPractices,
        syntax == null ? null : syntax.syntax(),
        null,
        extra);
  }
}
