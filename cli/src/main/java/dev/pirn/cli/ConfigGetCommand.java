package dev.pirn.cli;

import dev.pirn.live.Nearest;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn config get KEY`.
@Command(
    name = "get",
    description = {
      "Shows a key of the configuration in force: the server's, or that of pirn.yaml.",
      "A key is written with dots, such as patterns.debounce; without one everything is shown."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn config get server.port", "  pirn config get patterns --json"})
final class ConfigGetCommand extends DataCommand {
  @Parameters(paramLabel = "KEY", arity = "0..1", description = "The key.")
  @Nullable String key;

  @Mixin JsonOption json = new JsonOption();

  ConfigGetCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject config = answers.config();
    Object value = key == null ? config : find(config, key);
    if (json.json) {
      print(Json.encodePrettily(value) + "\n");
    } else {
      print(text("", value));
    }
    return Exit.DONE;
  }

  private static Object find(JsonObject config, String key) {
    Object at = config;
    for (String part : key.split("\\.", -1)) {
      at = at instanceof JsonObject object ? object.getValue(part) : null;
      if (at == null) {
        List<String> keys = keys("", config);
        throw new Failure(Problems.noSuchKey(key, near(key, keys), keys));
      }
    }
    return at;
  }

  private static List<String> near(String key, List<String> keys) {
    List<String> endings = keys.stream().filter(it -> it.endsWith("." + key)).toList();
    return endings.isEmpty() ? Nearest.to(key, keys) : endings;
  }

  private static List<String> keys(String prefix, JsonObject object) {
    List<String> keys = new ArrayList<>();
    object.forEach(entry -> {
      if (entry.getValue() instanceof JsonObject inner) {
        keys.addAll(keys(prefix + entry.getKey() + ".", inner));
      } else {
        keys.add(prefix + entry.getKey());
      }
    });
    return keys;
  }

  private static String text(String prefix, Object value) {
    return switch (value) {
      case JsonObject object ->
          object.stream()
              .map(entry -> text(prefix + entry.getKey() + ".", entry.getValue()))
              .collect(Collectors.joining());
      case JsonArray array ->
          label(prefix)
              + array.stream().map(String::valueOf).collect(Collectors.joining(", "))
              + "\n";
      default -> label(prefix) + value + "\n";
    };
  }

  private static String label(String prefix) {
    return prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1) + " = ";
  }
}
