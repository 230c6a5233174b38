package dev.pirn.cli;

/// The codes of everything that the command line itself reports, one for each kind of problem.
///
/// A code never changes its meaning. Each is explained in `docs/guide/cli.md`.
enum Code {
  NO_SERVER("PIRN-K001"),
  NO_ANSWER("PIRN-K002"),
  NO_FOLDER("PIRN-K003"),
  SERVER_REFUSED("PIRN-K004"),
  NO_DEVICES("PIRN-K005"),

  USAGE("PIRN-K010"),
  BAD_VALUE("PIRN-K011"),
  NO_SUCH_KEY("PIRN-K012"),
  BAD_INPUT("PIRN-K013"),

  NOT_WRITTEN("PIRN-K020"),
  OUTPUT_FAILED("PIRN-K021"),

  REJECTED("PIRN-K030"),
  NOT_SUPERVISED("PIRN-K031"),
  NOT_ENDED("PIRN-K032"),
  NO_ADDRESS("PIRN-K033"),
  NO_COMMAND("PIRN-K034"),
  NOT_STARTED("PIRN-K035"),

  /// As the module of agents says it.

  UNEXPECTED("PIRN-K099");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  /// The stable code, such as `PIRN-K001`.
  String id() {
    return id;
  }
}
