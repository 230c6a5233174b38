package dev.pirn.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides when a change of a file is complete. Belongs to the reader thread.
///
/// A file that is closed after writing or renamed into place is settled at once: no wait is added
/// to a save. Whatever else happens opens the file's case, and a look at it closes it again:
///
/// - Created without a close (a link, which may be about to be renamed into place; what a link
///   leads to; or found by a scan while its writer may be at work): looked at after 20 ms.
/// - Modified without a close: looked at when it has been quiet for 50 ms. If it has a writer, it
///   stays open until that one closes it, however long that takes.
/// - Closed or moved into place empty: the same, because who truncates usually goes on to write.
/// - Emptied: looked at after 2 s. A system call that opens and truncates a file shows its writer,
///   and tells of what it does, only when it is through, which may take a busy disk long.
/// - Deleted or moved away: gone after 30 ms, unless it comes back, which makes it a modification,
///   or its root is not there either, which takes nothing away. It is looked for twice, 10 ms
///   apart: while the whole machine stood still, nobody could bring it back.
///
/// The state machine of [Tracked.Phase] is drawn in `docs/design/concurrency.md`.
final class Settling {
  private static final long CREATED_WAIT = Duration.ofMillis(20).toNanos();
  private static final long QUIET_WAIT = Duration.ofMillis(50).toNanos();
  private static final long EMPTY_WAIT = Duration.ofSeconds(2).toNanos();
  private static final long GONE_WAIT = Duration.ofMillis(20).toNanos();
  private static final long GONE_AGAIN = Duration.ofMillis(10).toNanos();

  /// How often a file that has a writer is looked at without being told of a close, which a writer
  /// that has it open by another name never makes.
  private static final long WRITER_WAIT = Duration.ofSeconds(5).toNanos();

  /// A file that has not changed for so long needs no search for its writer.
  private static final long SURELY_QUIET = Duration.ofSeconds(2).toNanos();

  /// Two changes within this time may leave the same time stamp: kernels before 6.13 stamp files
  /// with the last tick, which are up to 10 ms apart.
  private static final long STAMP_TICK = Duration.ofMillis(12).toNanos();

  /// The rights to read it: of its owner, its group, and others.
  private static final int READABLE = 0444;

  /// How many debounces a file that never rests is held back at most.
  private static final int LONGEST_REST = 10;

  private final Disk disk;
  private final Clock clock;
  private final boolean closes;
  private final Timers timers = new Timers();
  private final List<Tracked> atOnce = new ArrayList<>();

  /// The stamp of what was told last. The reader writes it, any thread may read it.
  private volatile long stamps;

  /// @param closes whether the kernel tells of closes
  Settling(Disk disk, Clock clock, boolean closes) {
    this.disk = disk;
    this.clock = clock;
    this.closes = closes;
  }

  // ---- what the tree has seen

  /// It was there at the start like this.
  void found(Tracked file, Print print) {
    hold(file, print);
  }

  /// These were there at the start. One that is being written is not there yet.
  void begin(List<Tracked> files) {
    Map<Long, List<Tracked>> doubtful = new HashMap<>();
    for (Tracked file : files) {
      Print print = file.told;
      if (print != null && !surelyQuiet(print)) {
        doubtful.computeIfAbsent(print.key(), _ -> new ArrayList<>(1)).add(file);
      }
    }
    if (!doubtful.isEmpty()) {
      for (Long key : disk.written(doubtful.keySet())) {
        for (Tracked file : doubtful.getOrDefault(key, List.of())) {
          file.told = null;
          open(file, null, QUIET_WAIT);
        }
      }
    }
  }

  /// It appeared, and may be empty still.
  void created(Tracked file) {
    atOnce(file, Tracked.Phase.APPEARED);
  }

  /// Its content is changing.
  void modified(Tracked file) {
    doubt(file);
    if (file.phase == Tracked.Phase.OPEN && file.held) {
      // Its close will be told.
      file.sampled = null;
    } else {
      open(file, null, QUIET_WAIT);
    }
  }

  /// A writer has closed it.
  void closed(Tracked file) {
    doubt(file);
    atOnce(file, Tracked.Phase.CLOSED);
  }

  /// It was renamed into place, from a path in scope or from elsewhere.
  void moved(Tracked file, @Nullable Path from) {
    doubt(file);
    file.from = from;
    atOnce(file, Tracked.Phase.CLOSED);
  }

  /// It is a link, and what is on its way was moved into place: no writer is at work, but it may be
  /// another file.
  void turned(Tracked file) {
    atOnce(file, Tracked.Phase.CLOSED);
  }

  /// Somebody is owed a word of it, as soon as it rests.
  void again(Tracked file) {
    file.owed = true;
    if (file.phase == Tracked.Phase.QUIET) {
      open(file, look(file), CREATED_WAIT);
    }
  }

  /// Its permissions or times changed.
  void attributes(Tracked file) {
    if (file.phase != Tracked.Phase.QUIET) {
      return;
    }
    Print print = look(file);
    Print told = file.told;
    if (print == null) {
      gone(file);
    } else if (told == null || !told.sameContent(print)) {
      // Touched; or changed by somebody who may not have finished.
      open(file, print, QUIET_WAIT);
    } else if ((print.mode() & ~told.mode() & READABLE) != 0) {
      // Who could not read it before may now.
      settle(file, print);
    } else {
      hold(file, print);
    }
  }

  /// It is not there any more.
  void gone(Tracked file) {
    if (file.told == null) {
      if (file.phase != Tracked.Phase.QUIET && look(file) != null) {
        // Old news: it is there, and word of it will come, or has.
        return;
      }
      quiet(file);
      forget(file);
    } else if (file.phase != Tracked.Phase.GONE) {
      doubt(file);
      enter(file, Tracked.Phase.GONE, clock.nanos() + GONE_WAIT);
    }
  }

  /// It has another path in scope now, so that there is nothing to wait for; and nothing is known
  /// of it.
  void left(Tracked file) {
    file.folder.tree.unfollowLink(file);
    boolean known = file.told != null;
    file.told = null;
    quiet(file);
    if (known) {
      tell(file, Change.Kind.DELETED, null);
    } else {
      // Under its old name, which nobody will speak of again.
      file.folder.tree.watch().unknown(file);
    }
  }

  /// The same, of a file that moved by itself.
  void movedAway(Tracked file) {
    left(file);
    forget(file);
  }

  /// A scan found it like this; it may have changed unseen.
  void scanned(Tracked file, Print print) {
    boolean back = file.phase == Tracked.Phase.GONE;
    if (!back && (file.phase != Tracked.Phase.QUIET || same(file, print))) {
      return;
    }
    if (file.link != null || surelyQuiet(print) || print.equals(file.told)) {
      settle(file, print);
    } else {
      open(file, print, CREATED_WAIT);
    }
  }

  /// Events of it may have been missed: whatever waits for one waits no longer.
  void missed(Tracked file) {
    file.folder.tree.watch().stirred(file);
    switch (file.phase) {
      case OPEN, APPEARED, CLOSED -> {
        open(file, null, QUIET_WAIT);
      }
      case QUIET, GONE, RESTING -> {}
    }
    doubt(file);
  }

  /// Nobody wants to hear of it any more.
  void release(Tracked file) {
    file.folder.tree.unfollowLink(file);
    quiet(file);
  }

  // ---- looking

  /// As it is now, with links followed; null when it is no file. Keeps the watch on a link's chain
  /// and says what is the matter with the path.
  private @Nullable Print look(Tracked file) {
    Path path = file.path();
    Tree tree = file.folder.tree;
    Print print = disk.print(path);
    if (print != null && print.kind() == Print.Kind.LINK) {
      tree.followLink(file);
      print = disk.follow(path);
      if (print == null) {
        tree.problems.brokenLink(path);
      } else if (print.kind() == Print.Kind.FOLDER) {
        tree.problems.linkedFolder(path);
      }
    } else {
      tree.unfollowLink(file);
    }
    if (print != null && print.kind() == Print.Kind.OTHER) {
      tree.problems.notAFile(path);
    }
    if (print == null || print.kind() != Print.Kind.FILE) {
      return null;
    }
    if (!tree.problems.isEmpty()) {
      tree.problems.fileFine(path);
    }
    return print;
  }

  /// The stamp of what was told last; for any thread.
  long stamp() {
    return stamps;
  }

  /// When [#due] has something to do next; [Long#MAX_VALUE] for never.
  long next() {
    return timers.next();
  }

  /// Looks at everything whose time has come.
  void due() {
    for (int i = 0; i < atOnce.size(); i++) {
      Tracked file = atOnce.get(i);
      if (file.phase == Tracked.Phase.CLOSED) {
        complete(file);
      } else if (file.phase == Tracked.Phase.APPEARED) {
        appeared(file);
      }
    }
    atOnce.clear();
    long now = clock.nanos();
    List<Tracked> open = null;
    for (Tracked file = timers.due(now); file != null; file = timers.due(now)) {
      switch (file.phase) {
        case QUIET, APPEARED, CLOSED -> {}
        case GONE -> goneDue(file);
        case RESTING -> restingDue(file);
        case OPEN -> {
          open = open == null ? new ArrayList<>() : open;
          open.add(file);
        }
      }
    }
    if (open != null) {
      openDue(open, now);
    }
  }

  private void goneDue(Tracked file) {
    Print print = look(file);
    if (print != null) {
      open(file, print, CREATED_WAIT);
    } else if (file.folder.tree.hides(file)) {
      quiet(file);
    } else if (!file.missing) {
      file.missing = true;
      timers.set(file, clock.nanos() + GONE_AGAIN);
    } else {
      file.told = null;
      quiet(file);
      tell(file, Change.Kind.DELETED, null);
      forget(file);
    }
  }

  private void restingDue(Tracked file) {
    Print print = look(file);
    if (print == null) {
      gone(file);
    } else {
      report(file, print);
    }
  }

  private void openDue(List<Tracked> files, long now) {
    List<Tracked> still = new ArrayList<>(files.size());
    Set<Long> keys = new HashSet<>();
    for (Tracked file : files) {
      Print print = look(file);
      if (print == null) {
        gone(file);
      } else if (!file.held && !print.equals(file.sampled)) {
        open(file, print, QUIET_WAIT);
      } else {
        file.sampled = print;
        still.add(file);
        keys.add(print.key());
      }
    }
    Set<Long> written = keys.isEmpty() ? Set.of() : disk.written(keys);
    for (Tracked file : still) {
      Print print = file.sampled;
      if (print == null) {
        continue;
      }
      if (written.contains(print.key())) {
        waitForWriter(file, now);
      } else {
        // Its writer may have come and gone while we searched.
        Print again = look(file);
        if (again == null) {
          gone(file);
        } else if (again.equals(print)) {
          settle(file, print);
        } else {
          open(file, again, QUIET_WAIT);
        }
      }
    }
  }

  /// Its close will be told; but not by every kernel, and not of every name that a file has.
  private void waitForWriter(Tracked file, long now) {
    long age = now - file.since;
    if (age >= WRITER_WAIT) {
      file.folder.tree.problems.beingWritten(file.path());
    }
    file.held = closes;
    timers.set(
        file, now + (closes ? WRITER_WAIT : Math.clamp(age / 4, QUIET_WAIT, WRITER_WAIT / 5)));
  }

  private void appeared(Tracked file) {
    Print print = look(file);
    if (print == null) {
      gone(file);
    } else {
      open(file, print, CREATED_WAIT);
    }
  }

  private void complete(Tracked file) {
    Print print = look(file);
    if (print == null) {
      gone(file);
    } else if (print.size() == 0) {
      open(file, print, QUIET_WAIT);
    } else {
      settle(file, print);
    }
  }

  // ---- the state of a file

  /// To be looked at when all events of the turn have been seen: a save is several.
  private void atOnce(Tracked file, Tracked.Phase phase) {
    enter(file, phase, Long.MAX_VALUE);
    atOnce.add(file);
  }

  private void open(Tracked file, @Nullable Print sampled, long wait) {
    Print told = file.told;
    boolean emptied = sampled != null && sampled.size() == 0 && told != null && told.size() != 0;
    enter(file, Tracked.Phase.OPEN, clock.nanos() + (emptied ? EMPTY_WAIT : wait));
    file.sampled = sampled;
    file.held = false;
  }

  private void settle(Tracked file, Print print) {
    long debounce = file.folder.tree.debounce(file);
    if (debounce > 0) {
      long now = clock.nanos();
      if (file.restless == 0) {
        file.restless = now;
      }
      long last = file.restless + LONGEST_REST * debounce;
      if (now < last) {
        enter(file, Tracked.Phase.RESTING, Math.min(now + debounce, last));
        return;
      }
    }
    report(file, print);
  }

  private void report(Tracked file, Print print) {
    boolean same = same(file, print);
    Print told = file.told;
    Path from = file.from;
    quiet(file);
    hold(file, print);
    if (!same) {
      Change.Kind kind = told == null ? Change.Kind.CREATED : Change.Kind.MODIFIED;
      tell(file, kind, told == null ? from : null);
    }
  }

  private static boolean same(Tracked file, Print print) {
    return print.equals(file.told) && !file.owed;
  }

  private void tell(Tracked file, Change.Kind kind, @Nullable Path from) {
    file.owed = false;
    long stamp = stamps + 1;
    stamps = stamp;
    file.stamp = stamp;
    file.folder.tree.watch().settled(new Change(kind, file.path(), from, stamp));
  }

  private void forget(Tracked file) {
    file.folder.tree.watch().unknown(file);
    file.folder.tree.forget(file);
  }

  private void hold(Tracked file, Print print) {
    file.told = print;
    file.fresh = clock.wallNanos() - print.latest() < STAMP_TICK;
  }

  /// Something happened to its content: that it looks the same is no proof that it is, unless it
  /// had rested when it was looked at.
  private static void doubt(Tracked file) {
    Print told = file.told;
    if (file.fresh && told != null) {
      file.told = told.unlike();
    }
  }

  private void enter(Tracked file, Tracked.Phase phase, long deadline) {
    if (file.phase == Tracked.Phase.QUIET) {
      file.since = clock.nanos();
      file.folder.tree.watch().stirred(file);
    } else if (file.phase == Tracked.Phase.OPEN && phase != Tracked.Phase.OPEN) {
      writerLeft(file);
    }
    file.phase = phase;
    file.missing = false;
    timers.set(file, deadline);
  }

  private void quiet(Tracked file) {
    if (file.phase == Tracked.Phase.OPEN) {
      writerLeft(file);
    }
    file.phase = Tracked.Phase.QUIET;
    file.sampled = null;
    file.from = null;
    file.restless = 0;
    timers.stop(file);
  }

  private static void writerLeft(Tracked file) {
    file.held = false;
    Problems problems = file.folder.tree.problems;
    if (!problems.isEmpty()) {
      problems.solved(WatchProblem.Kind.BEING_WRITTEN, file.path());
    }
  }

  private boolean surelyQuiet(Print print) {
    return print.changed() != 0 && clock.wallNanos() - print.changed() > SURELY_QUIET;
  }
}
