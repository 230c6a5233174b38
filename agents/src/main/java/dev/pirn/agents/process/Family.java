package dev.pirn.agents.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/// A process that we have started, and all that came of it.
///
/// A process belongs to it that is in its session, carries its mark, has one of its pipes as
/// output, or descends from one that belongs to it. Once the leader has ended, its session's number
/// may be given again: from then on the session counts only as long as a process is alive that was
/// seen to belong to it before.
final class Family implements Members {
  private final ProcessTable table;
  private final ProcessId leader;
  private final String mark;
  private final Set<String> pipes;
  private final LongPredicate spared;
  private final Set<ProcessId> known = new HashSet<>();
  private boolean held = true;
  private boolean leaderGone;

  /// @param leader its start may be -1 when it had ended before it could be read
  /// @param spared pids that belong to nobody, such as the guardian's
  Family(
      ProcessTable table, ProcessId leader, String mark, Set<String> pipes, LongPredicate spared) {
    this.table = table;
    this.leader = leader;
    this.mark = mark;
    this.pipes = pipes;
    this.spared = spared;
    known.add(leader);
  }

  /// The group that all its processes are in that have not left it.
  @Override
  public long group() {
    return leader.pid();
  }

  /// Those that are alive now.
  @Override
  public synchronized List<ProcessEntry> find() {
    List<ProcessEntry> others = new ArrayList<>();
    Map<Long, ProcessEntry> members = new HashMap<>();
    List<ProcessEntry> all = table.entries();
    held = held && sessionIsOurs(all);
    for (ProcessEntry entry : all) {
      if (entry.pid() <= 1 || entry.id().started() < leader.started() || spared.test(entry.pid())) {
        continue;
      }
      if (known.contains(entry.id()) || (held && entry.session() == leader.pid())) {
        members.put(entry.pid(), entry);
      } else {
        others.add(entry);
      }
    }
    descend(members, others);
    for (ProcessEntry entry : List.copyOf(others)) {
      if (!entry.dead() && isMarked(entry.pid())) {
        others.remove(entry);
        members.put(entry.pid(), entry);
      }
    }
    descend(members, others);
    List<ProcessEntry> living = members.values().stream().filter(it -> !it.dead()).toList();
    known.clear();
    living.forEach(entry -> known.add(entry.id()));
    held = held && !known.isEmpty();
    return living;
  }

  private boolean sessionIsOurs(List<ProcessEntry> all) {
    boolean leaderThere = false;
    boolean memberThere = false;
    for (ProcessEntry entry : all) {
      if (entry.pid() == leader.pid() && !entry.id().equals(leader)) {
        return false;
      }
      leaderThere |= entry.id().equals(leader);
      memberThere |= known.contains(entry.id());
    }
    // The first look without the leader is the one that is taken when it ends.
    boolean justEnded = !leaderThere && !leaderGone;
    leaderGone |= justEnded;
    return leaderThere || memberThere || justEnded;
  }

  private boolean isMarked(long pid) {
    if (table.carries(pid, mark)) {
      return true;
    }
    return !pipes.isEmpty() && table.pipes(pid).stream().anyMatch(pipes::contains);
  }

  /// Moves to the members who descends from one.
  private static void descend(Map<Long, ProcessEntry> members, List<ProcessEntry> others) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (ProcessEntry entry : List.copyOf(others)) {
        if (members.containsKey(entry.parent())) {
          others.remove(entry);
          members.put(entry.pid(), entry);
          moved = true;
        }
      }
    }
  }
}
