package dev.pirn.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls decoder, assembler and checks for one reload. Whatever they throw becomes a diagnostic: a
/// fault in them must neither end the watching nor leave a reload without an outcome.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class UserCode<F, T> {
  private final Pipeline.Steps<F, T> steps;
  private @Nullable Throwable thrown;

  UserCode(Pipeline.Steps<F, T> steps) {
    this.steps = steps;
  }

  /// What was thrown first, for the log; null when nothing was.
  @Nullable Throwable thrown() {
    return thrown;
  }

  /// @param inForce what is in force of this file, or null
  Decoded<F> decode(Content content, @Nullable F inForce) {
    return guarded(
        () -> steps.decoder().decode(content, inForce),
        Codes.DECODER_FAILED,
        Place.of(content.file()),
        "the decoder failed",
        "report this with the file to whoever wrote the decoder");
  }

  Decoded<T> assemble(State<F> state) {
    return guarded(
        () -> steps.assembler().assemble(state.inOrder()),
        Codes.ASSEMBLER_FAILED,
        null,
        "the assembler failed",
        "report this with the files to whoever wrote the assembler");
  }

  /// What all checks say of a candidate.
  ///
  /// @param file the only file that has changed, to which what they say is put down; else null
  List<Diagnostic> check(T candidate, @Nullable Path file) {
    Place place = file == null ? null : Place.of(file);
    List<Diagnostic> said = new ArrayList<>();
    for (Check<T> check : steps.checks()) {
      Decoded<Verdict> verdict =
          guarded(
              () -> Decoded.of(check.check(candidate)),
              Codes.CHECK_FAILED,
              place,
              "a check failed, which refuses the candidate",
              "report this with the file to whoever wrote the check");
      Verdict judged = verdict.value();
      said.addAll(judged == null ? verdict.diagnostics() : judged.diagnostics());
    }
    return said.stream().map(d -> d.place() == null && place != null ? d.at(place) : d).toList();
  }

  /// How a value wants to be followed; what it threw is for the log only, as the value is sound.
  Following following(T value, Following before) {
    Decoded<Following> wanted =
        guarded(
            () -> Decoded.of(steps.following().apply(value)),
            Codes.CHECK_FAILED,
            null,
            "the rule of following failed",
            "report this to whoever wrote it");
    return Objects.requireNonNullElse(wanted.value(), before);
  }

  private <R> Decoded<R> guarded(
      Supplier<@Nullable Decoded<R>> call,
      String code,
      @Nullable Place place,
      String what,
      String help) {
    try {
      Decoded<R> made = call.get();
      return made == null ? failed(code, place, what + ": it returned null", help) : made;
    } catch (Throwable e) {
      thrown = thrown == null ? e : thrown;
      return failed(code, place, what + ": " + words(e), help);
    }
  }

  private static <R> Decoded<R> failed(
      String code, @Nullable Place place, String message, String help) {
    return Decoded.failed(Diagnostic.error(code, place, message).help(help));
  }

  /// What it says of itself, unless even that fails.
  private static String words(Throwable e) {
    try {
      return e.toString();
    } catch (Throwable again) {
      return e.getClass().getName();
    }
  }
}
