package dev.pirn.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides when a change of a file is complete. Belongs to the reader thread.
///
/// A file that is closed after writing or renamed into place is settled at once: no wait is added
/// to a save. Whatever else happens opens the file's case, and a look at it closes it again:
///
/// - Created without a close (a link, or found by a scan while its writer may be at work): looked
///   at after 20 ms.
/// - Modified without a close: looked at when it has been quiet for 50 ms. If it has a writer, it
///   stays open until that one closes it, however long that takes.
/// - Closed or moved into place empty: the same, because who truncates usually goes on to write.
/// - Deleted or moved away: gone after 30 ms, unless it comes back, which makes it a modification.
///
/// The state machine of [Tracked.Phase] is drawn in `docs/design/concurrency.md`.
final class Settling {
  private static final long CREATED_WAIT = Duration.ofMillis(20).toNanos();
  private static final long QUIET_WAIT = Duration.ofMillis(50).toNanos();
  private static final long GONE_WAIT = Duration.ofMillis(30).toNanos();
  private static final long WRITER_REPORT = Duration.ofSeconds(5).toNanos();

  /// A file that has not changed for so long needs no search for its writer.
  private static final long SURELY_QUIET = Duration.ofSeconds(2).toNanos();

  /// How many debounces a file that never rests is held back at most.
  private static final int LONGEST_REST = 10;

  private final Disk disk;
  private final Clock clock;
  private final boolean closes;
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at));
  private long stamps;

  private record Timer(long at, Tracked file) {}

  Settling(Disk disk, Clock clock, boolean closes) {
    this.disk = disk;
    this.clock = clock;
    this.closes = closes;
  }

  /// These were there at the start. One that is being written is not there yet.
  void begin(List<Tracked> files) {
    Map<Long, Tracked> doubtful = new HashMap<>();
    for (Tracked file : files) {
      Print print = file.told;
      if (print != null && !surelyQuiet(print)) {
        doubtful.put(print.key(), file);
      }
    }
    if (!doubtful.isEmpty()) {
      for (Long key : disk.written(doubtful.keySet())) {
        Tracked file = doubtful.get(key);
        if (file != null) {
          file.told = null;
          open(file, null, QUIET_WAIT);
        }
      }
    }
  }

  /// It appeared, and may be empty still.
  void created(Tracked file) {
    Print print = look(file);
    if (print == null) {
      gone(file);
    } else if (file.link != null || print.links() > 1) {
      settle(file, print);
    } else {
      open(file, print, CREATED_WAIT);
    }
  }

  /// Its content is changing.
  void modified(Tracked file) {
    open(file, null, QUIET_WAIT);
  }

  /// A writer has closed it.
  void closed(Tracked file) {
    complete(file);
  }

  /// It was renamed into place, from a path in scope or from elsewhere.
  void moved(Tracked file, @Nullable Path from) {
    file.from = from;
    complete(file);
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
    } else if (told != null && told.mode() == print.mode() && told.sameContent(print)) {
      file.told = print;
    } else {
      settle(file, print);
    }
  }

  /// It is not there any more.
  void gone(Tracked file) {
    if (file.told == null) {
      quiet(file);
      file.folder.tree.watch().quiet(file.path());
      forget(file);
    } else if (file.phase != Tracked.Phase.GONE) {
      enter(file, Tracked.Phase.GONE, clock.nanos() + GONE_WAIT);
    }
  }

  /// It was renamed to another path in scope, so that there is nothing to wait for.
  void movedAway(Tracked file) {
    if (file.told != null) {
      reportGone(file);
    } else {
      gone(file);
    }
  }

  /// A scan found it like this; it may have changed unseen.
  void scanned(Tracked file, Print print) {
    boolean back = file.phase == Tracked.Phase.GONE;
    if (!back && (file.phase != Tracked.Phase.QUIET || print.equals(file.told))) {
      return;
    }
    if (file.link != null || surelyQuiet(print)) {
      settle(file, print);
    } else {
      open(file, print, CREATED_WAIT);
    }
  }

  /// Events were lost: whatever waits for one waits no longer.
  void recheck(Tracked file) {
    if (file.phase == Tracked.Phase.OPEN) {
      schedule(file, clock.nanos() + QUIET_WAIT);
    }
  }

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
        tree.brokenLink(path);
        return null;
      }
    } else {
      tree.unfollowLink(file);
    }
    if (print != null && print.kind() == Print.Kind.OTHER) {
      tree.notAFile(path);
      return null;
    }
    tree.solved(path);
    return print != null && print.kind() == Print.Kind.FILE ? print : null;
  }

  /// When [#due] has something to do next; [Long#MAX_VALUE] for never.
  long next() {
    Timer timer = timers.peek();
    return timer == null ? Long.MAX_VALUE : timer.at;
  }

  /// Looks at everything whose time has come.
  void due() {
    long now = clock.nanos();
    List<Tracked> open = new ArrayList<>();
    for (Timer timer = timers.peek(); timer != null && timer.at <= now; timer = timers.peek()) {
      timers.poll();
      Tracked file = timer.file;
      if (file.queued == timer.at) {
        file.queued = Long.MAX_VALUE;
      }
      if (file.deadline > now) {
        schedule(file, file.deadline);
        continue;
      }
      file.deadline = Long.MAX_VALUE;
      switch (file.phase) {
        case QUIET -> {}
        case GONE -> goneDue(file);
        case RESTING -> restingDue(file);
        case OPEN -> open.add(file);
      }
    }
    openDue(open, now);
  }

  private void goneDue(Tracked file) {
    Print print = look(file);
    if (print == null) {
      reportGone(file);
    } else {
      open(file, print, CREATED_WAIT);
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
    Set<Long> doubtful = new HashSet<>();
    for (Tracked file : files) {
      Print print = look(file);
      if (print == null) {
        gone(file);
      } else if (!print.equals(file.sampled)) {
        file.sampled = print;
        schedule(file, now + QUIET_WAIT);
      } else {
        still.add(file);
        if (!surelyQuiet(print)) {
          doubtful.add(print.key());
        }
      }
    }
    Set<Long> written = doubtful.isEmpty() ? Set.of() : disk.written(doubtful);
    for (Tracked file : still) {
      Print print = file.sampled;
      if (print == null) {
        continue;
      }
      if (!written.contains(print.key())) {
        settle(file, print);
      } else {
        waitForWriter(file, now);
      }
    }
  }

  /// Its close will be reported, unless this kernel reports none.
  private void waitForWriter(Tracked file, long now) {
    boolean late = now - file.since >= WRITER_REPORT;
    if (late) {
      file.folder.tree.problem(
          WatchProblem.Kind.BEING_WRITTEN,
          file.path(),
          "a process has the file open for writing",
          "it is read when that process closes it");
    }
    if (!closes) {
      schedule(file, now + QUIET_WAIT);
    } else if (!late) {
      schedule(file, file.since + WRITER_REPORT);
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

  private void open(Tracked file, @Nullable Print sampled, long wait) {
    file.sampled = sampled;
    enter(file, Tracked.Phase.OPEN, clock.nanos() + wait);
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
    Print told = file.told;
    Path from = file.from;
    quiet(file);
    file.told = print;
    if (print.equals(told)) {
      file.folder.tree.watch().quiet(file.path());
    } else {
      Change.Kind kind = told == null ? Change.Kind.CREATED : Change.Kind.MODIFIED;
      tell(file, kind, told == null ? from : null);
    }
  }

  private void reportGone(Tracked file) {
    quiet(file);
    file.told = null;
    tell(file, Change.Kind.DELETED, null);
    forget(file);
  }

  private void tell(Tracked file, Change.Kind kind, @Nullable Path from) {
    file.folder.tree.watch().settled(file, new Change(kind, file.path(), from, ++stamps));
  }

  private void forget(Tracked file) {
    file.folder.tree.forget(file);
  }

  private void enter(Tracked file, Tracked.Phase phase, long deadline) {
    if (file.phase == Tracked.Phase.QUIET) {
      file.since = clock.nanos();
      file.folder.tree.watch().unsettled(file);
    }
    file.phase = phase;
    schedule(file, deadline);
  }

  private void quiet(Tracked file) {
    if (file.phase != Tracked.Phase.QUIET) {
      file.phase = Tracked.Phase.QUIET;
    }
    file.sampled = null;
    file.from = null;
    file.restless = 0;
    file.deadline = Long.MAX_VALUE;
  }

  /// Keeps at most one useful timer a file: a later deadline is taken up when the earlier fires.
  private void schedule(Tracked file, long deadline) {
    file.deadline = deadline;
    if (deadline < file.queued) {
      file.queued = deadline;
      timers.add(new Timer(deadline, file));
    }
  }

  private boolean surelyQuiet(Print print) {
    return print.changed() != 0 && clock.wallNanos() - print.changed() > SURELY_QUIET;
  }
}
