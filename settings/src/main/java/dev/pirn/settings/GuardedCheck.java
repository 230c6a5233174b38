package dev.pirn.settings;

import dev.pirn.live.Check;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.live.Verdict;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A check of whoever uses this module, whose words may quote any value: what it says and what it
/// throws is told without secrets.
///
/// @param part what of the values it looks at
record GuardedCheck<C>(Function<Values, C> part, Check<? super C> check) implements Check<Values> {
  @Override
  public Verdict check(Values candidate) {
    if (Diagnostic.anyError(candidate.unbound())) {
      // Refused already, and what it wants to look at may not be there.
      return Verdict.ok();
    }
    try {
      List<Diagnostic> said = check.check(part.apply(candidate)).diagnostics();
      return Verdict.of(said.stream().map(it -> scrub(it, candidate)).toList());
    } catch (Throwable e) {
      // Whatever it throws is a refusal; its stack trace could quote a secret.
      return Verdict.of(List.of(Problems.refused(words("a check", e, candidate))));
    }
  }

  static String words(String who, Throwable thrown, Values values) {
    String said = message(thrown);
    String kind = thrown.getClass().getSimpleName();
    String all = kind + ": " + said;
    if (said == null) {
      all = kind;
    } else if (thrown instanceof IllegalArgumentException) {
      all = said;
    }
    return who + " refuses the settings: " + Secrets.scrub(all, values);
  }

  /// What it says of itself, unless even that fails.
  private static @Nullable String message(Throwable thrown) {
    try {
      return thrown.getMessage();
    } catch (Throwable again) {
      return null;
    }
  }

  private static Diagnostic scrub(Diagnostic said, Values values) {
    Place place = said.place();
    return new Diagnostic(
        said.code(),
        said.severity(),
        Secrets.scrub(said.message(), values),
        place == null ? null : scrub(place, values),
        scrub(said.hint(), values),
        said.related().stream().map(it -> scrub(it, values)).toList(),
        scrub(said.inForce(), values),
        scrub(said.help(), values));
  }

  private static Place scrub(Place place, Values values) {
    return new Place(
        place.file(), place.line(), place.column(), place.length(), scrub(place.text(), values));
  }

  private static @Nullable String scrub(@Nullable String text, Values values) {
    return text == null ? null : Secrets.scrub(text, values);
  }
}
