package dev.pirn.patterns;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One example of a pattern in use. Text that the file does not give is empty.
///
/// @param name what the example is called
/// @param description what it shows
/// @param parameters the values that it uses, as plain data, in the order of the file
/// @param expectedResult what comes of it
/// @param notes what else there is to say
/// @param extra further keys of the example, such as `input` and `output`, as plain data
public record Example(
    String name,
    String description,
    Map<String, @Nullable Object> parameters,
    String expectedResult,
    String notes,
    Map<String, @Nullable Object> extra) {
  public Example {
    parameters = Ordered.copyOf(parameters);
    extra = Ordered.copyOf(extra);
  }
}
