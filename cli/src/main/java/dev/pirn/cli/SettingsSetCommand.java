package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn settings set KEY VALUE`.
@Command(
    name = "set",
    description = {
      "Sets a key in the file that sets it now, or else in the last.",
      "The line is edited in place, after the whole file has been checked. The value is meant"
          + " literally, and in force when the command returns."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn settings set KLR_RAG_CHUNK_SIZE 768",
      "  pirn settings set GREETING -- --hello--",
      "  pass show api | pirn settings set API_TOKEN --stdin    out of the history"
    })
final class SettingsSetCommand extends DataCommand {
  private static final int MOST_BYTES = 1024 * 1024;

  @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
  String key = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "The value; may be empty.")
  @Nullable String value;

  // What picocli does not understand it shows, and this may be a part of a secret.
  @Parameters(index = "2..*", hidden = true)
  List<String> rest = List.of();

  @Option(
      names = "--stdin",
      description = "Take the standard input, without a line end at its end.")
  boolean stdin;

  @Option(
      names = "--if-match",
      paramLabel = "DIGEST",
      description =
          "Only if the settings have this digest, which an earlier change and pirn status --json tell.")
  @Nullable String replaces;

  @Mixin JsonOption json = new JsonOption();

  SettingsSetCommand(Session session) {
    super(session);
  }

  @Override
  void check() {
    if (!rest.isEmpty()) {
      throw Failure.usage(Problems.manyValues());
    }
    if (stdin == (value != null)) {
      throw Failure.usage(Problems.noValue(key));
    }
  }

  @Override
  int answer(Answers answers) {
    JsonObject written = answers.settings().set(key, text(), replaces);
    if (json.json) {
      print(written);
    } else {
      print(SettingsText.written(written));
      printDiagnostics(written.getJsonArray("diagnostics"));
    }
    return SettingsText.exit(written);
  }

  private String text() {
    if (value != null) {
      return value;
    }
    byte[] input = console().input(MOST_BYTES);
    if (input.length > MOST_BYTES) {
      throw new Failure(Problems.tooLarge(MOST_BYTES));
    }
    return new String(input, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
  }
}
