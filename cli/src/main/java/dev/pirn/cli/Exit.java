package dev.pirn.cli;

/// The exit codes of all commands.
final class Exit {
  /// It is done.
  static final int DONE = 0;

  /// It failed, or what was looked at is not valid.
  static final int FAILED = 1;

  /// The command cannot be understood.
  static final int USAGE = 2;

  /// Valid, but with warnings, where `--strict` was given.
  static final int WARNINGS = 3;

  private Exit() {}
}
