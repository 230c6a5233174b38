package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.LiveException;
import dev.pirn.live.Reload;
import dev.pirn.live.Subscription;
import dev.pirn.live.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the system that this one follows got wrong, by its number in the list of its bugs. Each
/// test fails on that behaviour.
///
/// The others are elsewhere: of 1 and 6, what the kernel tells and loses, in the tests of `watch`
/// and `live`; of 7, all outputs, in [SecretsTest] and in the tests of the server and the commands;
/// of 8, the grammar, in [EnvParserTest]; of 9, the commands, in `SettingsCommandsTest`; 11, the
/// deployment, in [WinnersTest]; of 12, other systems than Linux, in the tests of `watch`.
class SeedBugsTest {
  @TempDir private Path dir;
  private Desk desk;
  private @Nullable Settings opened;
  private final List<SettingsEvent> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void desk() {
    desk = new Desk(dir);
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  private Settings open(Settings.Builder builder) {
    Settings settings = builder.open();
    opened = settings;
    settings.onEvent(events::add);
    return settings;
  }

  @Test
  @DisplayName("003.6-1 a truncation before the write takes nothing away")
  void aTruncationBeforeTheWriteTakesNothingAway() throws Exception {
    desk.write(".env", "A=1\nB=2\n");
    Settings settings = open(desk.settings());
    try (OutputStream out = Files.newOutputStream(desk.at(".env"))) {
      // Opening has emptied the file; its writer is not done.
      settings.live().sync(Duration.ofMillis(300));
      assertThat(settings.values().keys()).containsExactly("A", "B");
      out.write("A=1\nB=3\n".getBytes(StandardCharsets.UTF_8));
    }
    Desk.sync(settings);
    assertThat(settings.values().intValue("B")).isEqualTo(3);
    await().until(() -> !events.isEmpty());
    assertThat(events.getFirst().changes())
        .extracting(SettingChange::toString)
        .containsExactly("B: 2 -> 3");
  }

  @Test
  @DisplayName("003.6-1 a file that stays empty or blank takes nothing away, and is reported")
  void aFileThatStaysEmptyTakesNothingAway() throws Exception {
    desk.write(".env", "A=1\n");
    Settings settings = open(desk.settings());
    for (String nothing : List.of("", "\n", " \n\t\n")) {
      desk.write(".env", nothing);
      Desk.sync(settings);
      assertThat(settings.values().string("A")).isEqualTo("1");
      assertThat(settings.diagnostics()).anyMatch(Diagnostic::isError);
      assertThat(settings.reload()).isInstanceOf(Reload.Rejected.class);
      assertThat(settings.values().string("A")).isEqualTo("1");
    }
    desk.write(".env", "# nothing\n");
    Desk.sync(settings);
    assertThat(settings.values().keys()).isEmpty();
    assertThat(settings.diagnostics()).isEmpty();
  }

  @Test
  @DisplayName("003.6-1 a folder that is missing takes nothing away, not by reloading either")
  void aFolderThatIsMissingTakesNothingAway() throws Exception {
    desk.write("mount/.env", "A=1\n");
    Settings settings = open(desk.settings("mount/.env"));
    Files.move(desk.at("mount"), desk.at("elsewhere"));
    Desk.sync(settings);
    assertThat(settings.values().string("A")).isEqualTo("1");
    settings.reload();
    assertThat(settings.values().string("A")).isEqualTo("1");
    desk.write("elsewhere/.env", "A=2\n");
    Files.move(desk.at("elsewhere"), desk.at("mount"));
    await().until(() -> settings.values().string("A").equals("2"));
  }

  @Test
  @DisplayName("003.6-2 the last of rapid edits is in force")
  void theLastOfRapidEditsIsInForce() throws Exception {
    desk.write(".env", "R=r0\n");
    Settings settings = open(desk.settings());
    for (int i = 1; i <= 50; i++) {
      desk.write(".env", "R=r" + i + "\n");
    }
    Desk.sync(settings);
    assertThat(settings.values().string("R")).isEqualTo("r50");
  }

  @Test
  @DisplayName("003.4 a value that changes and changes back is told twice")
  void aValueThatChangesAndChangesBackIsToldTwice() throws Exception {
    desk.write(".env", "THREADS=3\n");
    Settings settings = open(desk.settings());
    for (int i = 4; i >= 3; i--) {
      int told = events.size();
      desk.write(".env", "THREADS=" + i + "\n");
      await().until(() -> events.size() > told);
      assertThat(settings.values().intValue("THREADS")).isEqualTo(i);
    }
    assertThat(events.stream().flatMap(event -> event.changes().stream()))
        .extracting(SettingChange::toString)
        .containsExactly("THREADS: 3 -> 4", "THREADS: 4 -> 3");
  }

  @Test
  @DisplayName(
      "003.6-3 a bad line or bad bytes change nothing at all, and a good file is taken again")
  void aBadLineChangesNothingAtAll() throws Exception {
    desk.write(".env", "A=1\nB=2\n");
    Settings settings = open(desk.settings());
    byte[] latin = "A=9\nB=\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] bad : List.of("A=9\n=oops\nB=8\n".getBytes(StandardCharsets.UTF_8), latin)) {
      Files.write(desk.at(".env"), bad);
      Desk.sync(settings);
      assertThat(settings.values().toString())
          .isEqualTo("Values[A=1 (%1$s:1), B=2 (%1$s:2)]".formatted(desk.at(".env")));
    }
    desk.write(".env", "A=9\nB=8\n");
    Desk.sync(settings);
    assertThat(settings.values().intValue("A") + settings.values().intValue("B")).isEqualTo(17);
    await().until(() -> events.size() == 3);
    assertThat(events)
        .extracting(SettingsEvent::type)
        .containsExactly(
            SettingsEvent.Type.REJECTED, SettingsEvent.Type.REJECTED, SettingsEvent.Type.CHANGED);
  }

  @Test
  @DisplayName("003.6-4 a key that the file drops has its value of the environment again")
  void aKeyThatTheFileDropsHasItsValueOfTheEnvironmentAgain() throws Exception {
    desk.write(".env", "PATH=/file\nOTHER=x\n");
    Settings settings = open(desk.settings().environment(Map.of("PATH", "/start")));
    assertThat(settings.values().string("PATH")).isEqualTo("/file");
    desk.write(".env", "# none\n");
    Desk.sync(settings);
    assertThat(settings.values().string("PATH")).isEqualTo("/start");
    assertThat(settings.values().get("OTHER")).isEmpty();
    await().until(() -> !events.isEmpty());
    assertThat(events.getFirst().changes())
        .extracting(SettingChange::toString)
        .containsExactly("OTHER: x -> not set", "PATH: /file -> /start");
  }

  @Test
  @DisplayName("003.6-4 a system property is restored when its key goes, and on close")
  void aSystemPropertyIsRestored() throws Exception {
    String had = "pirn.test.had";
    String fresh = "pirn.test.fresh";
    System.setProperty(had, "before");
    try {
      desk.write(".env", had + "=1\n" + fresh + "=2\nMY_TOKEN=t\n");
      Settings settings = open(desk.settings().mirror(true));
      assertThat(System.getProperty(had)).isEqualTo("1");
      assertThat(System.getProperty(fresh)).isEqualTo("2");
      assertThat(System.getProperty("MY_TOKEN")).isNull();
      assertThat(settings.unset(had, null).value()).isNotNull();
      assertThat(System.getProperty(had)).isEqualTo("before");
      settings.set(had, "3", null);
      assertThat(System.getProperty(had)).isEqualTo("3");
      desk.write(".env", had + "=4\n");
      await().until(() -> System.getProperty(fresh) == null);
      assertThat(System.getProperty(had)).isEqualTo("4");
      settings.close();
      assertThat(System.getProperty(had)).isEqualTo("before");
      assertThat(System.getProperty(fresh)).isNull();
    } finally {
      System.clearProperty(had);
    }
  }

  @Test
  @DisplayName(
      "003.6-5 listeners may unsubscribe, throw and set; they are told differences in order")
  void listenersMayUnsubscribeThrowAndSet() throws Exception {
    desk.write(".env", "A=0\nB=same\n");
    Settings settings = open(desk.settings());
    List<String> told = new CopyOnWriteArrayList<>();
    CountDownLatch once = new CountDownLatch(1);
    Subscription[] self = new Subscription[1];
    self[0] =
        settings.onEvent(_ -> {
          self[0].close();
          once.countDown();
        });
    settings.onEvent(_ -> {
      throw new IllegalStateException("mine");
    });
    Consumer<SettingsEvent> partial =
        event -> {
          told.add(event.changes().toString());
          if (settings.values().intValue("A") == 1) {
            settings.set("A", "2", null);
          }
        };
    settings.onEvent(partial);
    settings.set("A", "1", null);
    assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
    await().until(() -> told.size() == 2);
    assertThat(told).containsExactly("[A: 0 -> 1]", "[A: 1 -> 2]");
  }

  @Test
  @DisplayName(
      "003.6-6 deletion, return, rename and a turned link are followed, from before the file exists")
  void deletionReturnRenameAndLinksAreFollowed() throws Exception {
    Settings settings = open(desk.settings());
    assertThat(settings.values().size()).isZero();
    desk.write(".env", "A=1\n");
    Desk.sync(settings);
    assertThat(settings.values().string("A")).isEqualTo("1");
    desk.replace(".env", "A=2\n");
    Desk.sync(settings);
    assertThat(settings.values().string("A")).isEqualTo("2");
    Files.delete(desk.at(".env"));
    Desk.sync(settings);
    await().until(() -> settings.values().get("A").isEmpty());
    desk.write("v3", "A=3\n");
    desk.write("v4", "A=4\n");
    Files.createSymbolicLink(desk.at(".env"), desk.at("v3"));
    await().until(() -> settings.values().string("A", "").equals("3"));
    Files.delete(desk.at(".env"));
    Files.createSymbolicLink(desk.at(".env"), desk.at("v4"));
    await().until(() -> settings.values().string("A", "").equals("4"));
  }

  @Test
  @DisplayName("003.6-6 a file that is moved away is gone, and its return is seen")
  void aFileThatIsMovedAwayIsGone() throws Exception {
    desk.write(".env", "A=1\n");
    Settings settings = open(desk.settings().environment(Map.of("A", "0")));
    Files.move(desk.at(".env"), desk.at("elsewhere"));
    await().until(() -> settings.values().intValue("A") == 0);
    Files.move(desk.at("elsewhere"), desk.at(".env"));
    await().until(() -> settings.values().intValue("A") == 1);
  }

  @Test
  @DisplayName("003.6-6 whatever is thrown while a change is taken up, the next one is followed")
  void whateverIsThrownTheNextChangeIsFollowed() throws Exception {
    desk.write(".env", "A=1\n");
    Settings settings =
        open(
            desk.settings()
                .check(values -> {
                  switch (values.intValue("A")) {
                    case 2 -> throw new IllegalStateException("out of order");
                    case 3 -> throw new StackOverflowError();
                    default -> {
                      return Verdict.ok();
                    }
                  }
                }));
    for (String bad : List.of("A=2\n", "A=3\n", "A=many\n")) {
      desk.write(".env", bad);
      Desk.sync(settings);
      assertThat(settings.values().intValue("A")).isEqualTo(1);
      assertThat(settings.diagnostics()).extracting(Diagnostic::code).containsExactly("PIRN-E022");
    }
    desk.write(".env", "A=4\n");
    Desk.sync(settings);
    assertThat(settings.values().intValue("A")).isEqualTo(4);
  }

  @Test
  @DisplayName("003.6-6 what was changed while opening is not lost")
  void whatWasChangedWhileOpeningIsNotLost() throws Exception {
    desk.write(".env", "A=1\n");
    Settings settings =
        open(
            desk.settings()
                .check(values -> {
                  if (values.intValue("A") == 1) {
                    desk.write(".env", "A=2\n");
                  }
                  return Verdict.ok();
                }));
    await().until(() -> settings.values().intValue("A") == 2);
  }

  @Test
  @DisplayName("003.6-7 no event, error or text shows a secret, old or new")
  void noEventShowsASecret() throws Exception {
    desk.write(".env", "API_KEY=old-hush\nMY_TOKEN=x\n");
    Settings settings = open(desk.settings());
    settings.set("API_KEY", "new-hush", null);
    await().until(() -> !events.isEmpty());
    assertThat(events.toString()).contains("API_KEY: *** -> ***").doesNotContain("hush");
    assertThat(settings.values().toString()).contains("API_KEY=***").doesNotContain("hush");
    assertThat(settings.live().history().toString()).doesNotContain("hush");
    assertThat(settings.values().string("API_KEY")).isEqualTo("new-hush");
  }

  @Test
  @DisplayName(
      "003.6-8 comments, export and a mark are read, bad lines are told, types and records hold")
  void commentsExportAndAMarkAreRead() throws Exception {
    record Rag(int chunkSize, Duration timeout) {
      Rag {
        if (chunkSize > 4096) {
          throw new IllegalArgumentException("at most 4096 tokens");
        }
      }
    }
    desk.write(".env", "\ufeffexport KLR_CHUNK_SIZE=512  # tokens\r\nKLR_TIMEOUT=\"5m\"\r\n");
    Settings settings = open(desk.settings().bind("KLR_", Rag.class));
    Rag before = settings.values().get(Rag.class);
    assertThat(before).isEqualTo(new Rag(512, Duration.ofMinutes(5)));
    for (String bad : List.of("=many", "=", "=9999", "=1 2", "S=1", "")) {
      desk.write(".env", "KLR_CHUNK_SIZE" + bad + "\nKLR_TIMEOUT=1s\n");
      Desk.sync(settings);
      assertThat(settings.values().get(Rag.class)).isSameAs(before);
      assertThat(settings.diagnostics()).anyMatch(Diagnostic::isError);
    }
    desk.write(".env", "KLR_CHUNK_SIZE=768\nKLR_TIMEOUT=1s\n");
    Desk.sync(settings);
    assertThat(settings.values().get(Rag.class).chunkSize()).isEqualTo(768);
    settings.live().rollback(1);
    assertThat(settings.values().get(Rag.class)).isSameAs(before);
    desk.write("bad.env", "no equals\n");
    assertThatThrownBy(() -> desk.settings("bad.env").open()).isInstanceOf(LiveException.class);
  }

  @Test
  @DisplayName("003.6-9 whoever has set a value sees it in the running settings when it returns")
  void whoeverHasSetAValueSeesItWhenItReturns() throws Exception {
    desk.write(".env", "KLR_RAG_CHUNK_SIZE=512\n");
    Settings settings = open(desk.settings());
    try (Settings other = desk.settings().open()) {
      for (int i = 0; i < 20; i++) {
        WrittenSettings written = settings.set("KLR_RAG_CHUNK_SIZE", "" + i, null).value();
        assertThat(written.inForce()).isTrue();
        assertThat(settings.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(i);
      }
      Desk.sync(other);
      assertThat(other.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(19);
    }
  }

  @Test
  @DisplayName("003.6-10 it needs nothing that could be missing: opening fails loudly or works")
  void openingFailsLoudlyOrWorks() throws IOException {
    desk.write(".env", "A=\"\n");
    assertThatThrownBy(() -> desk.settings().open())
        .isInstanceOf(LiveException.class)
        .hasMessageContaining("PIRN-E006");
    Settings settings = open(desk.settings().startBroken(true).environment(Map.of("B", "1")));
    assertThat(settings.values().intValue("B")).isEqualTo(1);
    assertThat(settings.diagnostics()).extracting(Diagnostic::code).containsExactly("PIRN-E006");
    desk.write(".env", "A=1\n");
    await().until(() -> settings.values().size() == 1);
    assertThat(settings.diagnostics()).isEmpty();
  }

  @Test
  @DisplayName("003.6-12 a value that was read once is not kept: each read sees what is in force")
  void eachReadSeesWhatIsInForce() throws Exception {
    desk.write(".env", "A=1\n");
    Settings settings = open(desk.settings());
    Values kept = settings.values();
    settings.set("A", "2", null);
    assertThat(kept.intValue("A")).isEqualTo(1);
    assertThat(settings.values().intValue("A")).isEqualTo(2);
  }
}
