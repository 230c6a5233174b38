package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import dev.pirn.live.Severity;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of every problem of settings and their files.
final class Problems {
  private Problems() {}

  // A file

  static Diagnostic notUtf8(Place place, byte found) {
    return error(
            Code.NOT_UTF8, place, "the file is not UTF-8: the byte 0x%02x".formatted(found & 0xff))
        .help("save it as UTF-8");
  }

  static Diagnostic blankFile(Place place) {
    return error(Code.BLANK_FILE, place, "the file has nothing but white space")
        .help("write its settings, or a comment; to take away what it holds, delete the file");
  }

  static Diagnostic nul(Place place) {
    return error(Code.NUL, place, "a setting cannot have the character NUL")
        .help("if the file was saved as UTF-16, save it as UTF-8");
  }

  static Diagnostic noEquals(Place place) {
    return error(Code.NO_EQUALS, place, "this line is no setting, it has no \"=\"")
        .help("write KEY=value, put # before a comment, or quotes around a value of many lines");
  }

  /// @param key the key, or null if it must not be shown
  static Diagnostic badName(@Nullable String key, @Nullable Place place) {
    String what =
        key == null || key.isEmpty() ? "what stands before \"=\"" : "\"%s\"".formatted(key);
    String near = key == null ? "" : key.strip().replaceAll("[- ]", "_");
    return error(Code.BAD_NAME, place, what + " cannot be a key")
        .hint(EnvParser.isName(near) ? "did you mean \"%s\"?".formatted(near) : null)
        .help("use letters, digits, \"_\" and \".\", not beginning with a digit");
  }

  static Diagnostic unterminated(String key, char quote, Place place) {
    String of = EnvParser.isName(key) ? " of " + key : "";
    return error(Code.UNTERMINATED, place, "nothing ends the quoted value" + of)
        .help("write %s behind it".formatted(quote));
  }

  static Diagnostic afterQuote(String key, Place place) {
    return error(Code.AFTER_QUOTE, place, "something follows the quoted value of " + key)
        .help("put all of the value between the quotes, or a space and # before a comment");
  }

  static Diagnostic badReference(Place place) {
    return error(Code.BAD_REFERENCE, place, "\"${\" begins no reference that is understood here")
        .help("write ${NAME} or ${NAME:-default}; for the text itself, use single quotes");
  }

  static Diagnostic twice(String key, int first, Place place, Place firstPlace) {
    return warning(Code.TWICE, place, "%s is set in line %d too".formatted(key, first))
        .related(List.of(firstPlace))
        .inForce("this line counts")
        .help("take out one of them");
  }

  static Diagnostic more(int count, boolean error) {
    String message =
        count == 1 ? "1 more problem is not shown" : count + " more problems are not shown";
    return new Diagnostic(
        Code.MORE.id(),
        error ? Severity.ERROR : Severity.WARNING,
        message,
        null,
        null,
        List.of(),
        null,
        "mend those above first");
  }

  // References

  static Diagnostic notSet(String name, Place place, Collection<String> names) {
    return warning(Code.NOT_SET, place, name + " is not set, and taken as empty")
        .hint(Nearest.didYouMean(Nearest.to(name, names)))
        .help("set it, or write ${%s:-default}".formatted(name));
  }

  static Diagnostic cycle(List<String> keys, Place place) {
    return error(
            Code.CYCLE,
            place,
            "%s refers to itself: %s".formatted(keys.getFirst(), String.join(" -> ", keys)))
        .help("give one of them a value that does not refer to the others");
  }

  static Diagnostic tooLong(String key, String what, Place place) {
    return error(Code.TOO_LONG, place, "%s refers to %s".formatted(key, what))
        .help("refer to less");
  }

  // Values

  static Diagnostic missing(String key, @Nullable Place place, Collection<String> names) {
    List<String> near = Nearest.to(key, names);
    String meant = near.isEmpty() ? "" : "; " + Nearest.didYouMean(near);
    return error(Code.MISSING, place, key + " is not set, and has no default")
        .help("add %s=...%s".formatted(key, meant));
  }

  static Diagnostic badValue(Setting setting, String expected) {
    return error(
        Code.BAD_VALUE,
        setting.place(),
        "%s must be %s, found %s%s"
            .formatted(
                setting.key(),
                expected,
                setting.quoted(),
                setting.place() == null ? " in the " + setting.origin() : ""));
  }

  static Diagnostic noUnit(Setting setting) {
    return Diagnostic.info(
            Code.BAD_VALUE.id(),
            setting.place(),
            "%s has no unit, and is taken as milliseconds".formatted(setting.key()))
        .help("write the unit: ms, s, m, h or d");
  }

  static Diagnostic refused(String reason) {
    return error(Code.REFUSED, null, reason).help("mend the values that it names");
  }

  // Writing

  static Diagnostic unknownKey(String key, boolean inherited, Collection<String> names) {
    return inherited
        ? error(Code.UNKNOWN_KEY, null, key + " is set by the environment, not by a file")
            .help("take it out where the program is started, or set another value in a file")
        : error(Code.UNKNOWN_KEY, null, "no file sets " + key)
            .help(Nearest.didYouMean(Nearest.to(key, names)));
  }

  static Diagnostic changedMeanwhile(Path file, String digest) {
    return error(
            Code.CHANGED_MEANWHILE,
            Place.of(file),
            "the settings have changed, their digest is " + digest)
        .help("read them again, and change what is there now");
  }

  static Diagnostic overtaken(Path file) {
    return error(
            Code.CHANGED_MEANWHILE,
            Place.of(file),
            "the file has changed, and what it says now is not in force yet")
        .help("try again, and look at what is reported of the file");
  }

  static Diagnostic notWritten(Path file, String reason) {
    return error(
            Code.NOT_WRITTEN, Place.of(file), "the file could not be written: %s".formatted(reason))
        .help("mend what the message names, and try again");
  }

  static Diagnostic cannotBeSaid(String key) {
    return error(Code.CANNOT_BE_SAID, null, "the value of %s cannot stand in a file".formatted(key))
        .help("take out the character NUL, and halves of surrogate pairs");
  }

  // Winners

  static Diagnostic unreadable(Code code, Path file, String reason) {
    return error(code, Place.of(file), "the file cannot be read: " + reason)
        .help("mend what the message names");
  }

  /// What is wrong with its syntax, without its lines.
  static Diagnostic badWinner(Diagnostic syntax) {
    Place place = syntax.place();
    return error(
            Code.BAD_WINNER,
            place == null ? null : Winner.hidden(place),
            "the winner is not JSON (%s)".formatted(syntax.code()))
        .help("write {\"best\": {\"params\": {...}, \"fitness\": 0.9}}");
  }

  static Diagnostic noParams(Place place) {
    return error(Code.BAD_WINNER, place, "the winner has no parameters")
        .help("write {\"best\": {\"params\": {...}, \"fitness\": 0.9}}");
  }

  static Diagnostic noSingleValue(String name, Place place) {
    return error(
            Code.BAD_WINNER, place, "the parameter \"%s\" is not a single value".formatted(name))
        .help("give it a number, a text, true or false");
  }

  /// What is wrong with a map in which bounds of a secret may stand, without its lines and words.
  static Diagnostic badMap(Diagnostic yaml) {
    Place place = yaml.place();
    return error(
            Code.BAD_MAP,
            place == null ? null : Winner.hidden(place),
            "the map is broken (%s)".formatted(yaml.code()))
        .help("look up the code; nothing of the map is shown, as it names a secret");
  }

  static Diagnostic withoutLines(Diagnostic said) {
    Place place = said.place();
    return new Diagnostic(
        said.code(),
        said.severity(),
        said.message(),
        place == null ? null : Winner.hidden(place),
        said.hint(),
        said.related().stream().map(Winner::hidden).toList(),
        said.inForce(),
        said.help());
  }

  static Diagnostic keyTwice(String key, Place place, Place first) {
    return error(Code.BAD_MAP, place, "two parameters set %s".formatted(key))
        .related(List.of(first))
        .help("take out one of them");
  }

  static Diagnostic notMapped(String name, Place place, Collection<String> names) {
    List<String> near = Nearest.to(name, names);
    String meant = near.isEmpty() ? "" : "; " + Nearest.didYouMean(near);
    return error(
            Code.NOT_MAPPED, place, "the map does not have the parameter \"%s\"".formatted(name))
        .inForce("nothing was changed")
        .help("add it under \"parameters\"" + meant);
  }

  static Diagnostic outOfBounds(
      String name, String key, String expected, String found, Place place) {
    return error(
            Code.OUT_OF_BOUNDS,
            place,
            "the parameter \"%s\" (%s) must be %s, found %s".formatted(name, key, expected, found))
        .inForce("nothing was changed")
        .help("if the value is meant, move the bounds in the map");
  }

  /// @param value null if the winner does not have it
  /// @param expected null if the winner does not have it
  static Diagnostic metric(
      String name, @Nullable String value, @Nullable String expected, Place place) {
    String message =
        value == null
            ? "the winner does not have the metric \"%s\"".formatted(name)
            : "the metric \"%s\" must be %s, found %s".formatted(name, expected, value);
    return error(Code.METRIC, place, message)
        .inForce("nothing was changed")
        .help("find a better winner, or change what the map asks for");
  }

  static Diagnostic otherExperiment(String found, String expected, Place place) {
    return error(
            Code.OTHER_EXPERIMENT,
            place,
            "the winner is of the experiment \"%s\", the map for \"%s\"".formatted(found, expected))
        .inForce("nothing was changed")
        .help("take the map of its experiment");
  }

  static Diagnostic notRecorded(String what, String reason) {
    return warning(Code.NOT_RECORDED, null, "%s could not be recorded: %s".formatted(what, reason))
        .inForce("the settings are as the changes say")
        .help("mend the folder .pirn; until then the same winner is applied again");
  }

  static Diagnostic error(Code code, @Nullable Place place, String message) {
    return Diagnostic.error(code.id(), place, message);
  }

  static Diagnostic warning(Code code, @Nullable Place place, String message) {
    return Diagnostic.warning(code.id(), place, message);
  }
}
