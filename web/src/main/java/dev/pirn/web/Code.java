package dev.pirn.web;

/// The codes of everything that this module reports, one for each kind of problem.
///
/// A code never changes its meaning. Each has a heading in `docs/guide/errors/web.md`.
enum Code {
  FOREIGN_PAGE("PIRN-B001"),
  NOT_A_SOCKET("PIRN-B002"),
  TOO_MANY("PIRN-B003"),
  BAD_PATH("PIRN-B004"),
  NOT_KEPT("PIRN-B005"),
  NOTHING_THERE("PIRN-B006"),
  NO_ANSWER("PIRN-B007"),
  LOOP("PIRN-B008");

  private final String id;

  Code(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }
}
