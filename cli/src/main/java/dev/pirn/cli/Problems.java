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

  static Diagnostic noDevices() {
    return error(Code.NO_DEVICES, "no other machine can reach this server")
        .help("start it with \"pirn serve --lan\", or set server.host and server.allow_remote");
  }

  static Diagnostic noFolder(Path folder) {
    return error(Code.NO_FOLDER, "there is no folder %s".formatted(folder))
        .help("create it, or name another");
  }

  // Usage

  static Diagnostic usage(String message, List<String> near, String command) {
    String ask = "see \"%s --help\"".formatted(command);
    return error(Code.USAGE, message).help(or(near, ask));
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

  // Agents

  /// In the words of a server, which knows the agents that it runs.

  static Diagnostic notSupervised(String name) {
    return error(Code.NOT_SUPERVISED, "the agent \"%s\" is not run here".formatted(name))
        .inForce("it was declared, or has registered itself")
        .help("see \"pirn registry get %s\"".formatted(name));
  }

  /// @param running what answers all the same; null for nothing
  static Diagnostic agentRejected(
      String name, String reason, @Nullable String running, String phase) {
    return error(Code.REJECTED, "the agent \"%s\" is not as wanted: %s".formatted(name, reason))
        .inForce(running == null ? "it is %s, and does not answer".formatted(phase) : running)
        .help("mend it and save; \"pirn agents logs %s\" shows what it said".formatted(name));
  }

  static Diagnostic noAddress(String name) {
    return error(Code.NO_ADDRESS, "the agent \"%s\" has no address yet".formatted(name))
        .help("start it: pirn agents start %s".formatted(name));
  }

  static Diagnostic agentSilent(String name, String url, String reason) {
    return error(
            Code.NO_ADDRESS,
            "the agent \"%s\" at %s does not answer: %s".formatted(name, url, reason))
        .help("see \"pirn agents status %s\"".formatted(name));
  }

  static Diagnostic notJson(String text) {
    return error(Code.BAD_VALUE, "this is no JSON: %s".formatted(text))
        .help("put single quotes around it: '{\"name\": \"Ada\"}'");
  }

  static Diagnostic badTail(int tail, int most) {
    return error(Code.BAD_VALUE, "--tail is from 0 to %d, was %d".formatted(most, tail));
  }

  static Diagnostic serverRuns(String option, String url) {
    return error(Code.USAGE, "%s is for a server that is started here".formatted(option))
        .inForce("one runs already at %s".formatted(url))
        .help("leave it out, or end that one first: pirn agents stop --all");
  }

  static Diagnostic onlyDetached() {
    return error(Code.USAGE, "--json is for a server that runs already, or for --detach")
        .help("add -d, or take --log-format json");
  }

  static Diagnostic noLauncher() {
    return error(Code.NOT_STARTED, "nothing can be started in the background")
        .help("start Pirn by its launcher, ./pirn, or run it here without --detach");
  }

  static Diagnostic notStarted(Path log) {
    return Diagnostic.error(
            Code.NOT_STARTED.id(), Place.of(log), "the server has ended before it was ready")
        .help("the file says why; without --detach it is seen here");
  }

  // A command that is run

  static Diagnostic noProgram(String program, List<String> near) {
    return error(Code.NO_COMMAND, "there is no program \"%s\"".formatted(program))
        .inForce("nothing was started")
        .help(or(near, "install it, or give its path; \"--\" stands before a command"));
  }

  static Diagnostic badMode(String text, List<String> modes) {
    return error(Code.BAD_VALUE, "\"%s\" is not a mode".formatted(text))
        .help(or(Nearest.to(text, modes), "write one of " + String.join(", ", modes)));
  }

  static Diagnostic badReady(String text) {
    return error(Code.BAD_VALUE, "\"%s\" does not say when it is ready".formatted(text))
        .help("write tcp, a path such as /health, log:REGEX, or none");
  }

  static Diagnostic noPortWith(String option) {
    return error(Code.USAGE, "--no-port and %s cannot be together".formatted(option))
        .help("a command without a port is ready when it is started");
  }

  static Diagnostic noTemporary(String reason) {
    return error(
            Code.NOT_WRITTEN, "the folder for temporary files cannot be used: %s".formatted(reason))
        .help("make room there, or name another: PIRN_JAVA_OPTS=-Djava.io.tmpdir=DIR");
  }

  static Diagnostic allOrSome() {
    return error(Code.USAGE, "--all ends the server and all agents; it takes no names")
        .help("leave out the names, or --all");
  }

  static Diagnostic notEnded(long pid, String url) {
    return error(Code.NOT_ENDED, "the server at %s (process %d) does not end".formatted(url, pid))
        .help("kill -KILL %d ends it; what it runs ends within a second after".formatted(pid));
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

  /// What somebody may have meant, before what helps otherwise.
  private static String or(List<String> near, String help) {
    return near.isEmpty() ? help : Nearest.didYouMean(near) + " Or " + help;
  }
}
