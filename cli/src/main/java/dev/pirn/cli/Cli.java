package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.LiveException;
import dev.pirn.server.ServerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The command line as a whole: runs a command, and says what went wrong.
///
/// ```java
/// int exit = Cli.run(new Session(console, folder, System.getenv()), "patterns", "list", "--json");
/// ```
final class Cli {
  private final Session session;

  private Cli(Session session) {
    this.session = session;
  }

  /// Runs a command.
  ///
  /// @return its exit code
  static int run(Session session, String... args) {
    return new Cli(session).run(args);
  }

  private int run(String... args) {
    try {
      CommandLine commands = Commands.describe(session, args);
      commands
          .setOut(new PrintWriter(new ConsoleWriter(session.console(), true)))
          .setErr(new PrintWriter(new ConsoleWriter(session.console(), false)))
          .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setUsageHelpAutoWidth(false)
          .setParameterExceptionHandler((e, _) -> misused(e))
          .setExecutionExceptionHandler((e, _, _) -> failed(e));
      int exit = commands.execute(args);
      session.console().flush();
      return exit;
    } catch (RuntimeException e) {
      return failed(e);
    }
  }

  private CommandLine.Help.Ansi ansi() {
    return session.console().colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
  }

  private int misused(CommandLine.ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    List<String> near =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    report(List.of(Problems.usage(message(e), near, command)));
    return Exit.USAGE;
  }

  private static String message(CommandLine.ParameterException e) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().getFirst();
      boolean command = !e.getCommandLine().getSubcommands().isEmpty();
      String what = first.startsWith("-") ? "option" : command ? "command" : "argument";
      return "there is no %s \"%s\"".formatted(what, first);
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    if (message.startsWith("Missing required subcommand")) {
      return "a command is missing";
    }
    String plain =
        message
            .replaceFirst("^Error: ", "")
            .replaceFirst("positional parameter at index [0-9.*]+ \\((\\w+)\\)", "$1")
            .replaceFirst("is not an? (long|int)$", "is not a whole number");
    return plain.substring(0, 1).toLowerCase(Locale.ROOT) + plain.substring(1);
  }

  private int failed(Throwable thrown) {
    int exit = Exit.FAILED;
    switch (thrown) {
      case Console.OutputClosed _ -> {
        return Exit.DONE;
      }
      case Failure failure -> {
        report(failure.diagnostics());
        exit = failure.exit();
      }
      case ServerException failure -> report(failure.diagnostics());
      case LiveException failure -> report(failure.diagnostics());
      case UncheckedIOException e when session.console().broken() ->
          report(List.of(Problems.outputFailed(e.getMessage())));
      default -> report(List.of(Problems.unexpected(thrown, details(thrown))));
    }
    try {
      session.console().flush();
    } catch (RuntimeException e) {
      // What has been reported is what went wrong.
    }
    return exit;
  }

  private void report(List<Diagnostic> diagnostics) {
    session.console().errors(diagnostics, session.folder());
  }

  /// The stack trace, among the errors if that is wanted, and otherwise in a file.
  private @Nullable Path details(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    if (session.debug()) {
      session.console().error(trace.toString());
      return null;
    }
    try {
      return Files.writeString(Files.createTempFile("pirn-failure-", ".txt"), trace.toString());
    } catch (IOException e) {
      return null;
    }
  }

  /// What picocli prints, on our console.
  private static final class ConsoleWriter extends Writer {
    private final Console console;
    private final boolean output;

    ConsoleWriter(Console console, boolean output) {
      this.console = console;
      this.output = output;
    }

    @Override
    public void write(char[] buffer, int offset, int length) {
      String text = new String(buffer, offset, length);
      if (output) {
        console.print(text);
      } else {
        console.error(text);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
