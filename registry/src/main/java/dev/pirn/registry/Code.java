package dev.pirn.registry;

/// The codes of everything that this module reports, one for each kind of problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/registry.md`.
enum Code {
  NO_AGENTS("PIRN-R001"),
  BAD_ID("PIRN-R002"),
  BAD_CATEGORY("PIRN-R003"),
  BAD_ENVIRONMENT("PIRN-R004"),
  NO_REASON("PIRN-R005"),
  DANGLING("PIRN-R006"),
  REQUIRED_FIELD("PIRN-R007"),
  UNKNOWN_FIELD("PIRN-R008"),
  SAYS_LITTLE("PIRN-R009"),
  NO_FOLDER("PIRN-R010"),
  NOT_FOLLOWED("PIRN-R011"),

  NOT_FOUND("PIRN-R020"),
  NOT_OFFERED("PIRN-R021"),

  EXISTS("PIRN-R030"),
  CHANGED_MEANWHILE("PIRN-R031"),
  NOT_WRITTEN("PIRN-R032"),

  NO_SCAN_FOLDER("PIRN-R040"),
  TWO_FOLDERS("PIRN-R041"),
  NOTHING_TO_SCAN("PIRN-R042"),
  NOT_READABLE("PIRN-R043"),
  OUT_OF_STEP("PIRN-R044"),

  NOT_ALIVE("PIRN-R050"),
  TOO_MANY_AGENTS("PIRN-R051"),
  CLOSING("PIRN-R052"),
  NOT_COMPARED("PIRN-R053"),

  MORE("PIRN-R099");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-R020`.
  String id() {
    return id;
  }
}
