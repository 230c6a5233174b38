package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReloadEventTest {
  @Test
  void jsonHasAllFields() {
    ReloadEvent event =
        new ReloadEvent(
            Instant.parse("2026-11-22T01:02:03.000000004Z"),
            true,
            null,
            2,
            1,
            List.of("b"),
            List.of(),
            List.of());
    assertThat(event.toJson())
        .isEqualTo(
            "{\"timestamp\":\"2026-11-22T01:02:03.000000004Z\",\"success\":true,\"error\":null,"
                + "\"agents_count\":2,\"previous_count\":1,\"added\":[\"b\"],\"changed\":[],\"removed\":[]}");
    assertThat(ReloadEvent.fromJson(event.toJson()).value()).isEqualTo(event);
  }

  @Test
  void everyEventComesBackAsItWas() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      ReloadEvent event =
          new ReloadEvent(
              Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
              random.nextBoolean(),
              random.nextBoolean() ? null : text(random),
              random.nextInt(),
              random.nextInt(),
              List.of(text(random), text(random)),
              List.of(),
              List.of(text(random)));
      assertThat(ReloadEvent.fromJson(event.toJson()).value()).as("seed %d", seed).isEqualTo(event);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int c =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x21);
            case 1 -> random.nextInt(0x100);
            case 2 -> random.nextInt(0xD800);
            default -> 0x10000 + random.nextInt(0xFFFFF);
          };
      text.appendCodePoint(c);
    }
    return text.toString();
  }

  @Test
  void whatIsNoEventIsExplained() {
    assertThat(ReloadEvent.fromJson("{\"timestamp\":\"x\"}").diagnostics())
        .extracting(Diagnostic::message)
        .contains("\"timestamp\" must be a time like 2026-01-31T13:00:00Z, found \"x\"");
  }
}
