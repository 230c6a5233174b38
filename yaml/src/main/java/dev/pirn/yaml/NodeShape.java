package dev.pirn.yaml;

import org.jspecify.annotations.Nullable;

/// The node itself, for components of a node type.
record NodeShape(Class<?> type, String expected) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    return type.isInstance(node) ? node : binding.mismatch(Code.WRONG_KIND, node, expected, null);
  }
}
