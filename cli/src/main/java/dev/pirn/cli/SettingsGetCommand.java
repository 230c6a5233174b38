package dev.pirn.cli;

import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pirn settings get KEY`.
@Command(
    name = "get",
    description = "Shows the value of one key that a file sets; *** for a secret.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn settings get KLR_RAG_CHUNK_SIZE",
      "  pirn settings get KLR_RAG_CHUNK_SIZE --json | jq -r .origin"
    })
final class SettingsGetCommand extends DataCommand {
  @Parameters(paramLabel = "KEY", description = "The key.")
  String key = "";

  @Mixin JsonOption json = new JsonOption();

  SettingsGetCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    JsonObject setting = answers.settings().get(key);
    if (json.json) {
      print(setting);
    } else {
      print(setting.getString("value") + "\n");
    }
    return Exit.DONE;
  }
}
