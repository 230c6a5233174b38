package dev.pirn.patterns;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One pattern: what it is for, its parameters, templates, examples and advice.
///
/// Immutable. Text that the file does not give is empty, and so are lists and maps; maps keep the
/// order of the file. Where the pattern comes from stands in [LoadedPattern].
///
/// @param name unique in a library: letters, digits, `_`, `-`, and dots between them
/// @param category what it belongs to, free text; for an entry of a bundle the bundle's domain
/// @param title its heading
/// @param description what it does
/// @param difficulty how much one has to know; [Difficulty#BEGINNER] when not said
/// @param backendType what it runs on, such as `postgres`
/// @param backendFunction the function of the backend that it uses; files may also write
///   `teradata_function`
/// @param useCases what it is good for; for an entry of a bundle its trigger conditions
/// @param intents labels of what somebody wants when they need it, such as `data_quality`
/// @param tags free labels
/// @param relatedPatterns names of other patterns, or their paths under the root
/// @param priority 0 to 100, or null when not said
/// @param parameters what its templates want to be told
/// @param templates its templates by their name
/// @param examples how it is used
/// @param commonErrors mistakes that are often made with it
/// @param bestPractices advice
/// @param syntax the small language of its parameters, or null
/// @param rule what an entry of a bundle states as a rule, or null
/// @param extra all further top-level keys of the file, as plain data
public record Pattern(
    String name,
    String category,
    String title,
    String description,
    Difficulty difficulty,
    String backendType,
    String backendFunction,
    List<String> useCases,
    List<String> intents,
    List<String> tags,
    List<String> relatedPatterns,
    @Nullable Integer priority,
    List<Parameter> parameters,
    Map<String, Template> templates,
    List<Example> examples,
    List<CommonError> commonErrors,
    String bestPractices,
    @Nullable Syntax syntax,
    @Nullable Rule rule,
    Map<String, @Nullable Object> extra) {
  public Pattern {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    useCases = List.copyOf(useCases);
    intents = List.copyOf(intents);
    tags = List.copyOf(tags);
    relatedPatterns = List.copyOf(relatedPatterns);
    parameters = List.copyOf(parameters);
    templates = Ordered.copyOf(templates);
    examples = List.copyOf(examples);
    commonErrors = List.copyOf(commonErrors);
    extra = Ordered.copyOf(extra);
  }
}
