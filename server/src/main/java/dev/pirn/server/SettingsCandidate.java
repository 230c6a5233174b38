package dev.pirn.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The settings that a configuration asks for, before they are in force.
///
/// A configuration that asks for other settings has to open them first, as one of its checks. If
/// their files are broken it is refused, as nothing of them would be in force; they stay open then,
/// so that the configuration is tried again when they have been mended.
final class SettingsCandidate implements AutoCloseable {
  private final LiveSettings live;
  private final Runnable tryAgain;

  @GuardedBy("this")
  private @Nullable OpenSettings prepared;

  SettingsCandidate(LiveSettings live, Runnable tryAgain) {
    this.live = live;
    this.tryAgain = tryAgain;
  }

  Verdict check(SettingsSpec wanted) {
    if (wanted.equals(live.spec())) {
      prepare(null);
      return Verdict.ok();
    }
    OpenSettings next = wanted.open();
    prepare(next);
    List<Diagnostic> errors = next.errors();
    if (errors.isEmpty()) {
      return Verdict.ok();
    }
    next.settings().live().onChange(_ -> tryAgain.run());
    return Verdict.of(errors);
  }

  /// Puts in force what a configuration asks for.
  void takeUp(SettingsSpec wanted) {
    if (wanted.equals(live.spec())) {
      return;
    }
    OpenSettings next = swap(null);
    if (next == null || !next.spec().equals(wanted)) {
      // Configurations followed each other so fast that the one prepared is for another.
      if (next != null) {
        next.close();
      }
      next = wanted.open();
    }
    live.replace(next);
  }

  private void prepare(@Nullable OpenSettings next) {
    OpenSettings unused = swap(next);
    if (unused != null) {
      unused.close();
    }
  }

  private synchronized @Nullable OpenSettings swap(@Nullable OpenSettings next) {
    OpenSettings before = prepared;
    prepared = next;
    return before;
  }

  @Override
  public void close() {
    prepare(null);
  }
}
