package dev.pirn.agents;

import dev.pirn.live.Place;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a change of one file does to one agent, and by which rule.
///
/// @param effect what it does
/// @param rule the rule in words: `exclude "build/"`, `the program that is run`
/// @param origin what says so: `.meshwatch:3`, `default of python`, the name of a variable
/// @param place where the rule stands, or null if that is in no file
public record WatchVerdict(Effect effect, String rule, String origin, @Nullable Place place) {
  /// What a change of a file does to an agent.
  public enum Effect {
    /// The agent is restarted, in its mode.
    RESTART("restarts"),
    /// The file says how the agent is run. It is read anew, and the agent is restarted if that has
    /// changed.
    DEFINITION("read anew"),
    /// The change is reported, and does nothing.
    LOG_ONLY("log only"),
    /// A rule says that the file does not matter.
    IGNORED("ignored"),
    /// No rule says that the file matters.
    NOT_WATCHED("not watched");

    private final String words;

    Effect(String words) {
      this.words = words;
    }

    /// The words that people see.
    public String words() {
      return words;
    }
  }

  public WatchVerdict {
    Objects.requireNonNull(effect, "effect");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(origin, "origin");
  }

  WatchVerdict(Effect effect, String rule, String origin) {
    this(effect, rule, origin, null);
  }

  static WatchVerdict by(Effect effect, String list, PathPattern pattern) {
    return new WatchVerdict(
        effect, "%s \"%s\"".formatted(list, pattern), pattern.origin(), pattern.place());
  }

  /// Whether somebody who watches has to be told of the change at all.
  public boolean matters() {
    return switch (effect) {
      case RESTART, DEFINITION, LOG_ONLY -> true;
      case IGNORED, NOT_WATCHED -> false;
    };
  }

  /// `restarts: include "**/*.py" (.meshwatch:3)`.
  @Override
  public String toString() {
    return "%s: %s (%s)".formatted(effect.words(), rule, origin);
  }
}
