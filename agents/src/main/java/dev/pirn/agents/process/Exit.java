package dev.pirn.agents.process;

import java.util.OptionalInt;

/// How a process ended.
///
/// @param code what it returned; 128 and the signal's number when a signal ended it
/// @param byUs whether we had sent it that signal
public record Exit(int code, boolean byUs) {
  private static final int SIGNALLED = 128;
  private static final int LAST_SIGNAL = 64;

  /// The signal that ended it, or of which the program says so by its code.
  public OptionalInt signal() {
    return code > SIGNALLED && code <= SIGNALLED + LAST_SIGNAL
        ? OptionalInt.of(code - SIGNALLED)
        : OptionalInt.empty();
  }

  /// Whether it ended as it was to: with code 0, or by a signal of ours.
  public boolean clean() {
    return code == 0 || byUs;
  }

  @Override
  public String toString() {
    if (signal().isEmpty()) {
      return "exit code " + code;
    }
    return "signal " + name(signal().getAsInt()) + (byUs ? ", sent by us" : "");
  }

  private static String name(int number) {
    for (Signal signal : Signal.values()) {
      if (signal.number() == number) {
        return signal.name();
      }
    }
    return switch (number) {
      case 4 -> "ILL";
      case 6 -> "ABRT";
      case 7 -> "BUS";
      case 8 -> "FPE";
      case 11 -> "SEGV";
      case 13 -> "PIPE";
      case 14 -> "ALRM";
      default -> Integer.toString(number);
    };
  }
}
