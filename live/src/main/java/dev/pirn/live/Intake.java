package dev.pirn.live;

import dev.pirn.watch.Change;
import dev.pirn.watch.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The first half of a reload: reads and decodes the files that it is about into a draft of the
/// next state, and sorts out which of them are broken, gone, or still being written.
///
/// @param <F> the type of a decoded file
/// @param <T> the type of the value
final class Intake<F, T> {
  private static final Duration EMPTY_REST = Duration.ofMillis(40);

  private final Pipeline.Steps<F, T> steps;
  private final Ledger<F, T> ledger;
  private final Trigger trigger;
  private final UserCode<F, T> code;
  private final Standing<F, T> before;
  private final Set<Path> looked = new LinkedHashSet<>();

  final State.Draft<F> draft;

  /// What the files themselves have to say.
  final List<Diagnostic> said = new ArrayList<>();

  /// Files that are not as they are in force, and could be.
  final Set<Path> changed = new LinkedHashSet<>();

  /// Files that cannot be put in force, and why.
  final Map<Path, List<Diagnostic>> broken = new LinkedHashMap<>();

  /// Files with which nothing is wrong any more.
  final Set<Path> mended = new LinkedHashSet<>();

  /// Files that somebody was writing while they were read.
  final Set<Path> unsettled = new LinkedHashSet<>();

  /// When the newest file was modified; null when none was read.
  @Nullable Instant newest;

  long readNanos;
  long decodeNanos;

  Intake(Pipeline.Steps<F, T> steps, Ledger<F, T> ledger, Trigger trigger, UserCode<F, T> code) {
    this.steps = steps;
    this.ledger = ledger;
    this.trigger = trigger;
    this.code = code;
    this.before = ledger.now();
    this.draft = before.state().draft();
  }

  /// Takes in what the changes name, and what an earlier reload has left.
  void take(List<Change> work) {
    Set<Path> left = new LinkedHashSet<>(ledger.heldBack);
    left.addAll(ledger.doubtful);
    for (Change change : work) {
      left.remove(change.path());
      take(change.path(), change.kind() == Change.Kind.DELETED);
    }
    left.forEach(file -> take(file, false));
  }

  /// Whether nothing could be looked at yet.
  boolean waiting() {
    return !unsettled.isEmpty() && looked.isEmpty();
  }

  /// Forgets what it has seen, so that the next reload sees it anew.
  void abandon() {
    looked.forEach(ledger.seen::remove);
    ledger.doubtful.addAll(looked);
  }

  /// @param gone whether the watch has told that it is gone, which it does not while its root is
  private void take(Path file, boolean gone) {
    if (ledger.closed()) {
      return;
    }
    long begin = System.nanoTime();
    long mark = mark();
    FileReader.Result result = steps.reader().read(file);
    if (result instanceof FileReader.Missing && !gone && rootMissing(file)) {
      return;
    }
    // A writer that came in between will be told of when it has finished. That there is nothing to
    // read is not half of anything.
    boolean nothing = is(Codes.NOT_A_FILE, result) || is(Codes.UNREADABLE, result);
    boolean settled = nothing || settled(file, result, mark);
    if (settled && trigger == Trigger.CHANGE && is(Codes.EMPTY, result)) {
      // A truncation is reported only after it has been done, and so may be on its way to us.
      letWriterGoOn(file);
      result = steps.reader().read(file);
      settled = settled(file, result, mark);
    }
    readNanos += System.nanoTime() - begin;
    if (!settled) {
      unsettled.add(file);
      ledger.doubtful.add(file);
      return;
    }
    looked.add(file);
    ledger.doubtful.remove(file);
    switch (result) {
      case FileReader.Missing _ -> gone(file);
      case FileReader.Read read -> content(file, read);
      case FileReader.Unusable(Diagnostic why) -> {
        if (is(Codes.NOT_A_FILE, result) && !steps.source().spec().singleFiles()) {
          // In a tree the watch leaves such a thing out, and says so.
          gone(file);
        } else if (!why.message().equals(ledger.seen.put(file, why.message()))
            || trigger != Trigger.CHANGE) {
          broken(file, List.of(why));
        }
      }
    }
  }

  private static boolean is(String code, FileReader.Result result) {
    return result instanceof FileReader.Unusable(Diagnostic why) && why.code().equals(code);
  }

  /// Lets a file rest that was emptied just now. The watch does so too before it tells of one: this
  /// is for a file that was emptied after it was told of.
  private void letWriterGoOn(Path file) {
    try {
      Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
      if (!age.isNegative() && age.compareTo(EMPTY_REST) < 0) {
        ledger.awaitClose(EMPTY_REST.minus(age));
      }
    } catch (IOException e) {
      // It is gone meanwhile.
    }
  }

  /// What may have been told of a file at most while it is read. On the watch's own thread nothing
  /// is told meanwhile; on another, more may be.
  private long mark() {
    Watch watch = ledger.watch;
    return watch == null || trigger == Trigger.CHANGE ? Long.MAX_VALUE : watch.mark();
  }

  private boolean settled(Path file, FileReader.Result result, long mark) {
    Watch watch = ledger.watch;
    // Somebody's interrupt, or that of user code, must not look like a writer.
    boolean interrupted = Thread.interrupted();
    try {
      return watch == null
          || (result instanceof FileReader.Missing
              ? watch.confirmsGone(file)
              : watch.confirms(file, mark));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// What is in force stays when its tree is not there, or the folder of a single file: it may be a
  /// mount that is missing.
  private boolean rootMissing(Path file) {
    return !Files.isDirectory(root(file));
  }

  private void gone(Path file) {
    ledger.seen.remove(file);
    ledger.heldBack.remove(file);
    mended.add(file);
    if (before.state().parts().containsKey(file)) {
      changed.add(file);
      draft.remove(file);
    }
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
    Part<F> part = before.state().parts().get(file);
    if (part != null && part.digest().equals(digest)) {
      // What was broken or held back has been put back as it is in force.
      mended.add(file);
      ledger.heldBack.remove(file);
    } else {
      decode(read.content(), digest);
    }
  }

  private void decode(Content content, String digest) {
    Path file = content.file();
    long begin = System.nanoTime();
    Part<F> inForce = before.state().parts().get(file);
    Decoded<F> decoded = code.decode(content, inForce == null ? null : inForce.value());
    decodeNanos += System.nanoTime() - begin;
    F value = decoded.value();
    if (value == null) {
      broken(file, decoded.diagnostics());
    } else {
      changed.add(file);
      mended.add(file);
      draft.put(
          new Part<>(root(file), file, value, digest, before.generation() + 1),
          decoded.diagnostics());
      said.addAll(decoded.diagnostics());
    }
  }

  private void broken(Path file, List<Diagnostic> diagnostics) {
    ledger.heldBack.remove(file);
    Part<F> part = before.state().parts().get(file);
    String inForce;
    if (part != null) {
      inForce = "the version of generation " + part.generation() + " stays in force";
    } else if (steps.source().spec().singleFiles()) {
      inForce = steps.inForce(before.snapshot());
    } else {
      inForce = "nothing of this file is in force";
    }
    List<Diagnostic> why = Attempt.withInForce(diagnostics, inForce);
    broken.put(file, why);
    said.addAll(why);
  }

  private Path root(Path file) {
    Path parent = file.getParent();
    return steps.source().spec().singleFiles() && parent != null
        ? parent
        : steps.source().spec().roots().stream().filter(file::startsWith).findFirst().orElse(file);
  }
}
