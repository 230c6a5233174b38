package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  @Test
  void staysForAllFilesButTheOneThatChanges() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      desk.write("a.txt", "a2");
      Desk.sync(live);
      desk.write("b.txt", "b3");
      desk.write("c.txt", "c3");
      Desk.sync(live);

      Reload<SortedMap<String, String>> back = live.rollback(1);
      assertThat(back).isInstanceOf(Reload.Applied.class);
      assertThat(back.trigger()).isEqualTo(Trigger.ROLLBACK);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b1"));
      long rolled = live.generation();

      desk.write("a.txt", "a2");
      Desk.sync(live);
      assertThat(live.generation()).as("the same bytes are no change").isEqualTo(rolled);

      desk.write("b.txt", "b4");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b4"));

      assertThat(live.reload()).isInstanceOf(Reload.Applied.class);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a2", "b.txt", "b4", "c.txt", "c3"));
      assertThat(live.reload()).isInstanceOf(Reload.Unchanged.class);
    }
  }

  @Test
  void bringsBackADeletedFileUntilTheReload() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Live<SortedMap<String, String>> live = Live.of(desk.tree()).open()) {
      desk.delete("a.txt");
      Desk.sync(live);
      live.rollback(1);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b1"));
      live.reload();
      assertThat(live.get()).isEqualTo(Map.of("b.txt", "b1"));
    }
  }

  @Test
  void whatWasHeldBackStaysOutUntilItChangesOrTheReload() {
    desk.write("a.txt", "a1");
    desk.write("b.txt", "b1");
    try (Live<SortedMap<String, String>> live =
        Live.of(desk.tree())
            .check(all -> all.containsValue("refused") ? Verdict.refuse("no") : Verdict.ok())
            .open()) {
      desk.write("b.txt", "b2");
      Desk.sync(live);
      desk.write("a.txt", "refused");
      Desk.sync(live);
      assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("no");
      live.rollback(1);
      assertThat(live.diagnostics()).isEmpty();
      desk.write("b.txt", "b3");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo(Map.of("a.txt", "a1", "b.txt", "b3"));
      assertThat(live.reload()).isInstanceOf(Reload.Rejected.class);
    }
  }

  @Test
  void aGenerationThatIsNotKeptIsRefusedAndTakesNoReportAway() {
    desk.write("a.txt", "1");
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(text -> text.equals("no") ? Verdict.refuse("not this") : Verdict.ok())
            .keep(3)
            .open()) {
      for (int i = 2; i <= 8; i++) {
        desk.write("a.txt", String.valueOf(i));
        Desk.sync(live);
      }
      desk.write("a.txt", "no");
      Desk.sync(live);
      Reload<String> outcome = live.rollback(2);
      assertThat(outcome).isInstanceOf(Reload.Rejected.class);
      assertThat(Rendering.plain().render(outcome.diagnostics()))
          .isEqualTo(
              """
              error[PIRN-L011]: generation 2 is not kept; kept are 6 to 8
                = generation 8 stays in force
                help: choose one that is kept
              """);
      assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("not this");
    }
  }

  @Test
  void theHistoryIsBoundedAndRefusalsDoNotPushOutTheWayBack() {
    desk.write("a.txt", "1");
    try (Live<String> live = Live.of(desk.file("a.txt")).keep(3).open()) {
      desk.write("a.txt", "2");
      Desk.sync(live);
      for (int i = 0; i < 5; i++) {
        desk.write("a.txt", "!" + i);
        Desk.sync(live);
      }
      List<HistoryEntry> history = live.history();
      assertThat(history).hasSize(3).noneMatch(HistoryEntry::applied);
      assertThat(history.getFirst().diagnostics().getFirst().message()).isEqualTo("broken \"!4\"");
      assertThat(history.getFirst().files()).containsExactly(desk.at("a.txt"));
      assertThat(live.rollback(1)).isInstanceOf(Reload.Applied.class);
      assertThat(live.get()).isEqualTo("1");
      assertThat(live.history().getFirst())
          .extracting(HistoryEntry::generation, HistoryEntry::applied, HistoryEntry::trigger)
          .containsExactly(3L, true, Trigger.ROLLBACK);
      assertThat(live.quarantined()).as("what the disk says").isNotEmpty();
    }
  }

  @Test
  void toWhatIsInForceChangesNothing() {
    desk.write("a.txt", "1");
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      assertThat(live.rollback(1)).isInstanceOf(Reload.Unchanged.class);
      assertThat(live.generation()).isEqualTo(1);
    }
  }

  @Test
  void bringsBackWhatWasSaidOfTheWholeToo() {
    desk.write("a.txt", "1");
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(
                text -> Verdict.of(List.of(Diagnostic.warning("TEST-3", null, "look at " + text))))
            .open()) {
      desk.write("a.txt", "2");
      Desk.sync(live);
      assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("look at 2");
      live.rollback(1);
      assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("look at 1");
    }
  }

  @Test
  void toTheDefaultWorksAsToAnyOther() {
    try (Live<String> live = Live.of(desk.file("a.txt")).orElse("default").open()) {
      desk.write("a.txt", "1");
      Desk.sync(live);
      live.rollback(1);
      assertThat(live.get()).isEqualTo("default");
      live.reload();
      assertThat(live.get()).isEqualTo("1");
    }
  }

  @Test
  void lessThanOneGenerationCannotBeKept() {
    assertThatThrownBy(() -> Live.of(desk.file("a.txt")).keep(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least 1 generation is kept, was 0");
  }
}
