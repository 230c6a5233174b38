package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Diagnostic;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {
  @TempDir private Path dir;
  private Desk desk;

  enum Mode {
    FAST,
    NEARLY_EXACT
  }

  @BeforeEach
  void desk() {
    desk = new Desk(dir);
  }

  private Values values(String text) {
    desk.write(".env", text);
    try (Settings settings = desk.settings().environment(Map.of("HOME", "/h")).open()) {
      return settings.values();
    }
  }

  @Test
  void readsEveryType() {
    Values values =
        values(
            """
            INT=-5
            LONG=123456789012
            DOUBLE=0.75
            YES=on
            NO=0
            TIME=5m
            MILLIS=250
            SIZE=64KiB
            LIST=a, b,,c
            NONE=
            ENUM=nearly-exact
            PATH_=/a/../b
            URL=http://127.0.0.1:8001/v1
            """);
    assertThat(values.intValue("INT")).isEqualTo(-5);
    assertThat(values.longValue("LONG")).isEqualTo(123456789012L);
    assertThat(values.doubleValue("DOUBLE")).isEqualTo(0.75);
    assertThat(values.booleanValue("YES")).isTrue();
    assertThat(values.booleanValue("NO")).isFalse();
    assertThat(values.duration("TIME")).isEqualTo(Duration.ofMinutes(5));
    assertThat(values.duration("MILLIS")).isEqualTo(Duration.ofMillis(250));
    assertThat(values.byteSize("SIZE")).isEqualTo(new ByteSize(65536));
    assertThat(values.list("LIST")).containsExactly("a", "b", "c");
    assertThat(values.list("NONE")).isEmpty();
    assertThat(values.enumValue("ENUM", Mode.class)).isEqualTo(Mode.NEARLY_EXACT);
    assertThat(values.path("PATH_")).isEqualTo(Path.of("/a/../b"));
    assertThat(values.uri("URL")).isEqualTo(URI.create("http://127.0.0.1:8001/v1"));
    assertThat(values.string("HOME")).isEqualTo("/h");
    assertThat(values.get("HOME").orElseThrow().origin()).isEqualTo(Origin.ENVIRONMENT);
    assertThat(values.get("INT").orElseThrow().origin()).isEqualTo(new Origin(desk.at(".env"), 1));
    assertThat(values.get("INT").orElseThrow().toString())
        .isEqualTo("INT=-5 (%s:1)".formatted(desk.at(".env")));
    assertThat(values.keys()).doesNotContain("HOME").hasSize(13);
  }

  @Test
  void sizesSayWhichThousandTheyMean() {
    Map<String, Long> sizes =
        Map.of("512", 512L, "512B", 512L, "64kB", 64_000L, "1 MB", 1_000_000L, "2gib", 2L << 30);
    sizes.forEach((text, bytes) -> assertThat(Type.SIZES.parse(text).bytes()).isEqualTo(bytes));
    for (String bad : List.of("64k", "1.5MB", "-1", "MB", "9999999TiB", "1KK")) {
      assertThat(Type.SIZES.parse(bad)).as(bad).isNull();
    }
  }

  @Test
  void aFallbackStandsForWhatIsNotSetButNotForWhatIsWrong() {
    Values values = values("EMPTY=\nBAD=x\n");
    assertThat(values.intValue("EMPTY", 1)).isEqualTo(1);
    assertThat(values.longValue("GONE", 2)).isEqualTo(2);
    assertThat(values.doubleValue("GONE", 2.5)).isEqualTo(2.5);
    assertThat(values.booleanValue("GONE", true)).isTrue();
    assertThat(values.string("EMPTY", "x")).isEmpty();
    assertThat(values.string("GONE", "x")).isEqualTo("x");
    assertThat(values.duration("GONE", Duration.ZERO)).isEqualTo(Duration.ZERO);
    assertThat(values.byteSize("GONE", new ByteSize(1)).bytes()).isEqualTo(1);
    assertThat(values.list("GONE", List.of("a"))).containsExactly("a");
    assertThat(values.enumValue("GONE", Mode.FAST)).isEqualTo(Mode.FAST);
    assertThat(values.path("GONE", Path.of("p"))).isEqualTo(Path.of("p"));
    assertThat(values.uri("GONE", URI.create("u"))).isEqualTo(URI.create("u"));
    assertThatThrownBy(() -> values.intValue("BAD", 1)).isInstanceOf(SettingsException.class);
  }

  @Test
  void anErrorNamesTheKeyAndWhereItsValueComesFrom() {
    Values values = values("# first\nCHUNK_SIZE=many # tokens\n");
    assertThatThrownBy(() -> values.intValue("CHUNK_SIZE"))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            """
            error[PIRN-E021]: CHUNK_SIZE must be a whole number from -2147483648 to 2147483647, found "many"
              --> %s:2:12
            2 | CHUNK_SIZE=many
              |            ^^^^\
            """
                .formatted(desk.at(".env")));
    assertThatThrownBy(() -> values.intValue("HOME"))
        .hasMessageEndingWith("found \"/h\" in the environment");
    assertThatThrownBy(() -> values.intValue("CHUNK_SISE"))
        .hasMessageContaining("CHUNK_SISE is not set, and has no default")
        .hasMessageEndingWith("add CHUNK_SISE=...; did you mean \"CHUNK_SIZE\"?");
    assertThatThrownBy(() -> values.get(Rag.class)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyWhatFitsIsTaken() {
    Values values = values("A=\nB=1.0\nC=maybe\nD=5 minutes\nE=NaN\nF=SLOW\nG=a b:c\n");
    for (Runnable read :
        List.<Runnable>of(
            () -> values.intValue("A"),
            () -> values.intValue("B"),
            () -> values.longValue("B"),
            () -> values.booleanValue("C"),
            () -> values.duration("D"),
            () -> values.doubleValue("E"),
            () -> values.enumValue("F", Mode.class),
            () -> values.uri("G"))) {
      assertThatThrownBy(read::run).isInstanceOf(SettingsException.class);
    }
  }

  record Rag(
      @Default("512") int chunkSize,
      @Key("OTHER") String other,
      Optional<Duration> timeout,
      @Default("a,b") List<String> names,
      @Default("fast") Mode mode,
      List<Integer> sizes) {}

  @Test
  void makesRecordsWithDefaultsAndKeys() {
    desk.write(".env", "OTHER=\nRAG_SIZES=1, 2\nRAG_MODE=NEARLY_EXACT\nRAG_CHUNK_SIZE=\n");
    try (Settings settings = desk.settings().bind("RAG_", Rag.class).open()) {
      assertThat(settings.values().get(Rag.class))
          .isEqualTo(
              new Rag(
                  512, "", Optional.empty(), List.of("a", "b"), Mode.NEARLY_EXACT, List.of(1, 2)));
    }
  }

  @Test
  void tellsAllThatIsWrongWithARecordAtOnce() {
    desk.write(".env", "RAG_CHUNK_SIZE=x\nRAG_TIMEOUT=soon\nRAG_SIZES=1,b\nRAG_OTHR=1\n");
    assertThat(desk.settings().bind("RAG_", Rag.class).validate())
        .extracting(Diagnostic::message)
        .containsExactly(
            "OTHER is not set, and has no default",
            "RAG_CHUNK_SIZE must be a whole number from -2147483648 to 2147483647, found \"x\"",
            "RAG_TIMEOUT must be a duration like 500ms, 2s, 5m, 1h or 1d, found \"soon\"",
            "RAG_SIZES must be a list with commas, each item a whole number from -2147483648 to"
                + " 2147483647, found \"1,b\"");
  }

  @Test
  void aBareDurationInARecordIsRemarkedOn() {
    desk.write(".env", "OTHER=x\nRAG_SIZES=1\nRAG_TIMEOUT=250\n");
    assertThat(desk.settings().bind("RAG_", Rag.class).validate())
        .extracting(Diagnostic::message)
        .containsExactly("RAG_TIMEOUT has no unit, and is taken as milliseconds");
  }

  record BadDefault(@Default("x") int number) {}

  record BadType(Object any) {}

  @Test
  void aRecordThatCannotBeMadeIsRefusedWhenItIsDescribed() {
    Settings.Builder builder = desk.settings();
    assertThatThrownBy(() -> builder.bind("", BadDefault.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the default of number must be a whole number");
    assertThatThrownBy(() -> builder.bind("", BadType.class))
        .hasMessageContaining("of which settings cannot be");
    assertThatThrownBy(() -> builder.bind("1", Rag.class))
        .hasMessage("\"1CHUNK_SIZE\" cannot be a key");
  }

  @Test
  void namesBecomeCapitals() {
    assertThat(List.of("chunkSize", "url", "topK", "vosk2Model").stream().map(RecordBinder::upper))
        .containsExactly("CHUNK_SIZE", "URL", "TOP_K", "VOSK2_MODEL");
  }

  @Test
  void aLaterFileGoesBeforeAnEarlierOneAndReferencesMeanWhatIsInForce() {
    desk.write("base.env", "HOST=localhost\nURL=http://${HOST}/\nPATH_=/base\n");
    desk.write("local.env", "HOST=example\nPATH_=${PATH_}:/local\n");
    try (Settings settings = desk.settings("base.env", "none.env", "local.env").open()) {
      Values values = settings.values();
      assertThat(values.string("URL")).isEqualTo("http://example/");
      assertThat(values.string("PATH_")).isEqualTo("/base:/local");
      assertThat(values.get("URL").orElseThrow().origin())
          .isEqualTo(new Origin(desk.at("base.env"), 2));
    }
  }

  @Test
  void oneBrokenFileHoldsTheOthersBackUntilItIsMended() throws Exception {
    desk.write("a.env", "A=1\n");
    desk.write("b.env", "B=1\n");
    try (Settings settings = desk.settings("a.env", "b.env").open()) {
      desk.write("a.env", "oops\n");
      desk.write("b.env", "B=2\n");
      Desk.sync(settings);
      assertThat(settings.values().string("B")).isEqualTo("1");
      desk.write("a.env", "A=2\n");
      Desk.sync(settings);
      assertThat(settings.values().string("A") + settings.values().string("B")).isEqualTo("22");
    }
  }

  @Test
  void aRecordThatIsThereIsNotTakenAwayWithItsFile() throws Exception {
    desk.write(".env", "OTHER=x\nRAG_SIZES=1\n");
    try (Settings settings = desk.settings().bind("RAG_", Rag.class).startBroken(true).open()) {
      Rag before = settings.values().get(Rag.class);
      Files.delete(desk.at(".env"));
      Desk.sync(settings);
      settings.reload();
      assertThat(settings.values().get(Rag.class)).isSameAs(before);
      assertThat(settings.diagnostics()).anyMatch(Diagnostic::isError);
    }
  }

  @Test
  void whatChangedBetweenTwoMomentsIsToldByKeyAndWhatIsNotThereByNearNames() {
    Desk desk = new Desk(dir);
    desk.write(".env", "SIZE=1\nGONE=x\nSAME=1\n");
    try (Settings settings = desk.settings().open()) {
      Values before = settings.values();
      desk.write(".env", "SAME=1\nSIZE=2\nNEW=y\n");
      settings.reload();
      assertThat(SettingChange.between(before, settings.values()))
          .extracting(SettingChange::toString)
          .containsExactly("GONE: x -> not set", "NEW: not set -> y", "SIZE: 1 -> 2");
      assertThat(desk.render(List.of(settings.values().notFound("SIZ"))))
          .isEqualTo("error[PIRN-E030]: no file sets SIZ\n  help: did you mean \"SIZE\"?\n");
    }
  }
}
