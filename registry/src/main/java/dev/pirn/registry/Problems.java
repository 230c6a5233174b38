package dev.pirn.registry;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import dev.pirn.live.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The words of every problem that this module reports.
final class Problems {
  private static final int MOST_NAMED = 5;

  private Problems() {}

  // The file

  static Diagnostic noAgents(Place place) {
    return error(Code.NO_AGENTS, place, "a registry needs at least one agent")
        .help("to take all agents away, delete the file");
  }

  static Diagnostic badId(String id, Place place) {
    return error(Code.BAD_ID, place, "\"%s\" cannot be an agent's id".formatted(id))
        .help(
            "use letters, digits, \"_\", \"-\" and \".\", beginning with a letter or digit, at most"
                + " 100 characters");
  }

  static Diagnostic badCategory(String found, Collection<String> known, Place place) {
    return error(Code.BAD_CATEGORY, place, "\"%s\" is no category".formatted(found))
        .hint(Nearest.didYouMean(Nearest.to(found, known)))
        .help(
            "use %s; others are allowed by config.validation.allow_custom_categories: true"
                .formatted(String.join(", ", known)));
  }

  static Diagnostic badEnvironment(String found, Collection<String> known, Place place) {
    return error(Code.BAD_ENVIRONMENT, place, "\"%s\" is no environment".formatted(found))
        .hint(Nearest.didYouMean(Nearest.to(found, known)))
        .help(
            "use %s; others are allowed by config.validation.allow_custom_environments: true"
                .formatted(String.join(", ", known)));
  }

  static Diagnostic noReason(Place place) {
    return error(Code.NO_REASON, place, "a deprecated agent must say why")
        .help("add \"deprecation_reason\"");
  }

  static Diagnostic dangling(String wanted, Place place, List<String> near) {
    return error(Code.DANGLING, place, "there is no agent \"%s\"".formatted(wanted))
        .hint(Nearest.didYouMean(near))
        .help("add it, or switch this off by config.validation.validate_dependencies: false");
  }

  static Diagnostic requiredField(String field, Place place) {
    return error(
            Code.REQUIRED_FIELD,
            place,
            "the key \"%s\" is missing, which config.validation.required_fields demands"
                .formatted(field))
        .help("add \"%s\"".formatted(field));
  }

  static Diagnostic unknownField(String field, Collection<String> known, Place place) {
    return error(Code.UNKNOWN_FIELD, place, "an agent has no field \"%s\"".formatted(field))
        .hint(Nearest.didYouMean(Nearest.to(field, known)))
        .help("name a field of an agent");
  }

  static Diagnostic saysLittle(List<String> missing, Place place) {
    String keys = missing.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
    return warning(Code.SAYS_LITTLE, place, "the agent has no " + keys)
        .help("add them, or switch this off by config.validation.warn_on_missing_optional: false");
  }

  static Diagnostic noFolder(String location, Place place) {
    return warning(Code.NO_FOLDER, place, "there is no folder \"%s\"".formatted(location))
        .help("make it, or switch this off by config.validation.validate_location: false");
  }

  static Diagnostic notFollowed(Path file) {
    return Diagnostic.info(
            Code.NOT_FOLLOWED.id(), Place.of(file), "changes of the file are not followed")
        .inForce("what was in force when config.hot_reload switched it off, or was reloaded since")
        .help("reload to take up what the file says now");
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

  // Queries

  static Diagnostic notFound(String id, Collection<String> ids) {
    return error(Code.NOT_FOUND, null, "agent not found: %s".formatted(id))
        .help(Nearest.didYouMean(Nearest.to(id, ids)));
  }

  static Diagnostic notOffered(String what, String key) {
    return error(Code.NOT_OFFERED, null, "this registry does not list agents by %s".formatted(what))
        .help("its file says config.discovery.%s: false; set it to true".formatted(key));
  }

  // Changes

  static Diagnostic exists(String id, Path file) {
    return error(Code.EXISTS, Place.of(file), "there is already an agent \"%s\"".formatted(id))
        .help("update it, or choose another id");
  }

  static Diagnostic changedMeanwhile(Path file, @Nullable String digest) {
    return error(
            Code.CHANGED_MEANWHILE,
            Place.of(file),
            digest == null
                ? "the file to be changed does not exist"
                : "the file has changed, its digest is %s".formatted(digest))
        .help("read it again, and change what is there now");
  }

  static Diagnostic notWritten(Path file, String reason) {
    return error(
        Code.NOT_WRITTEN, Place.of(file), "the file could not be written: %s".formatted(reason));
  }

  // Folders

  static Diagnostic noScanFolder(Path folder) {
    return error(Code.NO_SCAN_FOLDER, Place.of(folder), "the folder to scan does not exist")
        .inForce("no agent is taken for removed")
        .help("make it, or scan other folders");
  }

  static Diagnostic twoFolders(String id, Path second, Path first) {
    return error(Code.TWO_FOLDERS, Place.of(second), "two folders are called \"%s\"".formatted(id))
        .related(List.of(Place.of(first)))
        .inForce("the first counts")
        .help("rename one of them");
  }

  static Diagnostic notReadable(Path path, String reason) {
    return error(Code.NOT_READABLE, Place.of(path), "this could not be read: %s".formatted(reason))
        .inForce("no agent is taken for removed because of it")
        .help("mend it, or exclude it");
  }

  static Diagnostic nothingToScan(Path file) {
    return error(Code.NOTHING_TO_SCAN, Place.of(file), "no folders to scan are named")
        .help("name them in config.auto_sync.scan_directories");
  }

  static Diagnostic outOfStep(Path file, SyncResult compared) {
    List<String> differences = new ArrayList<>();
    name(differences, "not declared", compared.added());
    name(differences, "elsewhere", compared.updated());
    name(differences, "gone", compared.removed());
    return warning(
            Code.OUT_OF_STEP,
            Place.of(file),
            "the registry is out of step with the folders: " + String.join("; ", differences))
        .help("run \"pirn registry sync\" with --add, --update or --remove, or mend the folders");
  }

  private static void name(List<String> differences, String what, List<String> ids) {
    if (!ids.isEmpty()) {
      String more =
          ids.size() > MOST_NAMED ? " and %d more".formatted(ids.size() - MOST_NAMED) : "";
      String named = ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
      differences.add(what + " are " + named + more);
    }
  }

  // Agents that are alive

  static Diagnostic notAlive(String id, Collection<String> ids) {
    String near = Nearest.didYouMean(Nearest.to(id, ids));
    return error(Code.NOT_ALIVE, null, "no agent \"%s\" is alive".formatted(id))
        .help(near == null ? "register it by a heartbeat: POST /heartbeat" : near);
  }

  static Diagnostic tooManyAgents(int most) {
    return error(
            Code.TOO_MANY_AGENTS,
            null,
            "%s alive already, and there may be no more"
                .formatted(most == 1 ? "1 agent is" : most + " agents are"))
        .inForce("those keep their leases")
        .help("let agents that are not needed say goodbye: DELETE /agents/ID");
  }

  static Diagnostic closing() {
    return error(Code.CLOSING, null, "the registry is being closed")
        .help("try again when the server is back");
  }

  static Diagnostic notCompared(String function) {
    return warning(
            Code.NOT_COMPARED,
            null,
            "schemas are not compared, and \"%s\" expects one".formatted(function))
        .inForce("capability, tags and version decide")
        .help("tell tools with other schemas apart by their versions");
  }

  private static Diagnostic error(Code code, @Nullable Place place, String message) {
    return Diagnostic.error(code.id(), place, message);
  }

  private static Diagnostic warning(Code code, @Nullable Place place, String message) {
    return Diagnostic.warning(code.id(), place, message);
  }
}
