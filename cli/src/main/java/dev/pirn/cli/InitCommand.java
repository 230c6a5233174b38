package dev.pirn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pirn init [DIR]`.
@Command(
    name = "init",
    description = "Makes a workspace: pirn.yaml and a first pattern. Never overwrites a file.",
    footerHeading = "%nExamples:%n",
    footer = {"  pirn init", "  pirn init my-agents && pirn serve my-agents"})
final class InitCommand implements Callable<Integer> {
  /// What is written, from the resources below `init`.
  private static final List<String> FILES = List.of("pirn.yaml", "patterns/hello.yaml");

  private final Session session;

  @Parameters(paramLabel = "DIR", arity = "0..1", description = "The folder; here by default.")
  @Nullable Path dir;

  InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Path root = dir == null ? session.start() : session.resolve(dir);
    FILES.forEach(file -> write(root, file));
    String where = session.show(root.toString());
    session
        .console()
        .print(
            "next: pirn serve%s\n"
                .formatted(where.equals(session.folder().toString()) ? "" : " " + where));
    return Exit.DONE;
  }

  private void write(Path root, String name) {
    Path file = root.resolve(name);
    String shown = session.show(file.toString());
    try (InputStream content = resource(name)) {
      Files.createDirectories(Objects.requireNonNull(file.getParent(), "parent"));
      Files.copy(content, file);
      session.console().line("created " + shown);
    } catch (FileAlreadyExistsException e) {
      session.console().line("kept    " + shown + " (it was there)");
    } catch (IOException | UncheckedIOException e) {
      String reason = e instanceof IOException io ? Reasons.of(io) : String.valueOf(e.getMessage());
      throw new Failure(Problems.notWritten(file, reason));
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        InitCommand.class.getResourceAsStream("init/" + name), "resource of this module");
  }
}
