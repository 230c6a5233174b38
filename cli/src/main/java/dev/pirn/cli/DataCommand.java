package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// A command that asks the [Answers] of its workspace and prints what it gets.
abstract class DataCommand implements Callable<Integer> {
  private final Session session;

  DataCommand(Session session) {
    this.session = session;
  }

  @Override
  public final Integer call() {
    check();
    try (Answers answers = Workspaces.answers(session);
        Progress _ = Progress.onTerminal(console(), "waiting for an answer")) {
      return answer(answers);
    }
  }

  /// Checks the options, before anybody is asked.
  ///
  /// @throws Failure if one cannot be
  void check() {}

  /// Asks and prints.
  ///
  /// @return the exit code
  abstract int answer(Answers answers);

  final Session session() {
    return session;
  }

  final Console console() {
    return session.console();
  }

  /// Reads the diagnostics of an answer.
  final Diagnostics diagnostics() {
    return new Diagnostics(session.workspace().root());
  }

  final void print(JsonArray json) {
    console().line(json.encodePrettily());
  }

  final void print(JsonObject json) {
    console().line(json.encodePrettily());
  }

  /// Prints the outcome of a reload.
  ///
  /// @return the exit code
  final int printOutcome(JsonObject outcome, boolean json) {
    if (json) {
      print(outcome);
    } else {
      print(OutcomeText.of(outcome));
      printDiagnostics(outcome.getJsonArray("diagnostics"));
    }
    return OutcomeText.exit(outcome);
  }

  final void print(String text) {
    console().print(text);
  }

  /// Prints diagnostics as part of the output, with an empty line before them if there are any.
  final void printDiagnostics(@Nullable JsonArray json) {
    String text = console().output(session.folder()).render(diagnostics().of(json));
    print(text.isEmpty() ? "" : "\n" + text);
  }
}
