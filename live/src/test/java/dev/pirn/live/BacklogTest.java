package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.watch.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private static final Timings TIMINGS =
      new Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, null);

  private final Backlog<String> backlog = new Backlog<>();
  private long number;

  private static Snapshot<String> snapshot(long generation) {
    return new Snapshot<>("v" + generation, generation, "", Instant.EPOCH, Set.of());
  }

  private void applied(long generation, Change.Kind kind, String file) {
    applied(generation, List.of(new Change(kind, Path.of(file), null, generation)));
  }

  private void applied(long generation, List<Change> changes) {
    backlog.add(
        ++number,
        new Reload.Applied<>(
            Trigger.CHANGE,
            changes,
            snapshot(generation - 1),
            snapshot(generation),
            List.of(),
            TIMINGS));
  }

  private void rejected(long generation) {
    backlog.add(
        ++number,
        new Reload.Rejected<>(Trigger.CHANGE, List.of(), snapshot(generation), List.of(), TIMINGS));
  }

  private List<Reload<String>> rest() {
    List<Reload<String>> all = new ArrayList<>();
    for (Backlog.Entry<String> next = backlog.poll(); next != null; next = backlog.poll()) {
      all.add(next.outcome());
    }
    return all;
  }

  @Test
  void givesBackInOrderWhatIsNotTooMuch() {
    applied(1, Change.Kind.CREATED, "a");
    rejected(1);
    applied(2, Change.Kind.MODIFIED, "a");
    assertThat(rest()).extracting(o -> o.snapshot().generation()).containsExactly(1L, 1L, 2L);
  }

  @Test
  void mergesWhatPublishedIntoOneAndKeepsTheLastRefusal() {
    applied(1, Change.Kind.CREATED, "a");
    for (int i = 2; i < Backlog.LONGEST; i++) {
      applied(i, Change.Kind.MODIFIED, "b");
    }
    rejected(Backlog.LONGEST - 1);
    applied(Backlog.LONGEST, Change.Kind.DELETED, "a");
    List<Reload<String>> rest = rest();
    assertThat(rest).hasSize(3);
    assertThat(rest.get(0)).isInstanceOf(Reload.Applied.class);
    Reload.Applied<String> span = (Reload.Applied<String>) rest.get(0);
    assertThat(span.previous()).isEqualTo(snapshot(0));
    assertThat(span.snapshot()).isEqualTo(snapshot(Backlog.LONGEST - 1));
    assertThat(span.changes()).hasSize(2);
    assertThat(rest.get(1)).isInstanceOf(Reload.Rejected.class);
    assertThat(rest.get(2).snapshot().generation()).isEqualTo(Backlog.LONGEST);
  }

  @Test
  void aRefusalThatWasOvercomeIsForgotten() {
    for (int i = 1; i < Backlog.LONGEST; i++) {
      rejected(0);
    }
    applied(1, Change.Kind.MODIFIED, "a");
    applied(2, Change.Kind.MODIFIED, "a");
    assertThat(rest()).hasSize(2).allMatch(o -> o instanceof Reload.Applied);
  }

  @Test
  void saysOfEachPathWhatItCameTo() {
    applied(1, Change.Kind.CREATED, "new");
    applied(2, Change.Kind.CREATED, "brief");
    applied(3, Change.Kind.DELETED, "brief");
    applied(4, Change.Kind.DELETED, "old");
    applied(5, Change.Kind.MODIFIED, "new");
    applied(6, Change.Kind.DELETED, "replaced");
    applied(7, Change.Kind.CREATED, "replaced");
    for (int i = 8; i <= Backlog.LONGEST + 1; i++) {
      applied(i, Change.Kind.MODIFIED, "more");
    }
    assertThat(rest().getFirst().changes())
        .extracting(change -> change.kind() + " " + change.path())
        .containsExactly("DELETED old", "CREATED new", "MODIFIED replaced", "MODIFIED more");
  }

  @Test
  void whatWasAboutAllFilesStaysAboutAll() {
    applied(1, List.of());
    for (int i = 2; i <= Backlog.LONGEST + 1; i++) {
      applied(i, Change.Kind.MODIFIED, "a");
    }
    assertThat(rest().getFirst().changes()).isEmpty();
  }

  @Test
  void isBoundedWhateverComes() {
    for (int i = 1; i <= 10 * Backlog.LONGEST; i++) {
      applied(i, i % 2 == 0 ? Change.Kind.DELETED : Change.Kind.CREATED, "f" + i / 2);
      if (i % 3 == 0) {
        rejected(i);
      }
    }
    List<Reload<String>> rest = rest();
    assertThat(rest).hasSizeLessThanOrEqualTo(Backlog.LONGEST);
    assertThat(rest.getLast().snapshot().generation()).isEqualTo(10L * Backlog.LONGEST);
  }
}
