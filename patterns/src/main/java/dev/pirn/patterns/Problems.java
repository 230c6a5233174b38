package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The words of every problem that this module reports.
final class Problems {
  private Problems() {}

  // One pattern

  static Diagnostic badName(String name, @Nullable Place place) {
    return error(Code.BAD_NAME, place, "\"%s\" cannot be a pattern's name".formatted(name))
        .help(Names.RULE);
  }

  static Diagnostic blank(String key, Place place) {
    return error(Code.BLANK, place, "\"%s\" must not be blank".formatted(key))
        .help("say what it belongs to, in a word");
  }

  static Diagnostic badType(String type, Place place) {
    List<String> near = Nearest.to(type.replaceFirst("\\[.*", ""), ParameterTypes.NAMES);
    return error(Code.BAD_TYPE, place, "\"%s\" is no type of a parameter".formatted(type))
        .hint(Nearest.didYouMean(near))
        .help(
            "write string, integer, number, boolean, object, array, map or enum, or array[string],"
                + " map[string, integer], enum[a, b]");
  }

  static Diagnostic badPriority(String priority, Place place) {
    return error(
        Code.BAD_PRIORITY, place, "a priority is from 0 to 100, found %s".formatted(priority));
  }

  static Diagnostic unknownKey(String key, Place place) {
    return warning(Code.UNKNOWN_KEY, place, "a pattern has no key \"%s\"".formatted(key))
        .help("it is kept as plain data under \"extra\"; if it is meant so, leave it");
  }

  static Diagnostic notRecommended(List<String> missing, Place place) {
    String keys = missing.stream().map("\"%s\""::formatted).collect(Collectors.joining(" and "));
    return warning(Code.NOT_RECOMMENDED, place, "the pattern has no " + keys)
        .help("people and models choose by it");
  }

  static Diagnostic nothingForFunction(String function, Place place) {
    return warning(
            Code.NOTHING_FOR_FUNCTION,
            place,
            "\"%s\" is named, but there is neither a template nor an example".formatted(function))
        .help("add one under \"templates\" or \"examples\", so that a model knows how to use it");
  }

  static Diagnostic otherStem(String name, String stem, Place place) {
    return warning(
            Code.OTHER_STEM,
            place,
            "the pattern is called \"%s\", its file \"%s\"".formatted(name, stem))
        .help("the name counts; give the file the same name so that people find it");
  }

  // A bundle

  static Diagnostic otherKind(String kind, Place place) {
    return warning(Code.OTHER_KIND, place, "not a pattern file: its kind is \"%s\"".formatted(kind))
        .help("move it out of the library, or exclude it");
  }

  static Diagnostic noPattern(String kind, Place place) {
    return error(Code.OTHER_KIND, place, "not a pattern file: its kind is \"%s\"".formatted(kind))
        .help("a pattern has no kind, a bundle has kind: " + BundleReader.KIND);
  }

  static Diagnostic misspeltKind(String kind, Place place) {
    return error(Code.MISSPELT_KIND, place, "unknown kind \"%s\"".formatted(kind))
        .hint("did you mean \"%s\"?".formatted(BundleReader.KIND));
  }

  static Diagnostic apiVersion(String version, Place place) {
    return error(Code.API_VERSION, place, "unknown version \"%s\" of bundles".formatted(version))
        .help("write apiVersion: " + BundleReader.API_VERSION);
  }

  static Diagnostic unlistedDomain(String domain, Place place) {
    return warning(Code.UNLISTED_DOMAIN, place, "\"%s\" is not a usual domain".formatted(domain))
        .hint(Nearest.didYouMean(Nearest.to(domain, BundleReader.DOMAINS)))
        .help("usual are " + String.join(", ", BundleReader.DOMAINS));
  }

  static Diagnostic noEntries(@Nullable Place place) {
    return error(Code.NO_ENTRIES, place, "a bundle needs at least one entry");
  }

  static Diagnostic noContent(String name, Place place) {
    return error(
        Code.NO_CONTENT,
        place,
        "\"%s\" needs a \"template\", an \"example\" or a \"rule\"".formatted(name));
  }

  static Diagnostic moreContent(String name, String taken, List<String> left, Place place) {
    return warning(
            Code.MORE_CONTENT,
            place,
            "\"%s\" has more than one content, only its %s counts".formatted(name, taken))
        .help(
            "take out its %s, or make it an entry of its own"
                .formatted(String.join(" and ", left)));
  }

  static Diagnostic entryTwice(String name, Place place, Place first) {
    return error(Code.ENTRY_TWICE, place, "two entries are called \"%s\"".formatted(name))
        .related(List.of(first))
        .help("rename one of them");
  }

  static Diagnostic badVariable(String name, @Nullable Place place) {
    return error(
            Code.BAD_VARIABLE, place, "\"%s\" cannot be an environment variable".formatted(name))
        .help("use letters, digits and \"_\", not beginning with a digit");
  }

  static Diagnostic variableNotSet(String name, @Nullable Place place) {
    return error(
            Code.VARIABLE_NOT_SET, place, "the environment variable %s is not set".formatted(name))
        .help("set it where Pirn is started, or give it a default here");
  }

  // A library

  static Diagnostic nameTaken(Candidate hidden, Candidate inForce) {
    return error(
            Code.NAME_TAKEN,
            hidden.definition().namePlace(),
            "the name \"%s\" is already taken".formatted(hidden.name()))
        .related(List.of(inForce.definition().namePlace()))
        .inForce(inForce(inForce))
        .help("rename one of them");
  }

  static Diagnostic entryHidden(Candidate hidden, Candidate inForce) {
    return warning(
            Code.ENTRY_HIDDEN,
            hidden.definition().namePlace(),
            "the entry \"%s\" stands back behind the pattern file of that name"
                .formatted(hidden.name()))
        .related(List.of(inForce.definition().namePlace()))
        .inForce(inForce(inForce))
        .help("if both are meant, rename one of them");
  }

  private static String inForce(Candidate candidate) {
    return "\"%s\" of %s is in force".formatted(candidate.name(), candidate.loaded().path());
  }

  static Diagnostic dangling(String related, Place place, List<String> near) {
    return warning(
            Code.DANGLING, place, "there is no pattern \"%s\" to be related to".formatted(related))
        .hint(Nearest.didYouMean(near));
  }

  static Diagnostic notFound(String name, List<String> near) {
    return error(Code.NOT_FOUND, null, "pattern not found: %s".formatted(name))
        .help(near.isEmpty() ? null : Nearest.didYouMean(near));
  }

  static Diagnostic fileNotFound(String asked, List<String> near) {
    return error(Code.FILE_NOT_FOUND, null, "pattern file not found: %s".formatted(asked))
        .help(near.isEmpty() ? null : Nearest.didYouMean(near));
  }

  // A new file

  static Diagnostic otherName(String asked, String found, Place place) {
    return error(
            Code.OTHER_NAME,
            place,
            "the content is called \"%s\", the file shall be \"%s\"".formatted(found, asked))
        .help("give both the same name");
  }

  static Diagnostic exists(String name, Path file) {
    return error(Code.EXISTS, Place.of(file), "there is already a pattern \"%s\"".formatted(name))
        .help("to replace it, give the digest of what is to be replaced (If-Match)");
  }

  static Diagnostic changedMeanwhile(Path file, @Nullable String digest) {
    return error(
            Code.CHANGED_MEANWHILE,
            Place.of(file),
            digest == null
                ? "the file to be replaced does not exist"
                : "the file has changed, its digest is %s".formatted(digest))
        .help("read it again, and replace what is there now");
  }

  static Diagnostic tooLarge(long size, long most) {
    return error(
        Code.TOO_LARGE,
        null,
        "a pattern file has at most %d bytes, found %d".formatted(most, size));
  }

  static Diagnostic badFolder(String folder, String reason) {
    return error(
            Code.BAD_FOLDER, null, "cannot write to folder \"%s\": %s".formatted(folder, reason))
        .help("name a folder below the library's root, such as sql/quality");
  }

  static Diagnostic notWritten(Path file, String reason) {
    return error(
        Code.NOT_WRITTEN, Place.of(file), "the file could not be written: %s".formatted(reason));
  }

  private static Diagnostic error(Code code, @Nullable Place place, String message) {
    return Diagnostic.error(code.id(), place, message);
  }

  private static Diagnostic warning(Code code, @Nullable Place place, String message) {
    return Diagnostic.warning(code.id(), place, message);
  }
}
