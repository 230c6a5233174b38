package dev.pirn.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Decides what pages are told of: every change at once, or each when the tests have passed.
///
/// **Threading.** All methods may be called by any thread; listeners are called under no lock.
final class TestGate {
  /// What there is to say, as the plan protocol has it.
  private static final String RUNNING = "running";

  private final @Nullable TestCommand command;
  private final boolean holds;
  private final Consumer<String> says;
  private final Runnable opened;
  private volatile Standing told;
  private volatile @Nullable String said;

  @GuardedBy("this")
  private Standing newest;

  @GuardedBy("this")
  private boolean running;

  /// @param command null for no tests
  /// @param holds whether changes wait for the tests
  /// @param says is told how the tests are, as a message for pages
  /// @param opened is called when there is more to tell
  TestGate(
      Standing first,
      @Nullable TestCommand command,
      boolean holds,
      Consumer<String> says,
      Runnable opened) {
    this.told = first;
    this.newest = first;
    this.command = command;
    this.holds = holds && command != null;
    this.says = says;
    this.opened = opened;
  }

  /// What pages are told of.
  Standing told() {
    return told;
  }

  /// How the tests are, as a message for pages; null if nothing is known.
  @Nullable String said() {
    return said;
  }

  /// There is something new.
  void changed(Standing standing) {
    boolean begin;
    synchronized (this) {
      if (standing.seq() <= newest.seq()) {
        return;
      }
      newest = standing;
      if (!holds) {
        told = standing;
      }
      begin = command != null && !running;
      running |= begin;
    }
    if (!holds) {
      opened.run();
    }
    if (begin) {
      run(standing);
    }
  }

  private void run(Standing standing) {
    TestCommand tests = command;
    if (tests != null) {
      say(RUNNING, "", standing.seq());
      tests.run(outcome -> done(standing, outcome));
    }
  }

  private void done(Standing tested, TestCommand.Outcome outcome) {
    Standing next;
    synchronized (this) {
      next = newest;
      running = next != tested;
    }
    if (next != tested) {
      // What has been tested is old; only how the newest is counts.
      run(next);
      return;
    }
    say(outcome.passed() ? "ok" : "failed", outcome.text(), tested.seq());
    if (holds && outcome.passed()) {
      told = tested;
      opened.run();
    }
  }

  private void say(String state, String text, long seq) {
    String message =
        new JsonObject()
            .put("t", "tests")
            .put("state", state)
            .put("text", text)
            .put("seq", seq)
            .encode();
    said = message;
    says.accept(message);
  }
}
