package dev.pirn.patterns;

/// The codes of everything that this module reports, one for each kind of problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/patterns.md`.
enum Code {
  BAD_NAME("PIRN-P001"),
  BLANK("PIRN-P002"),
  BAD_TYPE("PIRN-P003"),
  BAD_PRIORITY("PIRN-P004"),
  UNKNOWN_KEY("PIRN-P005"),
  NOT_RECOMMENDED("PIRN-P006"),
  NOTHING_FOR_FUNCTION("PIRN-P007"),
  OTHER_STEM("PIRN-P008"),

  OTHER_KIND("PIRN-P010"),
  MISSPELT_KIND("PIRN-P011"),
  API_VERSION("PIRN-P012"),
  UNLISTED_DOMAIN("PIRN-P013"),
  NO_ENTRIES("PIRN-P014"),
  NO_CONTENT("PIRN-P015"),
  MORE_CONTENT("PIRN-P016"),
  ENTRY_TWICE("PIRN-P017"),
  BAD_VARIABLE("PIRN-P018"),
  VARIABLE_NOT_SET("PIRN-P019"),

  NAME_TAKEN("PIRN-P020"),
  ENTRY_HIDDEN("PIRN-P021"),
  DANGLING("PIRN-P022"),

  NOT_FOUND("PIRN-P030"),
  FILE_NOT_FOUND("PIRN-P031"),

  OTHER_NAME("PIRN-P040"),
  EXISTS("PIRN-P041"),
  CHANGED_MEANWHILE("PIRN-P042"),
  TOO_LARGE("PIRN-P043"),
  BAD_FOLDER("PIRN-P044"),
  NOT_WRITTEN("PIRN-P045");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-P020`.
  String id() {
    return id;
  }
}
