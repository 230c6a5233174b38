package dev.pirn.agents;

/// The codes of everything that this module reports of what an agent is, one for each kind of
/// problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/agents.md`.
enum Code {
  BAD_NAME("PIRN-A001"),
  TWO_AGENTS("PIRN-A002"),
  NO_AGENT("PIRN-A003"),
  NO_FOLDER("PIRN-A004"),
  NOT_READABLE("PIRN-A005"),
  NO_COMMAND("PIRN-A006"),
  NO_INTERPRETER("PIRN-A007"),
  MAVEN("PIRN-A008"),

  EITHER("PIRN-A010"),
  NO_FILE("PIRN-A011"),
  BAD_COMMAND("PIRN-A012"),
  BAD_READINESS("PIRN-A013"),
  BAD_VALUE("PIRN-A014"),
  NOT_SET("PIRN-A015"),
  NOT_ENFORCED("PIRN-A016"),
  UNKNOWN_AGENT("PIRN-A017"),
  CYCLE("PIRN-A018"),

  BAD_PATTERN("PIRN-A020"),
  OUTSIDE("PIRN-A021"),

  BAD_VARIABLE("PIRN-A030"),
  NO_UNIT("PIRN-A031"),
  NOT_USED("PIRN-A032"),

  CODE("PIRN-A040"),
  NO_MAIN("PIRN-A041"),
  NO_COMPILER("PIRN-A042"),
  NOT_WRITTEN("PIRN-A043"),

  EXISTS("PIRN-A050"),
  NOT_FOUND("PIRN-A051"),

  MORE("PIRN-A099");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-A010`.
  String id() {
    return id;
  }
}
