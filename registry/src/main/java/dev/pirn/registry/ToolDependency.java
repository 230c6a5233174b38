package dev.pirn.registry;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.Items;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A capability that a tool needs of another.
///
/// @param capability what it is called, 1 to 100 characters
/// @param required whether the agent is degraded while nobody offers it; false by default
/// @param tags at most 20
/// @param version the versions that will do, like `>=1.2 <2`, `^1.2`, `~1.2.3`, `1.x`, or several
///   of them with `||`; any if it is null
/// @param namespace the namespace of the agent that offers it; that of the agent that needs it if
///   it is null
/// @param matchMode how its schema is to be compared; taken, and not used yet
/// @param expectedSchemaHash the schema that is expected; taken, and not compared yet
public record ToolDependency(
    @Text(min = 1, max = 100) String capability,
    @Default("false") boolean required,
    @Items(max = 20) List<TagWish> tags,
    @Text(max = 100) @Nullable String version,
    @Text(min = 1, max = 64) @Nullable String namespace,
    @Key("matchMode") @Nullable MatchMode matchMode,
    @Key("expectedSchemaHash") @Text(max = 200) @Nullable String expectedSchemaHash) {
  /// How the schema of a tool is compared with the one that is expected.
  public enum MatchMode {
    /// What is expected is there.
    SUBSET,
    /// Nothing else is.
    STRICT
  }

  /// @throws IllegalArgumentException if the version is no range of versions
  public ToolDependency {
    Objects.requireNonNull(capability, "capability");
    tags = List.copyOf(tags);
    if (version != null && !version.isBlank() && VersionRange.of(version) == null) {
      throw new IllegalArgumentException(
          "\"%s\" is no range of versions, such as \">=1.2 <2\" or \"^1.2\"".formatted(version));
    }
  }

  /// A dependency on whatever offers the capability.
  public static ToolDependency on(String capability) {
    return new ToolDependency(capability, false, List.of(), null, null, null, null);
  }
}
