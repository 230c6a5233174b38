package dev.pirn.cli;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fields of an agent as `KEY=VALUE`, with values as in YAML; one without a value is null.
final class AgentFields {
  private static final Decoder<Object> YAML = Yaml.decoder(Object.class);

  private AgentFields() {}

  static Map<String, @Nullable Object> of(List<String> texts) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (String text : texts) {
      int at = text.indexOf('=');
      if (at < 1) {
        throw Failure.usage(Problems.badField(text, null));
      }
      String value = text.substring(at + 1);
      fields.put(text.substring(0, at), value.isBlank() ? null : value(text, value));
    }
    return fields;
  }

  private static Object value(String text, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Decoded<Object> decoded = YAML.decode(new Content(Path.of("value.yaml"), bytes));
    Object plain = decoded.value();
    if (plain == null) {
      throw Failure.usage(Problems.badField(text, decoded.diagnostics().getFirst().message()));
    }
    return plain;
  }
}
