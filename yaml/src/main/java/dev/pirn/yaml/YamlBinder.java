package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes values of one type of nodes; made by [Yaml#binder].
///
/// For readers that look at the nodes themselves before, or report problems of their own at them.
/// Safe for use by several threads.
///
/// @param <T> the type of the values
@FunctionalInterface
public interface YamlBinder<T> {
  /// Makes a value of a node.
  ///
  /// @param problems takes what is reported, sorted by place
  /// @return the value, or null when an error was reported
  @Nullable T bind(YamlNode node, List<Diagnostic> problems);
}
