package dev.pirn.settings;

/// The codes of everything that this module reports, one for each kind of problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/settings.md`.
enum Code {
  NOT_UTF8("PIRN-E001"),
  BLANK_FILE("PIRN-E002"),
  NUL("PIRN-E003"),
  NO_EQUALS("PIRN-E004"),
  BAD_NAME("PIRN-E005"),
  UNTERMINATED("PIRN-E006"),
  AFTER_QUOTE("PIRN-E007"),
  BAD_REFERENCE("PIRN-E008"),
  TWICE("PIRN-E009"),
  MORE("PIRN-E010"),

  NOT_SET("PIRN-E011"),
  CYCLE("PIRN-E012"),
  TOO_LONG("PIRN-E013"),

  MISSING("PIRN-E020"),
  BAD_VALUE("PIRN-E021"),
  REFUSED("PIRN-E022"),

  UNKNOWN_KEY("PIRN-E030"),
  CHANGED_MEANWHILE("PIRN-E031"),
  NOT_WRITTEN("PIRN-E032"),
  CANNOT_BE_SAID("PIRN-E033"),

  BAD_WINNER("PIRN-E040"),
  BAD_MAP("PIRN-E041"),
  NOT_MAPPED("PIRN-E042"),
  OUT_OF_BOUNDS("PIRN-E043"),
  METRIC("PIRN-E044"),
  OTHER_EXPERIMENT("PIRN-E045"),
  NOT_RECORDED("PIRN-E046");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-E005`.
  String id() {
    return id;
  }
}
