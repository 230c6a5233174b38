package dev.pirn.agents.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Ends processes: TERM, and after the grace KILL, until none of them and none of those that they
/// start meanwhile is alive; or until it is clear that this cannot be done.
///
/// It waits for all of them and not for the leader: a shell is gone long before what it has
/// started.
final class Stopping {
  /// What the system may take to end processes that were killed.
  private static final Duration VERIFY = Duration.ofSeconds(2);

  /// Longer than anybody waits, and far from where nanoseconds run over.
  private static final Duration LONGEST_GRACE = Duration.ofDays(1);

  private final Host host;
  private final Members members;
  private final Consumer<Signal> sending;
  private final ExitWait wait;
  private final Set<ProcessId> asked = new HashSet<>();

  @GuardedBy("this")
  private long graceEnds;

  /// @param sending is told of each signal before it is sent
  Stopping(Host host, Members members, Duration grace, Consumer<Signal> sending) {
    this.host = host;
    this.members = members;
    this.sending = sending;
    this.wait = host.exitWait();
    this.graceEnds = System.nanoTime() + nanos(grace);
  }

  private static long nanos(Duration grace) {
    if (grace.isNegative()) {
      return 0;
    }
    return grace.compareTo(LONGEST_GRACE) < 0 ? grace.toNanos() : LONGEST_GRACE.toNanos();
  }

  /// Shortens the grace; a longer one than is left changes nothing.
  void hasten(Duration grace) {
    synchronized (this) {
      long ends = System.nanoTime() + nanos(grace);
      if (ends - graceEnds >= 0) {
        return;
      }
      graceEnds = ends;
    }
    wait.wake();
  }

  private synchronized long graceLeft() {
    return graceEnds - System.nanoTime();
  }

  /// Does it; to be called once.
  Stopped run() {
    try (wait) {
      while (true) {
        List<ProcessEntry> alive = members.find();
        if (alive.isEmpty()) {
          return new Stopped(false, List.of());
        }
        long left = graceLeft();
        if (left <= 0) {
          return kill();
        }
        ask(alive);
        wait.await(ids(alive), left);
      }
    }
  }

  private void ask(List<ProcessEntry> alive) {
    boolean first = asked.isEmpty();
    sending.accept(Signal.TERM);
    boolean group =
        first && inGroup(alive) && host.signals().sendToGroup(members.group(), Signal.TERM);
    for (ProcessEntry entry : alive) {
      if (asked.add(entry.id()) && !(group && isStillInGroup(entry))) {
        host.signals().send(entry.id(), Signal.TERM);
      }
    }
    // Who is stopped, by SIGSTOP or a terminal, learns of TERM only when it goes on.
    if (group) {
      host.signals().sendToGroup(members.group(), Signal.CONT);
    }
  }

  private Stopped kill() {
    long deadline = System.nanoTime() + VERIFY.toNanos();
    sending.accept(Signal.KILL);
    List<ProcessEntry> alive = members.find();
    while (!alive.isEmpty() && deadline - System.nanoTime() > 0) {
      if (inGroup(alive)) {
        host.signals().sendToGroup(members.group(), Signal.KILL);
      }
      alive.forEach(entry -> host.signals().send(entry.id(), Signal.KILL));
      wait.await(ids(alive), deadline - System.nanoTime());
      alive = members.find();
    }
    return new Stopped(true, alive.stream().map(ProcessEntry::pid).toList());
  }

  /// Where the system does not tell groups, the leader's own is certain as long as it is there.
  private boolean inGroup(List<ProcessEntry> alive) {
    return members.group() > 1
        && alive.stream()
            .anyMatch(entry ->
                entry.group() == members.group()
                    || (entry.group() == 0 && entry.pid() == members.group()));
  }

  /// Looked at after the group was signalled: who has left it since it was found may have missed
  /// that.
  private boolean isStillInGroup(ProcessEntry found) {
    ProcessEntry now = host.table().entry(found.pid());
    return now == null || now.group() == 0 || now.group() == members.group();
  }

  private static List<ProcessId> ids(List<ProcessEntry> entries) {
    return entries.stream().map(ProcessEntry::id).toList();
  }
}
