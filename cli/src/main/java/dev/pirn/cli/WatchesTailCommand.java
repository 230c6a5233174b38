package dev.pirn.cli;

import dev.pirn.watch.Change;
import dev.pirn.watch.ChangeListener;
import dev.pirn.watch.ChangeSet;
import dev.pirn.watch.Watch;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.WatchState;
import dev.pirn.watch.Watcher;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pirn watches tail PATH`; watches by itself, with or without a server.
@Command(
    name = "tail",
    description = "Prints every settled change below a path, as the watcher sees it, until Ctrl-C.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn watches tail patterns",
      "  pirn watches tail --raw .    also files that no pattern library would take"
    })
final class WatchesTailCommand implements Callable<Integer> {
  private final Session session;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  @Parameters(paramLabel = "PATH", description = "A folder or a file.")
  Path path = Path.of("");

  @Option(names = "--raw", description = "Also other files than YAML, and hidden ones.")
  boolean raw;

  @Mixin JsonOption json = new JsonOption();

  WatchesTailCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws InterruptedException {
    Path root = session.resolve(path);
    if (!Files.exists(root)) {
      throw new Failure(Problems.noFolder(root));
    }
    try (Watcher watcher = Watcher.open();
        Watch watch = watcher.watch(spec(root), new Printer())) {
      state(watch.state());
      return ended.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private WatchSpec spec(Path root) {
    if (!Files.isDirectory(root)) {
      return WatchSpec.files(List.of(root));
    }
    WatchSpec tree = WatchSpec.tree(root);
    return raw ? tree.hidden(true).exclude(".git/**") : tree.include("**/*.yaml", "**/*.yml");
  }

  private void state(WatchState state) {
    session
        .console()
        .error(
            "pirn: watching %s, %s by %s\n"
                .formatted(
                    Text.count(state.folders(), "folder"),
                    Text.count(state.files(), "file"),
                    state.backend().name().toLowerCase(Locale.ROOT)));
    state
        .problems()
        .forEach(problem ->
            session
                .console()
                .error(
                    "pirn: %s: %s\n"
                        .formatted(session.show(problem.path().toString()), problem.message())));
  }

  /// Prints what is told, and ends the command when nobody reads it any more.
  private final class Printer implements ChangeListener {
    @Override
    public void onChange(ChangeSet changes) {
      try {
        changes.changes().forEach(change -> session.console().line(line(change)));
        session.console().flush();
      } catch (RuntimeException e) {
        ended.completeExceptionally(e);
      }
    }

    @Override
    public void onState(WatchState state) {
      state(state);
    }
  }

  private String line(Change change) {
    String now = Instant.now().toString();
    String kind = change.kind().name().toLowerCase(Locale.ROOT);
    String file = session.show(change.path().toString());
    Path from = change.from();
    if (json.json) {
      return new JsonObject()
          .put("time", now)
          .put("kind", kind)
          .put("file", file)
          .put("from", from == null ? null : session.show(from.toString()))
          .encode();
    }
    String shown = Text.visible(file);
    return "%s %-8s %s%s"
        .formatted(
            Text.clock(now),
            kind,
            shown,
            from == null ? "" : " (was " + Text.visible(session.show(from.toString())) + ")");
  }
}
