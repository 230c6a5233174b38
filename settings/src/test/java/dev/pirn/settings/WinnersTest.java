package dev.pirn.settings;

import static dev.pirn.settings.Acknowledgement.Status.APPLIED;
import static dev.pirn.settings.Acknowledgement.Status.BLOCKED;
import static dev.pirn.settings.Acknowledgement.Status.FAILED;
import static dev.pirn.settings.Acknowledgement.Status.UNCHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The deployment loop; the names begin with 11 where the bug of that number (003.6-11) is meant.
class WinnersTest {
  private static final String ENV =
      """
      # the assistant
      KLR_RAG_CHUNK_SIZE=512  # tokens
      KLR_RAG_TOP_K=5
      KLR_MODE="exact"
      MODEL_TOKEN=hush-old
      """;

  private static final String MAP =
      """
      parameters:
        chunk_size: { key: KLR_RAG_CHUNK_SIZE, min: 128, max: 2048 }
        top_k: KLR_RAG_TOP_K
        mode: { key: KLR_MODE, one-of: [fast, exact] }
        token: { key: MODEL_TOKEN, one-of: [hush-a, hush-b] }
      metrics:
        fitness: { min: 0.5 }
      """;

  @TempDir private Path dir;
  private Desk desk;
  private Settings settings;

  @BeforeEach
  void open() {
    desk = new Desk(dir);
    desk.write(".env", ENV);
    desk.write("map.yaml", MAP);
    settings =
        desk.settings()
            .check(values ->
                values.intValue("KLR_RAG_TOP_K", 0) <= 50
                    ? Verdict.ok()
                    : Verdict.refuse("at most 50"))
            .open();
  }

  @AfterEach
  void close() {
    settings.close();
  }

  private Acknowledgement apply(String name, String json) {
    return settings.apply(desk.write(name + ".json", json), desk.at("map.yaml"));
  }

  private static String winner(String params) {
    return "{\"best\":{\"params\":{%s},\"fitness\":0.9},\"updated_at\":\"2026-11-20\"}"
        .formatted(params);
  }

  private String onDisk(Acknowledgement made) {
    return desk.read(".pirn/acknowledgements/" + made.promotionId() + ".ack.json").strip();
  }

  @Test
  void elevenAWinnerIsMappedAndAppliedInOneWrite() {
    Acknowledgement made = apply("rag", winner("\"chunk_size\":768,\"top_k\":8,\"mode\":\"fast\""));
    assertThat(made.diagnostics()).isEmpty();
    assertThat(made.status()).isEqualTo(APPLIED);
    assertThat(desk.read(".env"))
        .isEqualTo(
            ENV.replace("512", "768").replace("TOP_K=5", "TOP_K=8").replace("exact", "fast"));
    assertThat(settings.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(768);
    assertThat(settings.live().generation()).isEqualTo(2);
    assertThat(made.toJson())
        .isEqualTo(
            "{\"promotion_id\":\"%s\",\"applied_at\":\"%s\",\"status\":\"applied\",\"changes\":{"
                    .formatted(made.promotionId(), made.appliedAt())
                + "\"KLR_MODE\":{\"old\":\"exact\",\"new\":\"fast\"},"
                + "\"KLR_RAG_CHUNK_SIZE\":{\"old\":\"512\",\"new\":\"768\"},"
                + "\"KLR_RAG_TOP_K\":{\"old\":\"5\",\"new\":\"8\"}}}");
    assertThat(onDisk(made)).isEqualTo(made.toJson());
    assertThat(made.promotionId()).startsWith("rag-");
  }

  @Test
  void elevenTheSameWinnerTwiceDoesNothing() {
    Acknowledgement first = apply("rag", winner("\"chunk_size\":768,\"top_k\":8"));
    settings.set("KLR_RAG_CHUNK_SIZE", "600", null);
    Acknowledgement second =
        apply("rag", winner("\"top_k\":8,\"chunk_size\":768").replace("11-20", "11-21"));
    assertThat(second.status()).isEqualTo(UNCHANGED);
    assertThat(second.promotionId()).isEqualTo(first.promotionId());
    assertThat(settings.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(600);
    assertThat(onDisk(first)).isEqualTo(first.toJson());
  }

  @Test
  void aWinnerThatComesBackAfterAnotherCountsAgain() {
    String a = winner("\"chunk_size\":768");
    apply("rag", a);
    apply("rag", winner("\"chunk_size\":1024"));
    assertThat(apply("rag", a).status()).isEqualTo(APPLIED);
    assertThat(settings.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(768);
  }

  @Test
  void elevenTwoExperimentsWithEqualParametersAreTwoWinners() {
    String params = "\"params\":{\"chunk_size\":768}, \"fitness\": 0.9";
    apply("a", "{\"experiment\":\"one\", %s}".formatted(params));
    settings.set("KLR_RAG_CHUNK_SIZE", "600", null);
    Acknowledgement other = apply("a", "{\"experiment\":\"two\", %s}".formatted(params));
    assertThat(other.status()).isEqualTo(APPLIED);
    assertThat(settings.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(768);
    Acknowledgement named =
        apply("a", "{\"experiment\":\"two\", \"promotion_id\":\"p/7\", %s}".formatted(params));
    assertThat(named.status()).isEqualTo(APPLIED);
    assertThat(named.promotionId()).isEqualTo("p/7");
    assertThat(dir.resolve(".pirn/acknowledgements").toFile().list()).hasSize(3);
  }

  @Test
  void elevenAnyViolationBlocksAllOfItAndIsNotRecorded() {
    Acknowledgement made =
        apply(
            "rag",
            winner(
                "\"chunk_size\":4096,\"top_k\":8,\"mode\":\"slow\",\"chunk_sise\":1,\"token\":\"hush-c\""));
    assertThat(made.status()).isEqualTo(BLOCKED);
    assertThat(made.diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly(
            "the parameter \"chunk_size\" (KLR_RAG_CHUNK_SIZE) must be at least 128 and at most"
                + " 2048, found \"4096\"",
            "the parameter \"mode\" (KLR_MODE) must be one of fast, exact, found \"slow\"",
            "the map does not have the parameter \"chunk_sise\"",
            "the parameter \"token\" (MODEL_TOKEN) must be within the bounds of the map, found ***");
    assertThat(desk.read(".env")).isEqualTo(ENV);
    assertThat(onDisk(made)).contains("\"status\":\"blocked\"", "\"changes\":{}", "\"reason\":");
    assertThat(apply("rag", winner("\"chunk_size\":768")).status()).isEqualTo(APPLIED);
  }

  @Test
  void elevenAMissingOrNullMetricBlocksBeforeAnythingIsApplied() {
    for (String fitness : List.of("null", "0.4", "\"high\"", "NaN")) {
      Acknowledgement made =
          apply(
              "rag",
              "{\"best\":{\"params\":{\"chunk_size\":768},\"fitness\":%s}}".formatted(fitness));
      assertThat(made.status()).as(fitness).isEqualTo(BLOCKED);
    }
    Acknowledgement none = apply("rag", "{\"params\":{\"chunk_size\":768}}");
    assertThat(none.reason()).isEqualTo("the winner does not have the metric \"fitness\"");
    assertThat(desk.read(".env")).isEqualTo(ENV);
    desk.write("map.yaml", "parameters: { chunk_size: KLR_RAG_CHUNK_SIZE }\n");
    String nobodyAsks = "{\"best\":{\"params\":{\"chunk_size\":768},\"fitness\":null}}";
    assertThat(apply("rag", nobodyAsks).status()).isEqualTo(APPLIED);
    assertThat(apply("rag", nobodyAsks).status()).isEqualTo(UNCHANGED);
  }

  @Test
  void elevenWhatTheChecksRefuseIsBlockedAndTriedAgain() {
    assertThat(apply("rag", winner("\"top_k\":51")).status()).isEqualTo(BLOCKED);
    assertThat(apply("rag", winner("\"top_k\":51")).reason()).isEqualTo("at most 50");
    assertThat(desk.read(".env")).isEqualTo(ENV);
  }

  @Test
  void aWinnerThatIsNoWinnerFails() {
    for (String json : List.of("", "{", "[]", "{}", "{\"best\":{}}", "{\"params\":{}}", "7")) {
      assertThat(apply("rag", json).status()).as(json).isEqualTo(FAILED);
    }
    for (String params : List.of("\"chunk_size\":null", "\"chunk_size\":[1]")) {
      assertThat(apply("rag", winner(params)).status()).as(params).isEqualTo(BLOCKED);
    }
    assertThat(settings.apply(desk.at("none.json"), desk.at("map.yaml")).reason())
        .isEqualTo("the file cannot be read: there is no such file or folder");
  }

  @Test
  void aMapThatIsWrongFails() {
    desk.write("winner.json", winner("\"a\":1"));
    for (String map :
        List.of(
            "parameters: { a: KEY, b: KEY }\n",
            "parameters: { a: bad-key }\n",
            "parameters: { a: { key: A, mim: 1 } }\n",
            "nothing: {}\n")) {
      desk.write("map.yaml", map);
      Acknowledgement made = settings.apply(desk.at("winner.json"), desk.at("map.yaml"));
      assertThat(made.status()).as(map).isEqualTo(FAILED);
      assertThat(made.reason()).as(map).isNotEmpty();
    }
  }

  @Test
  void aWinnerOfAnotherExperimentIsBlocked() {
    desk.write("map.yaml", "experiment: rag\n" + MAP);
    Acknowledgement made =
        apply("x", "{\"experiment\":\"asr\",\"params\":{\"top_k\":8},\"fitness\":1}");
    assertThat(made.reason())
        .isEqualTo("the winner is of the experiment \"asr\", the map for \"rag\"");
    assertThat(apply("x", "{\"params\":{\"top_k\":8},\"fitness\":1}").promotionId())
        .startsWith("rag-");
  }

  @Test
  void brokenMemoryIsNotTakenForNone() {
    desk.write(".pirn/winners.json", "{");
    Acknowledgement made = apply("rag", winner("\"top_k\":8"));
    assertThat(made.status()).isEqualTo(FAILED);
    assertThat(made.reason()).isEqualTo("which winners were applied cannot be read: it is broken");
    assertThat(desk.read(".env")).isEqualTo(ENV);
  }

  @Test
  void severalKeysOfSeveralFilesGoToTheLast() {
    desk.write("base.env", "KLR_RAG_CHUNK_SIZE=1\n");
    desk.write("over.env", "KLR_RAG_TOP_K=1\n");
    try (Settings two = desk.settings("base.env", "over.env").open()) {
      desk.write("w.json", winner("\"chunk_size\":768,\"top_k\":8"));
      assertThat(two.apply(desk.at("w.json"), desk.at("map.yaml")).status()).isEqualTo(APPLIED);
    }
    assertThat(desk.read("base.env")).isEqualTo("KLR_RAG_CHUNK_SIZE=1\n");
    assertThat(desk.read("over.env")).isEqualTo("KLR_RAG_TOP_K=8\nKLR_RAG_CHUNK_SIZE=768\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsRememberedIsForItsOwnerOnly() throws Exception {
    Acknowledgement made = apply("rag", winner("\"token\":\"hush-a\""));
    assertThat(made.toJson()).contains("{\"old\":\"***\",\"new\":\"***\"}").doesNotContain("hush");
    assertThat(desk.read(".pirn/winners.json")).doesNotContain("hush");
    assertThat(rights(".pirn")).isEqualTo("rwx------");
    assertThat(rights(".pirn/winners.json")).isEqualTo("rw-------");
  }

  private String rights(String name) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(desk.at(name)));
  }
}
