package dev.pirn.server;

/// The codes of everything that this module reports, one for each kind of problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/server.md`.
enum Code {
  REMOTE_HOST("PIRN-S001"),
  BAD_DEBOUNCE("PIRN-S002"),
  NO_UNIT("PIRN-S003"),
  NO_FOLDER("PIRN-S004"),
  NEEDS_RESTART("PIRN-S005"),
  WOULD_LOSE("PIRN-S006"),
  NO_FILE("PIRN-S007"),

  NO_WORKSPACE("PIRN-S010"),
  ALREADY_RUNNING("PIRN-S011"),
  PORT_TAKEN("PIRN-S012"),
  CANNOT_LISTEN("PIRN-S013"),
  STATE_FOLDER("PIRN-S014"),

  BAD_PATH("PIRN-S020"),
  FOREIGN_HOST("PIRN-S021"),
  FOREIGN_ORIGIN("PIRN-S022"),
  NO_TOKEN("PIRN-S023"),
  NO_ROUTE("PIRN-S024"),
  WRONG_METHOD("PIRN-S025"),
  BODY_TOO_LARGE("PIRN-S026"),
  BAD_PARAMETER("PIRN-S027"),
  BAD_BODY("PIRN-S028"),
  WRONG_TYPE("PIRN-S029"),
  TOO_SLOW("PIRN-S030"),
  NOT_KEPT("PIRN-S031"),
  BROKEN_REQUEST("PIRN-S032"),
  AGENTS_OFF("PIRN-S033"),
  AGENTS_FAILED("PIRN-S034"),
  AGENTS_BUSY("PIRN-S035"),
  NOT_LET_IN("PIRN-S036"),
  OLD_LINK("PIRN-S037"),
  FAILED("PIRN-S039");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-S011`.
  String id() {
    return id;
  }
}
