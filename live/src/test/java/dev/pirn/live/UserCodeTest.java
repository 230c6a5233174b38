package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.watch.WatchSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCodeTest {
  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    desk.write("a.txt", "fine");
  }

  /// What a file's text asks for.
  private static <R> R act(String text, Supplier<R> otherwise) {
    return switch (text) {
      case "exception" -> throw new IllegalStateException("it went wrong");
      case "error" -> throw new AssertionError("it cannot be");
      case "overflow" -> deeper(0);
      case "missing class" -> throw new NoClassDefFoundError("a/b/C");
      case "memory" -> throw new OutOfMemoryError("not really");
      case "mute" -> throw new Mute();
      case "interrupt" -> {
        Thread.currentThread().interrupt();
        yield otherwise.get();
      }
      default -> otherwise.get();
    };
  }

  @SuppressWarnings({"InfiniteRecursion", "TypeParameterUnusedInFormals"})
  private static <R> R deeper(int depth) {
    return deeper(depth + 1);
  }

  private static final class Mute extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("even this");
    }
  }

  private static final List<String> FAILURES =
      List.of("exception", "error", "overflow", "missing class", "memory", "mute");

  private static String text(Content content) {
    return new String(content.bytes(), StandardCharsets.UTF_8);
  }

  private void survives(Live<String> live, String code, String what) {
    for (String failure : FAILURES) {
      desk.write("a.txt", failure);
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("fine");
      assertThat(live.diagnostics()).as(failure).extracting(Diagnostic::code).containsExactly(code);
      assertThat(live.diagnostics().getFirst().message()).startsWith(what + ": ");
      assertThat(live.status().watch().listenerFailure()).isNull();
    }
    desk.write("a.txt", "exception");
    assertThat(live.reload().diagnostics().getFirst().message())
        .isEqualTo(what + ": java.lang.IllegalStateException: it went wrong");
    desk.write("a.txt", "mended");
    Desk.sync(live);
    assertThat(live.get()).isEqualTo("mended");
    assertThat(live.diagnostics()).isEmpty();
  }

  @Test
  void whatADecoderThrowsIsADiagnostic() {
    Source<String> source =
        Source.file(
            desk.at("a.txt"), content -> act(text(content), () -> Decoded.of(text(content))));
    try (Live<String> live = Live.of(source).open()) {
      survives(live, "PIRN-L006", "the decoder failed");
    }
  }

  @Test
  void whatACheckThrowsIsADiagnostic() {
    try (Live<String> live =
        Live.of(desk.file("a.txt")).check(text -> act(text, Verdict::ok)).open()) {
      survives(live, "PIRN-L007", "a check failed, which refuses the candidate");
    }
  }

  @Test
  void whatAnAssemblerThrowsIsADiagnostic() {
    Source<String> source =
        Source.files(
            WatchSpec.files(List.of(desk.at("a.txt"))),
            Desk::decode,
            parts -> act(parts.getFirst().value(), () -> Decoded.of(parts.getFirst().value())));
    try (Live<String> live = Live.of(source).open()) {
      survives(live, "PIRN-L008", "the assembler failed");
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullIsNoAnswer() {
    Source<String> none = Source.file(desk.at("a.txt"), _ -> null);
    assertThatThrownBy(() -> Live.of(none).open())
        .hasMessageContaining("error[PIRN-L006]: the decoder failed: it returned null");
    assertThatThrownBy(() -> Live.of(desk.file("a.txt")).check(_ -> null).open())
        .hasMessageContaining("error[PIRN-L007]: a check failed, which refuses the candidate: ");
  }

  @Test
  void theCauseIsKeptWhenItKeepsTheSourceFromOpening() {
    desk.write("a.txt", "exception");
    assertThatThrownBy(
            () -> Live.of(desk.file("a.txt")).check(text -> act(text, Verdict::ok)).open())
        .isInstanceOf(LiveException.class)
        .hasRootCauseMessage("it went wrong");
  }

  @Test
  void anInterruptThatACheckLeavesBehindDoesNotKeepFilesFromBeingTaken() {
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(_ -> {
              Thread.currentThread().interrupt();
              return Verdict.ok();
            })
            .open()) {
      assertThat(Thread.interrupted()).as("on the thread that opens").isTrue();
      for (int i = 0; i < 20; i++) {
        desk.write("a.txt", "edit " + i);
        Desk.sync(live);
        assertThat(live.get()).isEqualTo("edit " + i);
      }
    }
  }

  @Test
  void aThreadThatWasInterruptedMayReload() {
    try (Live<String> live = Live.of(desk.file("a.txt")).open()) {
      Thread.currentThread().interrupt();
      Reload<String> outcome = live.reload();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(outcome).isInstanceOf(Reload.Unchanged.class);
    }
  }

  @Test
  void aCheckMustNotReloadOrRollBackItsOwnSource() {
    AtomicReference<Live<String>> self = new AtomicReference<>();
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(text -> {
              Live<String> own = self.get();
              if (own != null) {
                assertThat(own.get()).isEqualTo("fine");
                assertThat(own.history()).isNotEmpty();
                assertThatThrownBy(() -> own.rollback(1))
                    .hasMessage("a check or decoder of a.txt must not call rollback() of it");
                own.reload();
              }
              return Verdict.ok();
            })
            .open()) {
      self.set(live);
      desk.write("a.txt", "other");
      Desk.sync(live);
      assertThat(live.diagnostics())
          .extracting(Diagnostic::message)
          .containsExactly(
              "a check failed, which refuses the candidate: java.lang.IllegalStateException: "
                  + "a check or decoder of a.txt must not call reload() of it");
    }
  }

  @Test
  void aCheckMayWarn() {
    try (Live<String> live =
        Live.of(desk.file("a.txt"))
            .check(text -> Verdict.of(List.of(Diagnostic.warning("TEST-4", null, "odd: " + text))))
            .open()) {
      assertThat(live.diagnostics())
          .containsExactly(Diagnostic.warning("TEST-4", Place.of(desk.at("a.txt")), "odd: fine"));
      desk.write("a.txt", "other");
      Desk.sync(live);
      assertThat(live.get()).isEqualTo("other");
      assertThat(live.diagnostics()).extracting(Diagnostic::message).containsExactly("odd: other");
    }
  }

  @Test
  void allChecksHaveTheirSayInOrder() {
    assertThatThrownBy(() ->
            Live.of(desk.file("a.txt"))
                .check(_ -> Verdict.refuse("a first reason"))
                .check(_ -> Verdict.refuse("a second reason"))
                .open())
        .isInstanceOfSatisfying(
            LiveException.class,
            e ->
                assertThat(e.diagnostics())
                    .extracting(Diagnostic::message)
                    .containsExactly("a first reason", "a second reason"));
  }
}
