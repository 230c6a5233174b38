package dev.pirn.yaml;

/// Ends the reading of a file at the event in work, for a reason that allows no going on. Never
/// leaves [NodeReader].
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String help;

  Stop(Code code, String message, String help) {
    super(message, null, false, false);
    this.code = code;
    this.help = help;
  }

  Code code() {
    return code;
  }

  String help() {
    return help;
  }
}
