package dev.pirn.yaml;

import dev.pirn.live.Severity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How strictly YAML is read, and its limits.
///
/// ```java
/// YamlOptions.defaults().unknownKeys(YamlOptions.UnknownKeys.WARNING).maxDepth(20)
/// ```
///
/// **Units and defaults.** Unknown keys are errors; at most 4 MiB a file, 100 levels of nesting, 50
/// aliases.
public final class YamlOptions {
  /// What becomes of a key that no record component takes.
  public enum UnknownKeys {
    /// The file is refused.
    ERROR,
    /// It is reported, and left out.
    WARNING,
    /// It is left out.
    IGNORE;

    @Nullable Severity severity() {
      return switch (this) {
        case ERROR -> Severity.ERROR;
        case WARNING -> Severity.WARNING;
        case IGNORE -> null;
      };
    }
  }

  /// Nobody nests deeper, and a thread's stack holds as much.
  private static final int DEEPEST = 1_000;

  private static final YamlOptions DEFAULTS =
      new YamlOptions(UnknownKeys.ERROR, 4 * 1024 * 1024, 100, 50);

  private final UnknownKeys unknownKeys;
  private final int maxBytes;
  private final int maxDepth;
  private final int maxAliases;

  private YamlOptions(UnknownKeys unknownKeys, int maxBytes, int maxDepth, int maxAliases) {
    this.unknownKeys = unknownKeys;
    this.maxBytes = maxBytes;
    this.maxDepth = maxDepth;
    this.maxAliases = maxAliases;
  }

  /// The defaults.
  public static YamlOptions defaults() {
    return DEFAULTS;
  }

  /// What becomes of a key that no record component takes.
  public YamlOptions unknownKeys(UnknownKeys unknownKeys) {
    Objects.requireNonNull(unknownKeys, "unknownKeys");
    return new YamlOptions(unknownKeys, maxBytes, maxDepth, maxAliases);
  }

  /// How many bytes a file may have, from 1 to 64 MiB.
  public YamlOptions maxBytes(int maxBytes) {
    checkRange("maxBytes", maxBytes, 1, 64 * 1024 * 1024);
    return new YamlOptions(unknownKeys, maxBytes, maxDepth, maxAliases);
  }

  /// How deep lists and maps may be nested, from 1 to 1,000.
  public YamlOptions maxDepth(int maxDepth) {
    checkRange("maxDepth", maxDepth, 1, DEEPEST);
    return new YamlOptions(unknownKeys, maxBytes, maxDepth, maxAliases);
  }

  /// How many aliases a file may have; 0 refuses them all.
  public YamlOptions maxAliases(int maxAliases) {
    checkRange("maxAliases", maxAliases, 0, Integer.MAX_VALUE);
    return new YamlOptions(unknownKeys, maxBytes, maxDepth, maxAliases);
  }

  UnknownKeys unknownKeys() {
    return unknownKeys;
  }

  int maxBytes() {
    return maxBytes;
  }

  int maxDepth() {
    return maxDepth;
  }

  int maxAliases() {
    return maxAliases;
  }

  private static void checkRange(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %s to %s, was %s".formatted(name, least, most, value));
    }
  }
}
