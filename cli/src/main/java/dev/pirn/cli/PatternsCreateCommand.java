package dev.pirn.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn patterns create NAME`.
@Command(
    name = "create",
    description = {
      "Writes a pattern into the library, whole or not at all.",
      "The content is checked before a byte is written, and nothing is overwritten unless the digest"
          + " of what is there is given."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn patterns create late_rows --file draft.yaml --category quality",
      "  generate | pirn patterns create late_rows --stdin",
      "  pirn patterns create late_rows --file draft.yaml \\",
      "      --if-match \"$(pirn patterns get late_rows --json | jq -r .digest)\""
    })
final class PatternsCreateCommand extends DataCommand {
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  @Parameters(paramLabel = "NAME", description = "The pattern's name, as in the content.")
  String name = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  Content content = new Content();

  @Option(
      names = "--category",
      paramLabel = "C",
      description = "The folder of the library to write to, such as sql/quality.")
  @Nullable String folder;

  @Option(
      names = "--if-match",
      paramLabel = "DIGEST",
      description = "Replace the file that has this digest.")
  @Nullable String replaces;

  @Mixin JsonOption json = new JsonOption();

  /// Where the content comes from.
  static final class Content {
    @Option(names = "--file", required = true, paramLabel = "F", description = "Take this file.")
    @Nullable Path file;

    @Option(names = "--stdin", required = true, description = "Take the standard input.")
    boolean stdin;
  }

  PatternsCreateCommand(Session session) {
    super(session);
  }

  @Override
  int answer(Answers answers) {
    byte[] bytes = bytes();
    JsonObject written =
        answers.create(new Answers.NewPattern(name, folder, Buffer.buffer(bytes), replaces));
    if (json.json) {
      print(written);
    } else {
      print(
          "%s %s\n"
              .formatted(
                  written.getBoolean("replaced") ? "replaced" : "created",
                  written.getString("file")));
      printDiagnostics(written.getJsonArray("diagnostics"));
    }
    return Exit.DONE;
  }

  private byte[] bytes() {
    Path file = content.file;
    byte[] bytes = file == null ? console().input(MOST_BYTES) : read(session().resolve(file));
    if (bytes.length == 0) {
      throw new Failure(Problems.noContent(name));
    }
    if (bytes.length > MOST_BYTES) {
      throw new Failure(Problems.tooLarge(MOST_BYTES));
    }
    return bytes;
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Failure(Problems.tooLarge(MOST_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Failure(Problems.unreadable(file, Reasons.of(e)));
    }
  }
}
