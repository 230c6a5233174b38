package dev.pirn.patterns;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One template of a pattern.
///
/// @param content the text; for a template with `sql` only, that
/// @param language `sql` when the text was written under the key `sql`, otherwise empty
/// @param description what it does; empty when not said
/// @param requiredParameters the parameters without which it makes no sense
/// @param outputFormat what it gives, such as `table`, `json` or `text`; empty when not said
/// @param extra further keys of the template, as plain data, in the order of the file
public record Template(
    String content,
    String language,
    String description,
    List<String> requiredParameters,
    String outputFormat,
    Map<String, @Nullable Object> extra) {
  public Template {
    requiredParameters = List.copyOf(requiredParameters);
    extra = Ordered.copyOf(extra);
  }
}
