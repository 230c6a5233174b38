package dev.pirn.live;

import dev.pirn.watch.Change;
import dev.pirn.watch.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One reload: takes the files that it is about into a draft of the next state, and then publishes
/// the whole or refuses it. Lives while the lock of [Pipeline] is held.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Attempt<F, T> {
  private final Pipeline.Steps<F, T> steps;
  private final Source<T> source;
  private final Ledger<F, T> ledger;
  private final Trigger trigger;
  private final List<Change> changes;
  private final State.Draft<F> draft;
  private final long start = System.nanoTime();
  private final ReloadEvent event = new ReloadEvent();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Set<Path> taken = new LinkedHashSet<>();
  private final Map<Path, List<Diagnostic>> broken = new LinkedHashMap<>();
  private final Set<Path> mended = new LinkedHashSet<>();
  private final Set<Path> unsettled = new LinkedHashSet<>();
  private @Nullable Instant newest;
  private long readNanos;
  private long decodeNanos;
  private long checkNanos;

  Attempt(Pipeline.Steps<F, T> steps, Ledger<F, T> ledger, Trigger trigger, List<Change> changes) {
    this.steps = steps;
    this.source = steps.source();
    this.ledger = ledger;
    this.trigger = trigger;
    this.changes = changes;
    this.draft = ledger.state.draft();
    event.begin();
  }

  /// Whether there are files that somebody is writing.
  boolean waiting() {
    return !unsettled.isEmpty();
  }

  /// What is to be said so far, sorted by place.
  List<Diagnostic> problems() {
    return problems.stream().sorted(Diagnostic.BY_PLACE).toList();
  }

  // ---- files

  /// Reads what the changes name, and what was held back before.
  void take(List<Change> work) {
    Set<Path> named = new LinkedHashSet<>();
    for (Change change : work) {
      named.add(change.path());
      if (change.kind() == Change.Kind.DELETED) {
        gone(change.path());
      } else {
        take(change.path());
      }
    }
    for (Path file : List.copyOf(ledger.heldBack)) {
      if (!named.contains(file)) {
        take(file);
      }
    }
  }

  private void take(Path file) {
    long begin = System.nanoTime();
    FileReader.Result result = steps.reader().read(file);
    // A writer that came in between will be told of when it has finished.
    Watch watch = ledger.watch;
    boolean settled = watch == null || watch.confirms(file);
    readNanos += System.nanoTime() - begin;
    if (!settled) {
      unsettled.add(file);
      return;
    }
    switch (result) {
      case FileReader.Missing _ -> gone(file);
      case FileReader.Unusable unusable -> {
        String mark = unusable.diagnostic().code();
        if (!mark.equals(ledger.seen.put(file, mark)) || trigger != Trigger.CHANGE) {
          broken(file, List.of(unusable.diagnostic()));
        }
      }
      case FileReader.Read read -> content(file, read);
    }
  }

  private void gone(Path file) {
    ledger.seen.remove(file);
    taken.add(file);
    mended.add(file);
    draft.remove(file);
  }

  private void content(Path file, FileReader.Read read) {
    long begin = System.nanoTime();
    String digest = Digest.of(read.content().bytes());
    readNanos += System.nanoTime() - begin;
    newest = newest == null || read.modified().isAfter(newest) ? read.modified() : newest;
    boolean known = digest.equals(ledger.seen.put(file, digest));
    if (known && trigger == Trigger.CHANGE && !ledger.heldBack.contains(file)) {
      return;
    }
    Part<F> part = ledger.state.parts().get(file);
    if (part != null && part.digest().equals(digest)) {
      // What was broken or held back has been put back as it is in force.
      mended.add(file);
      ledger.heldBack.remove(file);
      return;
    }
    decode(read.content(), digest);
  }

  private void decode(Content content, String digest) {
    Path file = content.file();
    long begin = System.nanoTime();
    Decoded<F> decoded;
    try {
      decoded = steps.decoder().decode(content);
    } catch (RuntimeException | StackOverflowError e) {
      decoded =
          Decoded.failed(
              thrown(Codes.DECODER_FAILED, file, "the decoder failed", e)
                  .help("report this with the file to whoever wrote the decoder"));
    }
    decodeNanos += System.nanoTime() - begin;
    F value = decoded.value();
    if (value == null) {
      broken(file, decoded.diagnostics());
    } else {
      taken.add(file);
      mended.add(file);
      draft.put(
          new Part<>(root(file), file, value, digest, ledger.generation() + 1),
          decoded.diagnostics());
      problems.addAll(decoded.diagnostics());
    }
  }

  private void broken(Path file, List<Diagnostic> diagnostics) {
    taken.add(file);
    Part<F> part = ledger.state.parts().get(file);
    String inForce =
        part == null
            ? "nothing of this file is in force"
            : "the version of generation " + part.generation() + " stays in force";
    List<Diagnostic> said =
        diagnostics.stream()
            .map(d -> d.isError() && d.inForce() == null ? d.inForce(inForce) : d)
            .toList();
    broken.put(file, said);
    problems.addAll(said);
  }

  private Path root(Path file) {
    Path parent = file.getParent();
    return source.spec().singleFiles() && parent != null
        ? parent
        : source.spec().roots().stream().filter(file::startsWith).findFirst().orElse(file);
  }

  // ---- the whole

  /// Publishes the whole, or refuses it; null when there is still no value.
  @Nullable Reload<T> finish() {
    mended.forEach(ledger.quarantine::remove);
    ledger.quarantine.putAll(broken);
    if (source.strict() && !ledger.quarantine.isEmpty() && draft.changed()) {
      holdBack();
      return refuse(
          List.of(
              Diagnostic.error(Codes.HELD_BACK, null, heldBackMessage())
                  .inForce(inForce())
                  .help("mend the broken files; the others follow at once")));
    }
    Snapshot<T> before = ledger.current;
    if (!draft.changed() && before != null) {
      return broken.isEmpty() ? unchanged(before) : refuse(List.of());
    }
    long begin = System.nanoTime();
    State<F> next = draft.finish();
    Decoded<T> whole = assemble(next);
    T candidate = whole.value();
    List<Diagnostic> said = new ArrayList<>(whole.diagnostics());
    if (candidate != null) {
      said.addAll(check(candidate));
    }
    checkNanos += System.nanoTime() - begin;
    if (candidate == null || Diagnostic.anyError(said)) {
      return refuseWhole(said);
    }
    ledger.heldBack.clear();
    ledger.ofTheWhole = List.copyOf(said);
    ledger.refusal = List.of();
    problems.addAll(said);
    return publish(next, candidate);
  }

  private Decoded<T> assemble(State<F> next) {
    T fallback = steps.fallback();
    if (next.parts().isEmpty() && fallback != null && source.spec().singleFiles()) {
      return Decoded.of(fallback);
    }
    try {
      return steps.assembler().assemble(next.inOrder());
    } catch (RuntimeException | StackOverflowError e) {
      return Decoded.failed(thrown(Codes.ASSEMBLER_FAILED, null, "the assembler failed", e));
    }
  }

  private List<Diagnostic> check(T candidate) {
    List<Diagnostic> said = new ArrayList<>();
    for (Check<T> check : steps.checks()) {
      try {
        said.addAll(check.check(candidate).diagnostics());
      } catch (RuntimeException | StackOverflowError e) {
        said.add(
            thrown(Codes.CHECK_FAILED, null, "a check failed, which refuses the candidate", e));
      }
    }
    return said.stream()
        .map(d -> d.place() == null && taken.size() == 1 ? at(d, taken.iterator().next()) : d)
        .toList();
  }

  private static Diagnostic at(Diagnostic d, Path file) {
    return new Diagnostic(
        d.code(),
        d.severity(),
        d.message(),
        Place.of(file),
        d.hint(),
        d.related(),
        d.inForce(),
        d.help());
  }

  private @Nullable Reload<T> refuseWhole(List<Diagnostic> said) {
    holdBack();
    // What is wrong with the only file says it all: that then nothing is left says nothing more.
    boolean told = source.spec().singleFiles() && !broken.isEmpty();
    List<Diagnostic> all =
        said.stream()
            .filter(d -> !told || !d.code().equals(Codes.MISSING))
            .map(d -> d.isError() && d.inForce() == null ? d.inForce(inForce()) : d)
            .toList();
    T instead = steps.fallback();
    if (ledger.current == null && instead != null && unsettled.isEmpty()) {
      problems.addAll(all);
      return publish(ledger.state, instead);
    }
    return refuse(all);
  }

  private void holdBack() {
    taken.stream().filter(file -> !broken.containsKey(file)).forEach(ledger.heldBack::add);
  }

  private String heldBackMessage() {
    return "%d changed %s held back because of %d broken %s"
        .formatted(
            ledger.heldBack.size(),
            ledger.heldBack.size() == 1 ? "file is" : "files are",
            ledger.quarantine.size(),
            ledger.quarantine.size() == 1 ? "file" : "files");
  }

  // ---- outcomes

  private Reload<T> publish(State<F> next, T value) {
    Snapshot<T> previous = ledger.current;
    Snapshot<T> snapshot =
        new Snapshot<>(
            value,
            ledger.generation() + 1,
            next.digest(),
            Instant.now(),
            Collections.unmodifiableSet(next.parts().keySet()));
    ledger.state = next;
    ledger.current = snapshot;
    ledger.applied++;
    Reload.Applied<T> outcome =
        new Reload.Applied<>(trigger, changes, previous, snapshot, problems(), timings());
    ledger.history.published(next, outcome);
    ledger.lastApplied = outcome;
    return tell(outcome, "applied");
  }

  private Reload<T> unchanged(Snapshot<T> snapshot) {
    ledger.unchanged++;
    if (ledger.heldBack.isEmpty()) {
      ledger.refusal = List.of();
    }
    return tell(
        new Reload.Unchanged<>(trigger, changes, snapshot, problems(), timings()), "unchanged");
  }

  private @Nullable Reload<T> refuse(List<Diagnostic> said) {
    problems.addAll(said);
    Snapshot<T> snapshot = ledger.current;
    if (snapshot == null) {
      return null;
    }
    ledger.refusal = ledger.heldBack.isEmpty() ? List.of() : said;
    ledger.rejected++;
    Reload.Rejected<T> outcome =
        new Reload.Rejected<>(trigger, changes, snapshot, problems(), timings());
    ledger.history.refused(outcome);
    return tell(outcome, "rejected");
  }

  @Nullable Reload<T> rollback(long generation) {
    History.Kept<F, T> kept = ledger.history.kept(generation);
    if (kept == null) {
      problems.add(
          Diagnostic.error(
                  Codes.NOT_KEPT,
                  null,
                  "generation " + generation + " is not kept; kept are " + ledger.history.range())
              .inForce(inForce())
              .help("choose one that is kept"));
      return refuse(List.of());
    }
    return publish(kept.state(), kept.snapshot().value());
  }

  private Reload<T> tell(Reload<T> outcome, String word) {
    event.end();
    if (event.shouldCommit()) {
      event.source = source.name();
      event.trigger = trigger.name();
      event.outcome = word;
      event.generation = ledger.generation();
      event.files = changes.size();
      event.diagnostics = outcome.diagnostics().size();
      event.read = readNanos;
      event.decode = decodeNanos;
      event.check = checkNanos;
      event.commit();
    }
    steps.told().accept(outcome);
    return outcome;
  }

  private Timings timings() {
    Instant modified = newest;
    Duration lag = modified == null ? null : Duration.between(modified, Instant.now());
    return new Timings(
        Duration.ofNanos(readNanos),
        Duration.ofNanos(decodeNanos),
        Duration.ofNanos(checkNanos),
        Duration.ofNanos(System.nanoTime() - start),
        lag);
  }

  private String inForce() {
    return ledger.current == null
        ? "nothing is in force"
        : "generation " + ledger.generation() + " stays in force";
  }

  private static Diagnostic thrown(String code, @Nullable Path file, String what, Throwable e) {
    Place place = file == null ? null : Place.of(file);
    return Diagnostic.error(code, place, what + ": " + e);
  }
}
