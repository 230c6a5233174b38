package dev.pirn.cli;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of every problem that the command line itself reports.
final class Problems {
  private Problems() {}

  // The server

  static Diagnostic noServer(Path root) {
    return error(Code.NO_SERVER, "no server is running for this workspace")
        .inForce("the workspace is %s".formatted(root))
        .help("start one with \"pirn serve\"");
  }

  static Diagnostic noAnswer(String url, String reason) {
    return error(Code.NO_ANSWER, "the server at %s does not answer: %s".formatted(url, reason))
        .help("look at the server's log, or end it and start it again with \"pirn serve\"");
  }

  static Diagnostic serverRefused(String url, int status) {
    return error(
            Code.SERVER_REFUSED,
            "the server at %s answered with the status %d".formatted(url, status))
        .help("look at the server's log; the server and this command must be of one version");
  }

  static Diagnostic noFolder(Path folder) {
    return error(Code.NO_FOLDER, "there is no folder %s".formatted(folder))
        .help("create it, or name another");
  }

  // Usage

  static Diagnostic usage(String message, List<String> near, String command) {
    String ask = "see \"%s --help\"".formatted(command);
    return error(Code.USAGE, message)
        .help(near.isEmpty() ? ask : Nearest.didYouMean(near) + " Or " + ask);
  }

  static Diagnostic noValue(String key) {
    return error(Code.USAGE, "give %s one value: as an argument, or with --stdin".formatted(key))
        .help("see \"pirn settings set --help\"");
  }

  static Diagnostic manyValues() {
    return error(Code.USAGE, "a value is one argument, and there are more")
        .help("put quotes around a value with spaces");
  }

  static Diagnostic badDebounce(String text) {
    return error(Code.BAD_VALUE, "\"%s\" is not a debounce".formatted(text))
        .help("write auto, or a duration from 0ms to 5s such as 200ms");
  }

  static Diagnostic badPort(int port) {
    return error(Code.BAD_VALUE, "a port is from 0 to 65535, was %d".formatted(port))
        .help("0 takes any port that is free");
  }

  static Diagnostic badBudget(int budget, int least) {
    return error(Code.BAD_VALUE, "a budget is at least %d tokens, was %d".formatted(least, budget));
  }

  static Diagnostic badPage() {
    return error(Code.BAD_VALUE, "pages count from 1, and have at least 1 agent");
  }

  static Diagnostic badLevel(String text) {
    return error(Code.BAD_VALUE, "\"%s\" is not a log level".formatted(text))
        .help("write error, warn, info, debug or trace, or LOGGER=LEVEL");
  }

  static Diagnostic badPath(String text, String reason) {
    return error(Code.BAD_VALUE, "\"%s\" cannot be a path: %s".formatted(text, reason));
  }

  static Diagnostic badField(String text, @Nullable String reason) {
    return error(
            Code.BAD_VALUE,
            "\"%s\" is not a field%s".formatted(text, reason == null ? "" : ": " + reason))
        .help("write KEY=VALUE, with the value as in YAML, such as owner=me or 'tags=[a, b]'");
  }

  static Diagnostic noSuchKey(String key, List<String> near, List<String> keys) {
    return error(Code.NO_SUCH_KEY, "the configuration has no key \"%s\"".formatted(key))
        .help(near.isEmpty() ? "there are " + String.join(", ", keys) : Nearest.didYouMean(near));
  }

  // Content

  static Diagnostic noContent(String name) {
    return error(Code.BAD_INPUT, "there is no content for the pattern \"%s\"".formatted(name))
        .help("give a file with --file, or the content itself with --stdin");
  }

  static Diagnostic unreadable(Path file, String reason) {
    return new Diagnostic(
        Code.BAD_INPUT.id(),
        dev.pirn.live.Severity.ERROR,
        "the file cannot be read: %s".formatted(reason),
        Place.of(file),
        null,
        List.of(),
        null,
        null);
  }

  static Diagnostic tooLarge(int most) {
    return error(Code.BAD_INPUT, "the content has more than %d bytes".formatted(most));
  }

  static Diagnostic notWritten(Path file, String reason) {
    return Diagnostic.error(
            Code.NOT_WRITTEN.id(),
            Place.of(file),
            "the file could not be written: %s".formatted(reason))
        .help("make the folder writable, or choose another");
  }

  static Diagnostic outputFailed(@Nullable String reason) {
    return error(Code.OUTPUT_FAILED, "the output cannot be written: %s".formatted(reason));
  }

  // The rest

  static Diagnostic unexpected(Throwable thrown, @Nullable Path details) {
    return error(
            Code.UNEXPECTED,
            "this should not happen: %s%s"
                .formatted(
                    thrown.getClass().getSimpleName(),
                    thrown.getMessage() == null ? "" : ": " + thrown.getMessage()))
        .help(
            details == null
                ? "run the command again with --debug, and report what it says"
                : "this is a fault of Pirn; the details are in %s".formatted(details));
  }

  private static Diagnostic error(Code code, String message) {
    return Diagnostic.error(code.id(), null, message);
  }
}
