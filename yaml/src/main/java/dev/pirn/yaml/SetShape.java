package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list of which each item is there once, in the order of the file.
record SetShape(Shape item) implements Shape {
  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    List<@Nullable Object> values = ListShape.bindItems(item, node, binding);
    if (values == null) {
      return NONE;
    }
    List<YamlNode> items = ((YamlList) node).items();
    Set<@Nullable Object> set = new LinkedHashSet<>();
    for (int i = 0; i < values.size(); i++) {
      if (!set.add(values.get(i))) {
        binding.report(
            Diagnostic.warning(
                    Code.LISTED_TWICE.id(),
                    items.get(i).place(),
                    "%s lists %s twice".formatted(binding.here(), Quoting.describe(items.get(i))))
                .help("remove one of the two"));
      }
    }
    return Collections.unmodifiableSet(set);
  }

  @Override
  public String expected() {
    return "a list";
  }

  @Override
  public Object whenAbsent() {
    return Set.of();
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return new ListShape(item).schema(options);
  }
}
