package dev.pirn.yaml;

/// The codes of everything that this module reports, one for each kind of problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/yaml.md`.
enum Code {
  NOT_TEXT("PIRN-Y001"),
  NOT_UTF_8("PIRN-Y002"),
  BROKEN_UTF_8("PIRN-Y003"),
  CONTROL_CHARACTER("PIRN-Y004"),
  TOO_LARGE("PIRN-Y005"),
  EMPTY("PIRN-Y006"),

  SYNTAX("PIRN-Y010"),
  TAB("PIRN-Y011"),
  QUOTES("PIRN-Y012"),
  NEEDS_QUOTES("PIRN-Y013"),
  NO_SPACE("PIRN-Y014"),
  INDENTATION("PIRN-Y015"),
  SECOND_DOCUMENT("PIRN-Y016"),
  LIST_IN_TEXT("PIRN-Y017"),

  DUPLICATE_KEY("PIRN-Y020"),
  KEY_NOT_TEXT("PIRN-Y021"),
  MERGE_KEY("PIRN-Y022"),
  TAG("PIRN-Y023"),
  UNKNOWN_ALIAS("PIRN-Y024"),
  ENDLESS_ALIAS("PIRN-Y025"),
  TOO_MANY_ALIASES("PIRN-Y026"),
  ALIASES_TOO_LARGE("PIRN-Y027"),
  TOO_DEEP("PIRN-Y028"),

  UNKNOWN_KEY("PIRN-Y030"),
  MISSING_KEY("PIRN-Y031"),
  WRONG_KIND("PIRN-Y032"),
  WRONG_VALUE("PIRN-Y033"),
  OUT_OF_RANGE("PIRN-Y034"),
  NOT_ALLOWED("PIRN-Y035"),
  KEY_NOT_USED("PIRN-Y036"),
  NO_UNIT("PIRN-Y037"),
  LISTED_TWICE("PIRN-Y038"),
  REFUSED("PIRN-Y039"),
  SIMILAR_KEY("PIRN-Y040"),
  TEXT_LENGTH("PIRN-Y041"),
  NOT_QUOTED("PIRN-Y042"),
  ITEMS("PIRN-Y043"),

  BEHIND_ALIAS("PIRN-Y050"),
  NOT_EDITED("PIRN-Y051"),

  MORE("PIRN-Y099");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-Y020`.
  String id() {
    return id;
  }
}
