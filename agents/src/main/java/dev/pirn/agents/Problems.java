package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import dev.pirn.live.Severity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of every problem of what an agent is.
final class Problems {
  private Problems() {}

  // Which agents there are

  static Diagnostic badName(String name, @Nullable Place place) {
    return error(Code.BAD_NAME, place, "\"%s\" cannot be an agent's name".formatted(name))
        .help("use letters, digits, \"_\" and \"-\", at most 64; \"name\" in agent.yaml gives one");
  }

  static Diagnostic twoAgents(String name, Path second, Path first) {
    return error(Code.TWO_AGENTS, Place.of(second), "two agents are called \"%s\"".formatted(name))
        .related(List.of(Place.of(first)))
        .inForce("the first counts")
        .help("rename one of them, or give it a \"name\" in its agent.yaml");
  }

  static Diagnostic noAgent(Path path, boolean folder) {
    return error(
            Code.NO_AGENT,
            Place.of(path),
            folder ? "there is no agent in this folder" : "this file is no agent")
        .help(
            folder
                ? "looked for " + FolderConvention.LOOKED_FOR
                : "looked for an ending .py, .js, .mjs, .cjs, .ts, .jar or .java, or the right to"
                    + " run it (chmod +x)");
  }

  static Diagnostic noFolder(Path path) {
    return error(Code.NO_FOLDER, Place.of(path), "there is nothing here")
        .inForce("no agent is taken for removed")
        .help("make it, or name another path");
  }

  static Diagnostic notReadable(Path path, String reason) {
    return error(Code.NOT_READABLE, Place.of(path), "this cannot be read: " + reason)
        .inForce("no agent is taken for removed because of it")
        .help("mend what the message names");
  }

  static Diagnostic noCommand(Path definition) {
    return error(Code.NO_COMMAND, Place.of(definition), "nothing says what is to be run")
        .help("add \"command\" or \"script\", or one of " + FolderConvention.PROGRAMS);
  }

  static Diagnostic noInterpreter(Place place, String wanted, String help) {
    return error(Code.NO_INTERPRETER, place, "there is no " + wanted + " to run this").help(help);
  }

  static Diagnostic maven(Path pom) {
    return error(Code.MAVEN, Place.of(pom), "how to build and run this is not known")
        .help(
            "write an agent.yaml beside it: build: [mvn, -q, -o, package] and"
                + " command: [java, -jar, target/NAME.jar]");
  }

  // agent.yaml

  static Diagnostic either(String one, String other, Place place, Place first) {
    return error(Code.EITHER, place, "\"%s\" and \"%s\" cannot be together".formatted(one, other))
        .related(List.of(first))
        .help("take out one of them");
  }

  static Diagnostic noFile(String what, String name, Collection<String> names, Place place) {
    return error(Code.NO_FILE, place, "there is no %s \"%s\"".formatted(what, name))
        .hint(Nearest.didYouMean(Nearest.to(name, names)))
        .help("paths are relative to the agent's folder");
  }

  static Diagnostic badCommand(String reason, Place place) {
    return error(Code.BAD_COMMAND, place, "this is no command: " + reason)
        .help("write a list of words: [python3, main.py]; for a shell, [sh, -c, \"...\"]");
  }

  static Diagnostic badReadiness(Place place) {
    return error(Code.BAD_READINESS, place, "\"ready\" must have one way to tell")
        .help("write one of http: /health, tcp: true, log: \"listening\", command: [...]");
  }

  static Diagnostic badValue(String key, String expected, Place place) {
    return error(Code.BAD_VALUE, place, "\"%s\" must be %s".formatted(key, expected));
  }

  static Diagnostic notSet(String name, Place place, Collection<String> names) {
    return warning(Code.NOT_SET, place, name + " is not set, and taken as empty")
        .hint(Nearest.didYouMean(Nearest.to(name, names)))
        .help("set it, or write ${%s:-default}; a $ itself is $$".formatted(name));
  }

  static Diagnostic notEnforced(String key, Place place) {
    return warning(Code.NOT_ENFORCED, place, "\"%s\" is not enforced".formatted(key))
        .help("limit it by the system: ulimit, systemd, a container");
  }

  static Diagnostic unknownAgent(
      String agent, String wanted, Place place, Collection<String> names) {
    return error(
            Code.UNKNOWN_AGENT,
            place,
            "\"%s\" depends on \"%s\", and there is no such agent".formatted(agent, wanted))
        .inForce("\"%s\" does not wait for it".formatted(agent))
        .help(meant(wanted, names, "add it, or take it out of \"depends_on\""));
  }

  static Diagnostic cycle(List<String> names, Place place) {
    return error(Code.CYCLE, place, "agents depend on each other: " + String.join(" -> ", names))
        .inForce("\"%s\" does not wait for \"%s\"".formatted(names.getFirst(), names.get(1)))
        .help("take one of them out of \"depends_on\"");
  }

  // What is watched

  static Diagnostic badPattern(String text, String reason, Place place) {
    return error(Code.BAD_PATTERN, place, "\"%s\" is no pattern: %s".formatted(text, reason))
        .help("write it as in a .gitignore: \"**/*.py\", \"build/\", \"!keep.txt\"");
  }

  static Diagnostic outside(String text, Path workspace, Place place) {
    return error(Code.OUTSIDE, place, "\"%s\" leads out of the workspace".formatted(text))
        .help("what is watched must lie below %s".formatted(workspace));
  }

  // The environment

  static Diagnostic badVariable(String name, String value, String expected) {
    return error(
            Code.BAD_VARIABLE, null, "%s must be %s, found \"%s\"".formatted(name, expected, value))
        .inForce("what holds without it")
        .help("mend it where Pirn is started");
  }

  static Diagnostic noUnit(String name, long amount) {
    return Diagnostic.info(
            Code.NO_UNIT.id(), null, "%s has no unit, and is taken as %sms".formatted(name, amount))
        .help("write the unit: ms or s");
  }

  static Diagnostic notUsed(String name) {
    return warning(Code.NOT_USED, null, name + " is not used")
        .help(
            "set %s=500ms for the time for which a file must be at rest"
                .formatted(ReloadEnvironment.DELAY));
  }

  // Code

  static Diagnostic code(Place place, String message) {
    return error(Code.CODE, place, message);
  }

  static Diagnostic notFound(String name, Collection<String> names) {
    return error(Code.NOT_FOUND, null, "agent not found: " + name)
        .help(Nearest.didYouMean(Nearest.to(name, names)));
  }

  static Diagnostic noMain(Path entry, String expected) {
    return error(Code.NO_MAIN, Place.of(entry), "the file has no class " + expected)
        .help("the class that is run has the name of its file");
  }

  static Diagnostic noCompiler() {
    return error(Code.NO_COMPILER, null, "this Java has no compiler")
        .help("run Pirn on a JDK, or name a JAR: command: [java, -jar, agent.jar]");
  }

  static Diagnostic notWritten(Path path, String reason) {
    return error(Code.NOT_WRITTEN, Place.of(path), "this cannot be written: " + reason)
        .help("mend what the message names");
  }

  static Diagnostic exists(Path folder) {
    return error(Code.EXISTS, Place.of(folder), "there is something here already")
        .inForce("nothing was written")
        .help("choose another name, or remove it");
  }

  static Diagnostic more(int more, boolean error) {
    return new Diagnostic(
        Code.MORE.id(),
        error ? Severity.ERROR : Severity.WARNING,
        more == 1 ? "1 more problem is not shown" : more + " more problems are not shown",
        null,
        null,
        List.of(),
        null,
        "mend those above first");
  }

  /// Why something could not be done with a file, without its path.
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "the right to do it is missing";
      case FileAlreadyExistsException _ -> "a file is in the way";
      case NotDirectoryException _ -> "it is no folder";
      case NoSuchFileException _ -> "it is not there";
      case FileSystemException it when it.getReason() != null -> it.getReason();
      default -> e.getClass().getSimpleName();
    };
  }

  static String meant(String name, Collection<String> names, String otherwise) {
    String near = Nearest.didYouMean(Nearest.to(name, names));
    return near == null ? otherwise : near;
  }

  private static Diagnostic error(Code code, @Nullable Place place, String message) {
    return Diagnostic.error(code.id(), place, message);
  }

  private static Diagnostic warning(Code code, @Nullable Place place, String message) {
    return Diagnostic.warning(code.id(), place, message);
  }
}
