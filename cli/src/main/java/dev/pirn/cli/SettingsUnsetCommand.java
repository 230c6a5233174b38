package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn settings unset KEY`.
@Command(
    name = "unset",
    description = {
      "Takes a key out of the file that sets it now.",
      "If an earlier file or the environment has it too, it has that value then."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  pirn settings unset KLR_RAG_CHUNK_SIZE"})
final class SettingsUnsetCommand extends DataCommand {
  @Parameters(paramLabel = "KEY", description = "The key.")
  String key = "";

  @Option(
      names = "--if-match",
      paramLabel = "DIGEST",
      description =
          "Only if the settings have this digest, which an earlier change and pirn status --json tell.")
  @Nullable String replaces;

  @Mixin JsonOption json = new JsonOption();

  SettingsUnsetCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject written = answers.settings().unset(key, replaces);
    if (json.json) {
      print(written);
    } else {
      print(SettingsText.written(written));
      printDiagnostics(written.getJsonArray("diagnostics"));
    }
    return SettingsText.exit(written);
  }
}
