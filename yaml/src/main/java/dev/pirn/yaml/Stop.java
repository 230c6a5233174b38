package dev.pirn.yaml;

/// Ends the reading of a file at the event in work, for a reason that allows no going on. Never
/// leaves [NodeReader].
final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String message;
  private final String help;

  Stop(Code code, String message, String help) {
    super(message, null, false, false);
    this.code = code;
    this.message = message;
    this.help = help;
  }

  Code code() {
    return code;
  }

  String message() {
    return message;
  }

  String help() {
    return help;
  }
}
