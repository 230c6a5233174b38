package dev.pirn.live;

import dev.pirn.watch.Change;
import dev.pirn.watch.Watch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/// One reload: takes in the files that it is about, and then publishes the whole or refuses it.
/// Lives while the lock of [Pipeline] is held.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Attempt<F, T> {
  private final Pipeline.Steps<F, T> steps;
  private final Source<T> source;
  private final Ledger<F, T> ledger;
  private final Trigger trigger;
  private final List<Change> changes;
  private final Standing<F, T> before;
  private final UserCode<F, T> code;
  private final Intake<F, T> intake;
  private final NavigableMap<Path, List<Diagnostic>> quarantine;
  private final long start = System.nanoTime();

  /// Null while nobody records: making an event starts Flight Recorder up.
  private final @Nullable ReloadEvent event =
      FlightRecorder.isInitialized() ? new ReloadEvent() : null;

  private final List<Diagnostic> problems = new ArrayList<>();
  private long checkNanos;

  /// @param changes what the outcome is to say it was about
  Attempt(Pipeline.Steps<F, T> steps, Ledger<F, T> ledger, Trigger trigger, List<Change> changes) {
    this.steps = steps;
    this.source = steps.source();
    this.ledger = ledger;
    this.trigger = trigger;
    this.changes = changes;
    this.before = ledger.now();
    this.quarantine = new TreeMap<>(before.quarantine());
    this.code = new UserCode<>(steps);
    this.intake = new Intake<>(steps, ledger, trigger, code);
    if (event != null) {
      event.begin();
    }
  }

  /// What is to be said so far, sorted by place.
  List<Diagnostic> problems() {
    return problems.stream().sorted(Diagnostic.BY_PLACE).toList();
  }

  /// What user code threw, for whoever looks for the cause.
  @Nullable Throwable thrown() {
    return code.thrown();
  }

  /// Something that nobody foresaw has ended it half-way.
  void abandon() {
    intake.abandon();
  }

  /// Reads files again, or for the first time, and puts in force what they say.
  ///
  /// @param lastChance whether not to wait any longer for files that are still being written
  /// @return the outcome; null when there is none yet: no value at all, files that are being
  ///   written, or a source that has been closed meanwhile
  @Nullable Reload<T> take(List<Change> work, boolean lastChance) {
    intake.take(work);
    if (ledger.closed() || (trigger == Trigger.CHANGE && intake.waiting())) {
      return null;
    }
    if (trigger == Trigger.RELOAD && !lastChance && !intake.unsettled.isEmpty()) {
      intake.abandon();
      return null;
    }
    intake.mended.forEach(quarantine::remove);
    quarantine.putAll(intake.broken);
    problems.addAll(intake.said);
    if (trigger != Trigger.CHANGE) {
      intake.unsettled.stream()
          .filter(Files::exists)
          .forEach(file -> problems.add(beingWritten(file)));
    }
    Snapshot<T> current = before.snapshot();
    if (!intake.draft.changed() && current != null) {
      return Diagnostic.anyError(problems) ? refuse(List.of()) : unchanged(current);
    }
    if (source.strict() && !quarantine.isEmpty()) {
      return refuseWhole(List.of(), lastChance);
    }
    if (!Collections.disjoint(intake.unsettled, ledger.heldBack)) {
      // What was refused together comes together.
      return refuseWhole(before.refusal(), lastChance);
    }
    return whole(lastChance);
  }

  private @Nullable Reload<T> whole(boolean lastChance) {
    long begin = System.nanoTime();
    State<F> next = intake.draft.finish();
    Decoded<T> made = code.assemble(next);
    T candidate = made.value();
    List<Diagnostic> said = new ArrayList<>(made.diagnostics());
    if (candidate == null && next.parts().isEmpty() && intake.broken.isEmpty()) {
      T instead = steps.fallback();
      if (instead != null && (intake.unsettled.isEmpty() || lastChance)) {
        return publish(next, instead, List.of(), true);
      }
    }
    if (candidate != null) {
      boolean one = intake.changed.size() == 1;
      said.addAll(code.check(candidate, one ? intake.changed.iterator().next() : null));
    }
    checkNanos += System.nanoTime() - begin;
    if (candidate == null || Diagnostic.anyError(said)) {
      return refuseWhole(said, lastChance);
    }
    problems.addAll(said);
    return publish(next, candidate, said, true);
  }

  /// Keeps what is good for later, and says why it is not in force.
  private @Nullable Reload<T> refuseWhole(List<Diagnostic> said, boolean lastChance) {
    ledger.heldBack.addAll(intake.changed);
    List<Diagnostic> why = withInForce(said, inForce());
    if (source.strict() && !quarantine.isEmpty() && !ledger.heldBack.isEmpty()) {
      why = List.of(heldBack());
    } else if (source.spec().singleFiles() && Diagnostic.anyError(problems)) {
      // What is wrong with the only file says it all: that then nothing is left says nothing more.
      why = why.stream().filter(d -> !d.code().equals(Codes.MISSING)).toList();
    }
    if (before.snapshot() != null) {
      return refuse(why);
    }
    problems.addAll(why);
    T instead = steps.fallback();
    return instead != null && (intake.unsettled.isEmpty() || lastChance)
        ? publish(before.state(), instead, why, false)
        : null;
  }

  @Nullable Reload<T> rollback(long generation) {
    Snapshot<T> current = before.snapshot();
    History.Kept<F, T> kept = ledger.history.kept(generation);
    if (current == null || kept == null) {
      problems.add(
          Diagnostic.error(
                  Codes.NOT_KEPT,
                  null,
                  "generation " + generation + " is not kept; kept are " + ledger.history.range())
              .inForce(inForce())
              .help("choose one that is kept"));
      return refuse(List.of());
    }
    if (current.generation() == generation) {
      return unchanged(current);
    }
    problems.addAll(kept.said());
    return publish(kept.state(), kept.snapshot().value(), kept.said(), true);
  }

  // ---- outcomes

  /// @param said what is said of the whole
  /// @param complete whether nothing is held back any more
  private @Nullable Reload<T> publish(
      State<F> next, T value, List<Diagnostic> said, boolean complete) {
    Snapshot<T> snapshot =
        new Snapshot<>(
            value,
            before.generation() + 1,
            next.digest(),
            Instant.now(),
            Collections.unmodifiableSet(next.parts().keySet()));
    Following following = code.following(value, ledger.following);
    Reload.Applied<T> outcome =
        new Reload.Applied<>(trigger, changes, before.snapshot(), snapshot, problems(), timings());
    List<Diagnostic> ofTheWhole = complete ? List.copyOf(said) : List.of();
    List<Diagnostic> refusal = complete ? List.of() : List.copyOf(said);
    if (!ledger.put(before.applied(outcome, next, quarantine, ofTheWhole, refusal))) {
      return null;
    }
    follow(following);
    if (complete) {
      ledger.heldBack.clear();
    }
    ledger.history.published(new History.Kept<>(next, snapshot, ofTheWhole), outcome);
    return tell(outcome, "applied");
  }

  private void follow(Following following) {
    Watch watch = ledger.watch;
    if (watch != null && !following.debounce().equals(ledger.following.debounce())) {
      watch.debounce(following.debounce());
    }
    ledger.following = following;
  }

  private @Nullable Reload<T> unchanged(Snapshot<T> snapshot) {
    List<Diagnostic> refusal = ledger.heldBack.isEmpty() ? List.of() : before.refusal();
    Reload.Unchanged<T> outcome =
        new Reload.Unchanged<>(trigger, changes, snapshot, problems(), timings());
    return ledger.put(before.unchanged(quarantine, refusal)) ? tell(outcome, "unchanged") : null;
  }

  /// @param why the whole is refused; empty when only files of it are
  private @Nullable Reload<T> refuse(List<Diagnostic> why) {
    Snapshot<T> snapshot = before.snapshot();
    if (snapshot == null) {
      return null;
    }
    problems.addAll(why);
    List<Diagnostic> refusal =
        ledger.heldBack.isEmpty() ? List.of() : why.isEmpty() ? before.refusal() : why;
    Reload.Rejected<T> outcome =
        new Reload.Rejected<>(trigger, changes, snapshot, problems(), timings());
    if (!ledger.put(before.rejected(quarantine, refusal))) {
      return null;
    }
    ledger.history.refused(outcome);
    return tell(outcome, "rejected");
  }

  private Reload<T> tell(Reload<T> outcome, String word) {
    if (event != null) {
      commit(event, outcome, word);
    }
    steps.told().accept(outcome, code.thrown());
    return outcome;
  }

  private void commit(ReloadEvent event, Reload<T> outcome, String word) {
    event.end();
    if (event.shouldCommit()) {
      event.source = source.name();
      event.trigger = trigger.name();
      event.outcome = word;
      event.generation = outcome.snapshot().generation();
      event.files = changes.size();
      event.diagnostics = outcome.diagnostics().size();
      event.read = intake.readNanos;
      event.decode = intake.decodeNanos;
      event.check = checkNanos;
      event.commit();
    }
  }

  private Timings timings() {
    Instant modified = intake.newest;
    Duration lag = modified == null ? null : Duration.between(modified, Instant.now());
    return new Timings(
        Duration.ofNanos(intake.readNanos),
        Duration.ofNanos(intake.decodeNanos),
        Duration.ofNanos(checkNanos),
        Duration.ofNanos(System.nanoTime() - start),
        lag);
  }

  // ---- words

  private String inForce() {
    return steps.inForce(before.snapshot());
  }

  private Diagnostic heldBack() {
    int good = ledger.heldBack.size();
    int bad = quarantine.size();
    return Diagnostic.error(
            Codes.HELD_BACK,
            null,
            "%d changed %s held back because of %d broken %s"
                .formatted(
                    good, good == 1 ? "file is" : "files are", bad, bad == 1 ? "file" : "files"))
        .inForce(inForce())
        .help("mend the broken files; the others follow at once");
  }

  private Diagnostic beingWritten(Path file) {
    return Diagnostic.error(
            Codes.BEING_WRITTEN, Place.of(file), "the file is being written by another process")
        .inForce(inForce())
        .help("wait until that process has closed it; it is taken then");
  }

  /// Errors that do not say what is in force say so now.
  static List<Diagnostic> withInForce(List<Diagnostic> diagnostics, String inForce) {
    return diagnostics.stream()
        .map(d -> d.isError() && d.inForce() == null ? d.inForce(inForce) : d)
        .toList();
  }
}
