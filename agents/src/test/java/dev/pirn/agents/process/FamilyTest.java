package dev.pirn.agents.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What belongs to a process, in a table that is written by hand.
class FamilyTest {
  private final Table table = new Table();
  private final Family family =
      new Family(table, new ProcessId(100, 10), "M=1", Set.of("pipe:[7]"), pid -> pid == 50);

  private static final class Table implements ProcessTable {
    final TreeMap<Long, ProcessEntry> entries = new TreeMap<>();
    final Set<Long> marked = new HashSet<>();
    final Set<Long> piped = new HashSet<>();

    void put(long pid, long started, long parent, long session) {
      entries.put(
          pid, new ProcessEntry(new ProcessId(pid, started), parent, session, session, false));
    }

    @Override
    public List<ProcessEntry> entries() {
      return List.copyOf(entries.values());
    }

    @Override
    public ProcessEntry entry(long pid) {
      return entries.get(pid);
    }

    @Override
    public boolean carries(long pid, String mark) {
      return marked.contains(pid);
    }

    @Override
    public Set<String> pipes(long pid) {
      return piped.contains(pid) ? Set.of("pipe:[7]") : Set.of();
    }
  }

  private List<Long> found() {
    return family.find().stream().map(ProcessEntry::pid).sorted().toList();
  }

  @Test
  void isTheSessionTheDescendantsTheMarkedAndWhoHoldsThePipe() {
    table.put(1, 0, 0, 1);
    table.put(50, 5, 1, 50);
    table.put(60, 6, 50, 50);
    table.put(100, 10, 50, 100);
    table.put(101, 11, 1, 100);
    table.put(102, 12, 100, 102);
    table.put(103, 13, 102, 103);
    table.put(104, 14, 1, 104);
    table.put(105, 15, 1, 105);
    table.put(106, 16, 105, 106);
    table.put(107, 17, 1, 107);
    table.marked.add(104L);
    table.piped.add(105L);
    assertThat(found()).containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L);
  }

  @Test
  void isNeverTheFirstProcessOrUsOrWhoIsOlder() {
    table.put(1, 0, 0, 1);
    table.put(50, 20, 1, 100);
    table.put(90, 9, 1, 90);
    table.put(100, 10, 50, 100);
    table.marked.addAll(Set.of(1L, 50L, 90L));
    assertThat(found()).containsExactly(100L);
  }

  @Test
  void isNotWhoHasGotItsPidLater() {
    table.put(100, 10, 1, 100);
    assertThat(found()).containsExactly(100L);
    table.put(100, 30, 1, 100);
    table.put(101, 31, 100, 100);
    assertThat(found()).isEmpty();
  }

  @Test
  void isNotASessionThatHasGotItsNumberLater() {
    table.put(100, 10, 1, 100);
    table.put(101, 11, 100, 100);
    assertThat(found()).containsExactly(100L, 101L);
    table.entries.remove(100L);
    table.put(102, 12, 101, 100);
    assertThat(found()).containsExactly(101L, 102L);
    table.entries.clear();
    assertThat(found()).isEmpty();
    table.put(103, 30, 1, 100);
    assertThat(found()).isEmpty();
  }

  @Test
  void keepsWhomItHasSeenThoughNothingTellsOfHimAnyMore() {
    table.put(100, 10, 1, 100);
    table.put(102, 12, 100, 102);
    assertThat(found()).containsExactly(100L, 102L);
    table.entries.remove(100L);
    table.put(102, 12, 1, 102);
    assertThat(found()).containsExactly(102L);
  }
}
