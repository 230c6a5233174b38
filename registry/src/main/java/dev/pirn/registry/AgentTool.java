package dev.pirn.registry;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.Items;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function that an agent offers.
///
/// @param functionName what it is called there, 1 to 100 characters
/// @param capability what others ask for, 1 to 100 characters
/// @param version a semantic version; 1.0.0 by default
/// @param tags at most 20, each of 1 to 100 characters
/// @param dependencies what it needs, at most 50, in the order in which the answer has them
/// @param description what it does
public record AgentTool(
    @Key("function_name") @Text(min = 1, max = 100) String functionName,
    @Text(min = 1, max = 100) String capability,
    @Default("1.0.0")
        @Text(
            matches =
                "\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?(?:\\+[0-9A-Za-z.-]{1,64})?",
            like = "a version like 1.0.0 or 1.0.0-beta.1")
        String version,
    @Items(max = 20) @Text(min = 1, max = TagWish.LONGEST) List<String> tags,
    @Items(max = 50) List<ToolDependency> dependencies,
    @Text(max = 10_000) @Nullable String description) {
  public AgentTool {
    Objects.requireNonNull(functionName, "functionName");
    Objects.requireNonNull(capability, "capability");
    Objects.requireNonNull(version, "version");
    tags = List.copyOf(tags);
    dependencies = List.copyOf(dependencies);
  }
}
