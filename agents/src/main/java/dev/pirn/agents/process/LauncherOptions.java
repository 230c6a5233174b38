package dev.pirn.agents.process;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/// How a [Launcher] works.
///
/// @param guardian whether a guardian ends everything when this process is killed
/// @param adopting whether orphans become children of this process, so that nothing escapes; only
///   for a process all of whose children the launcher starts, because the exit codes of others
///   would be lost
/// @param portable whether to do without what only Linux has
/// @param closeGrace the grace with which closing stops what still runs
/// @param trouble is told what goes wrong without stopping anything; any thread may call it, it
///   must not block
public record LauncherOptions(
    boolean guardian,
    boolean adopting,
    boolean portable,
    Duration closeGrace,
    Consumer<String> trouble) {
  /// Checks.
  public LauncherOptions {
    Objects.requireNonNull(trouble, "trouble");
    if (closeGrace.isNegative()) {
      throw new IllegalArgumentException("the grace must not be negative, was " + closeGrace);
    }
  }

  /// With a guardian, 5 s of grace, and nothing that concerns other parts of the process.
  public static LauncherOptions of(Consumer<String> trouble) {
    return new LauncherOptions(true, false, false, Duration.ofSeconds(5), trouble);
  }

  /// With or without a guardian.
  public LauncherOptions withGuardian(boolean whether) {
    return new LauncherOptions(whether, adopting, portable, closeGrace, trouble);
  }

  /// Adopting or not.
  public LauncherOptions withAdopting(boolean whether) {
    return new LauncherOptions(guardian, whether, portable, closeGrace, trouble);
  }

  /// Portable or not.
  public LauncherOptions withPortable(boolean whether) {
    return new LauncherOptions(guardian, adopting, whether, closeGrace, trouble);
  }

  /// Another grace for closing.
  public LauncherOptions withCloseGrace(Duration grace) {
    return new LauncherOptions(guardian, adopting, portable, grace, trouble);
  }
}
