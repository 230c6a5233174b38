package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.LiveException;
import dev.pirn.live.Rendering;
import dev.pirn.live.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets are planted wherever one can stand, and every output is searched for them. All of them
/// have `hush` in them.
class SecretsTest {
  /// The planted ones, each in another way of being one.
  private static final String PLANTED =
      """
      OPENAI_API_KEY=hush-key
      my_token_2='hush-token'
      KLR_WEBHOOK_SECRET="hush secret"
      DB_PASSWORD=hush-password
      OWN_DSN=hush-dsn
      DATABASE_URL=postgres://me:hush-url@host/db
      DERIVED=prefix-${DB_PASSWORD}
      AGAIN=${DERIVED}!
      FALLBACK=${NO_SUCH_TOKEN:-hush-default}
      FROM_ENVIRONMENT=${ENV_SECRET}
      PEM_KEY="hush
      hush
      hush"
      OPEN=visible
      """;

  @TempDir private Path dir;
  private Desk desk;
  private final StringBuilder out = new StringBuilder();

  record Db(String password, Secret token) {}

  /// The log is an output like any other.
  private final Handler log =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage() + line.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.pirn.live");

  @BeforeEach
  void desk() {
    desk = new Desk(dir);
    log.setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.addHandler(log);
  }

  @AfterEach
  void theLogShowsNoSecretEither() {
    logger.removeHandler(log);
    assertThat(lines.toString()).doesNotContain("hush");
  }

  private Settings.Builder builder() {
    return desk.settings().secrets("*_DSN").environment(Map.of("ENV_SECRET", "hush-env"));
  }

  private void say(Object text) {
    out.append(text).append('\n');
  }

  private void say(List<Diagnostic> diagnostics) {
    out.append(diagnostics).append('\n');
    out.append(Rendering.plain().render(diagnostics));
    out.append(Rendering.ansi().render(diagnostics));
    out.append(Rendering.html().render(diagnostics));
    diagnostics.forEach(it -> out.append(Rendering.plain().line(it)).append('\n'));
  }

  private void sayAll(Settings settings) {
    say(settings.values());
    settings.values().all().forEach(this::say);
    settings.values().all().forEach(setting -> say(setting.shown()));
    say(settings.values().get("ENV_SECRET"));
    say(settings.diagnostics());
    say(settings.live().snapshot());
    say(settings.live().status());
    say(settings.live().history());
    say(settings.live().quarantined());
    say(settings.live().rollback(1));
  }

  @Test
  void nothingShowsASecretThatIsInForce() throws Exception {
    List<SettingsEvent> events = new CopyOnWriteArrayList<>();
    desk.write(".env", PLANTED);
    try (Settings settings = builder().open()) {
      settings.onEvent(events::add);
      settings.onEvent(event -> event.changes().forEach(it -> say(it.shownAfter())));
      say(settings.set("OPENAI_API_KEY", "hush-new", null));
      say(settings.set("OPEN", "hush-by-value://a:hush@b", null));
      say(settings.edit(Map.of("ADDED_TOKEN", java.util.Optional.of("hush-added")), null));
      say(settings.unset("DB_PASSWORD", null));
      sayAll(settings);
      await().until(() -> events.size() >= 4);
      assertThat(settings.values().string("DATABASE_URL")).contains("hush-url");
    }
    say(events);
    assertThat(lines).isNotEmpty();
    assertThat(events.toString()).contains("***");
    assertThat(out.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "API_KEY=\"hush\n",
        "API_KEY=\"hush\" hush\n",
        "API_KEY='hush' hush\n",
        "API_KEY=hush${\n",
        "API_KEY=\"a\nhush${x\n\"\n",
        "API_KEY=${hush\n",
        "A=1\nAPI_KEY=${B}hush\nB=${API_KEY}\n",
        "API_KEY=hush\nAPI_KEY=hush2\n=\n",
        "API_KEY=hush\u0000\n",
        "API_KEY=-----BEGIN\nhushMIIEvQIBADANBg\nhush/+=hush\nhush==\n\n",
        "hush\n",
        "my-token=hush\n",
        "1_TOKEN=hush\n",
        "my password=\"hush\nhush\"\n",
        "PORT=${API_KEY:-hush}${\n",
        "PORT=http://me:hush@host ${\n",
        "=hush\n",
        "API_KEY=\"unterminated\nhush one=hush\nhush-two=hush\n",
      })
  void noProblemOfAFileShowsASecret(String text) {
    desk.write(".env", text);
    say(builder().validate());
    assertThatThrownBy(() -> builder().open())
        .isInstanceOf(LiveException.class)
        .satisfies(e -> say(e.getMessage()));
    assertThat(out.toString()).contains("PIRN-E").doesNotContain("hush");
  }

  @Test
  void theLengthOfASecretIsNotShownEither() {
    List<String> said = new ArrayList<>();
    for (String secret : List.of("a", "a-much-longer-secret")) {
      desk.write(".env", "API_KEY=\"" + secret + "\" x\n");
      said.add(desk.render(builder().validate()));
    }
    assertThat(said.get(0)).isEqualTo(said.get(1)).contains("1 | API_KEY=***\n");
  }

  @Test
  void readsAndRecordsDoNotShowASecret() {
    desk.write(".env", "DB_PASSWORD=hush-password\nDB_TOKEN=hush-token\nX=${DB_TOKEN}\n");
    try (Settings settings = builder().bind("DB_", Db.class).open()) {
      for (String key : List.of("DB_PASSWORD", "X", "ENV_SECRET")) {
        assertThatThrownBy(() -> settings.values().intValue(key))
            .isInstanceOf(SettingsException.class)
            .hasMessageContaining("found ***")
            .satisfies(e -> say(e.getMessage()));
      }
      say(settings.values().get(Db.class).token());
      assertThat(settings.values().get(Db.class).token().reveal()).isEqualTo("hush-token");
    }
    assertThat(out.toString()).doesNotContain("hush");
  }

  record Strict(String token) {
    Strict {
      if (token.length() > 3) {
        throw new IllegalArgumentException("bad token " + token);
      }
    }
  }

  @Test
  void whatChecksAndRecordsSayAndThrowIsCleaned() {
    desk.write(".env", "MY_TOKEN=ok\nOTHER_KEY=k7\n");
    try (Settings settings =
        builder()
            .bind("MY_", Strict.class)
            .check(values -> Verdict.refuse("key " + values.string("OTHER_KEY") + " is out"))
            .startBroken(true)
            .open()) {
      say(settings.diagnostics());
      assertThat(out.toString()).contains("key *** is out").doesNotContain("k7");
      desk.write(".env", "MY_TOKEN=hush-token\nOTHER_KEY=k7\n");
      say(settings.reload().diagnostics());
      assertThat(out.toString()).contains("Strict refuses the settings: bad token ***");
    }
    desk.write(".env", "MY_TOKEN=hush-token\n");
    Settings.Builder throwing =
        builder()
            .check(values -> {
              throw new IllegalStateException("cannot use " + values.string("MY_TOKEN"));
            });
    assertThatThrownBy(throwing::open)
        .hasMessageContaining("IllegalStateException: cannot use ***")
        .hasNoCause();
    say(throwing.validate());
    assertThat(out.toString()).doesNotContain("hush");
  }

  @Test
  void writingThatIsRefusedShowsNoSecret() {
    desk.write(".env", "MY_TOKEN=ok\n");
    try (Settings settings = builder().bind("MY_", Strict.class).open()) {
      Decoded<WrittenSettings> refused = settings.set("MY_TOKEN", "hush-token", null);
      assertThat(refused.value()).isNull();
      say(refused.diagnostics());
      say(refused);
      say(settings.set("A_KEY", "hush\u0000", null));
      say(settings.set("bad key", "hush", null));
      assertThat(desk.read(".env")).isEqualTo("MY_TOKEN=ok\n");
    }
    assertThat(out.toString()).contains("bad token ***").doesNotContain("hush");
  }

  @Test
  void winnersShowNoSecret() {
    desk.write(".env", "API_KEY=hush-old\n");
    desk.write("map.yaml", "parameters: { key: { key: API_KEY, one-of: [hush-a] }, n: N }\n");
    try (Settings settings = builder().open()) {
      for (String json :
          List.of(
              "{\"params\":{\"key\":\"hush-x\"}}",
              "{\"params\":{\"key\":\"hush-a\",\"other\":\"hush\"}}",
              "{\"params\":{\"key\":\"hush-a\", \"key\":\"hush-b\"}}",
              "{\"params\":{\"key\":[\"hush-a\"]}}",
              "{\"params\":{\"key\":\"hush-a}",
              "{\"params\":{\"n\":\"x://u:hush@h\"}}",
              "{\"params\":{\"key\":\"hush-a\"}}")) {
        Acknowledgement made = settings.apply(desk.write("w.json", json), desk.at("map.yaml"));
        say(made);
        say(made.toJson());
        say(made.reason());
        say(made.diagnostics());
      }
    }
    assertThat(out.toString()).contains("\"blocked\"", "\"applied\"").doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parameters: { key: { key: API_KEY, one-of: [hush-a }\n",
        "parameters:\n  key: { key: API_KEY, one-of: [\"hush-a] }\n",
        "parameters:\n  key: { key: API_KEY, one-of: hush-a }\n",
        "parameters:\n  key: { key: API_KEY, one-of: *hush }\n",
        "parameters:\n  key: { key: API_KEY, one_off: [hush-a] }\n",
        "parameters:\n  key: { key: API_KEY, min: hush }\n",
        "parameters:\n  key: { key: DERIVED, min: hush }\n",
        "parameters: { a: { key: API_KEY, one-of: [hush] }, b: { key: API_KEY } }\n",
        "parameters: { a: { key: API_KEY, one-of: [hush] }, b: { key: bad-key } }\n",
        "parameters: { a: { key: URL, one-of: x://me:hush@host } }\n",
        "API_KEY: hush\n",
        "API_KEY hush\n\t- hush: \"\n",
      })
  void aBrokenMapShowsNoSecretThatItMayAllow(String map) {
    desk.write(".env", "API_KEY=hush-old\nDERIVED=${API_KEY}\n");
    desk.write("map.yaml", map);
    desk.write("w.json", "{\"params\":{\"key\":\"hush-x\"}}");
    try (Settings settings = builder().open()) {
      Acknowledgement made = settings.apply(desk.at("w.json"), desk.at("map.yaml"));
      assertThat(made.status()).isEqualTo(Acknowledgement.Status.FAILED);
      say(made);
      say(made.toJson());
      say(made.diagnostics());
      say(desk.read(".pirn/acknowledgements/w.ack.json"));
    }
    assertThat(out.toString()).contains("map.yaml:").doesNotContain("hush");
  }

  @Test
  void aBrokenMapWithoutSecretsIsShownAsItIs() {
    desk.write(".env", "API_KEY=hush-old\nSIZE=1\n");
    desk.write("map.yaml", "parameters:\n  size: { key: SIZE, min: many }\n");
    desk.write("w.json", "{\"params\":{\"size\":7}}");
    try (Settings settings = builder().open()) {
      Acknowledgement made = settings.apply(desk.at("w.json"), desk.at("map.yaml"));
      assertThat(desk.render(made.diagnostics())).contains("2 |   size: { key: SIZE, min: many }");
    }
  }

  @Test
  void aBrokenMapThatNamesASecretSaysWhereAndWhatToDo() {
    desk.write(".env", "API_KEY=hush-old\n");
    desk.write("map.yaml", "parameters:\n  key: { key: API_KEY, min: hush }\n");
    desk.write("w.json", "{\"params\":{\"key\":\"hush-x\"}}");
    try (Settings settings = builder().open()) {
      Acknowledgement made = settings.apply(desk.at("w.json"), desk.at("map.yaml"));
      assertThat(desk.render(made.diagnostics()))
          .isEqualTo(
              """
              error[PIRN-E041]: the map is broken (PIRN-Y033)
                --> map.yaml:2:29
                help: look up the code; nothing of the map is shown, as it names a secret
              """);
    }
  }

  @Test
  void patternsCanBeAddedAndExcepted() {
    Secrets secrets = Secrets.of(List.of("*_DSN", "!*_MAX_TOKENS"));
    assertThat(List.of("A_DSN", "a_key", "mytoken", "X_Secret_Y", "PASSWORDS"))
        .allMatch(secrets::name);
    assertThat(List.of("LLM_MAX_TOKENS", "KEYBOARD", "A.B", "MONKEY")).noneMatch(secrets::name);
  }

  @Test
  void aStarStandsForAnythingAndNothingButAStarDoes() {
    Secrets secrets = Secrets.of(List.of("A*B*C", "EXACT", "PRE_*", "X*XY*XY"));
    assertThat(List.of("ABC", "A_B_C", "abbcc", "exact", "PRE_", "XXYXY", "X_XY_XY"))
        .allMatch(secrets::name);
    assertThat(List.of("AC", "ACB", "ABCD", "EXACTLY", "AN_EXACT", "PRE", "XXY", "XYXY", "A.B"))
        .noneMatch(secrets::name);
  }

  @Test
  void onlyAnAddressWithAPasswordIsASecretByItsForm() {
    Secrets secrets = Secrets.of(List.of());
    assertThat(
            List.of(
                "postgres://me:pw@host/db",
                "://:p@",
                "see http://host/ and x://a:b@c",
                "x://a:b:c@d",
                "x://://u:p@h"))
        .allMatch(secrets::value);
    assertThat(
            List.of(
                "",
                "http://host:80/",
                "x://me@host",
                "x://me:@host",
                "x://a:b c@d",
                "x://a/b:c@d",
                "a:b@c",
                "x://a:b",
                "x://"))
        .noneMatch(secrets::value);
  }
}
