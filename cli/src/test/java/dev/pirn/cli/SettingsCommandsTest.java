package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands on settings against a real server.
class SettingsCommandsTest {
  @TempDir Path folder;
  private Desk desk;
  private Server server;

  @BeforeEach
  void start() {
    desk = Desk.workspace(folder);
    server = Server.start(ServerOptions.of(Workspace.of(folder)).port(0));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void listsAndGetsAreTheSameWithAndWithoutTheServer() {
    List<String> words = List.of("list", "list --json", "get API_TOKEN --json", "get API_TOKE");
    List<Ran> served = words.stream().map(this::settings).toList();
    server.close();
    assertThat(words.stream().map(this::settings)).containsExactlyElementsOf(served);
    assertThat(served.getLast().err())
        .isEqualTo(
            "error[PIRN-E030]: no file sets API_TOKE\n  help: did you mean \"API_TOKEN\"?\n");
  }

  private Ran settings(String words) {
    return desk.run(("settings " + words).split(" "));
  }

  @Test
  void whatIsSetIsInForceInTheFileAndInTheEventsWhenTheCommandReturns() {
    Ran set = settings("set KLR_RAG_CHUNK_SIZE 768");
    assertThat(set.out())
        .isEqualTo("KLR_RAG_CHUNK_SIZE: 512 -> 768\nin force: .env, generation 2\n");
    assertThat(settings("get KLR_RAG_CHUNK_SIZE").out()).isEqualTo("768\n");
    JsonObject event = new JsonObject(desk.run("events", "--type", "settings.*").out());
    assertThat(event.getString("type")).isEqualTo("settings.changed");
    assertThat(event.getLong("generation")).isEqualTo(2);
    assertThat(desk.read(".env")).contains("KLR_RAG_CHUNK_SIZE=768  # tokens\n");
    assertThat(settings("unset KLR_RAG_CHUNK_SIZE").out())
        .isEqualTo("KLR_RAG_CHUNK_SIZE: 768 -> not set\nin force: .env, generation 3\n");
  }

  @Test
  void aChangeOnTopOfAnotherOneIsRefused() {
    String digest =
        desk.run("status", "--json").object().getJsonObject("settings").getString("digest");
    JsonObject first = settings("set A 1 --json --if-match " + digest).object();
    Ran late = settings("set A 2 --if-match " + digest);
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err())
        .isEqualTo(
            """
            error[PIRN-E031]: the settings have changed, their digest is %s
              --> .env
              help: read them again, and change what is there now
            """
                .formatted(first.getString("digest")));
    assertThat(settings("set A 2 --if-match " + first.getString("digest")).exit()).isZero();
  }

  @Test
  void historyRollbackReloadAndApplyAskTheServer() {
    settings("set KLR_RAG_CHUNK_SIZE 768");
    assertThat(settings("rollback 1").out()).startsWith("applied: generation 3 is in force");
    assertThat(settings("history").out()).contains("rollback").contains("applied");
    assertThat(settings("reload --json").object().getString("outcome")).isEqualTo("applied");
    Ran applied = settings("apply settings/winner.json --map settings/map.yaml");
    assertThat(applied.out()).startsWith("KLR_RAG_CHUNK_SIZE: 768 -> 1024\napplied: rag-");
    assertThat(settings("get KLR_RAG_CHUNK_SIZE").out()).isEqualTo("1024\n");
    assertThat(settings("apply settings/blocked.json --map settings/map.yaml").exit()).isEqualTo(1);
  }

  @Test
  void nothingThatIsPrintedHasASecret() {
    List<Ran> all = new ArrayList<>();
    all.add(desk.runWith("bandicoot\n", "settings", "set", "API_TOKEN", "--stdin"));
    assertThat(desk.read(".env")).contains("API_TOKEN=bandicoot\n");
    all.add(settings("set API_TOKEN hush-hush --json"));
    all.add(settings("set API_TOKEN bandicoot hush-hush"));
    all.add(settings("set API_TOKEN bandicoot --stdin"));
    all.add(settings("set API_TOKEN bandicoot --if-match x"));
    all.add(settings("list"));
    all.add(settings("list --json"));
    all.add(settings("get API_TOKEN"));
    desk.write("secret.json", "{\"params\": {\"token\": \"bandicoot\"}}");
    for (String bounds : List.of("[hush-hush]", "hush-hush", "[hush-hush")) {
      desk.write("map.yaml", "parameters: { token: { key: API_TOKEN, one-of: " + bounds + " } }\n");
      all.add(settings("apply secret.json --map map.yaml"));
      all.add(settings("apply secret.json --map map.yaml --json"));
      assertThat(all.getLast().exit()).isEqualTo(1);
    }
    desk.write("map.yaml", "parameters: { token: { key: API_TOKEN, one-of: [bandicoot] } }\n");
    settings("set API_TOKEN other");
    all.add(settings("apply secret.json --map map.yaml"));
    assertThat(all.getLast().out()).contains("API_TOKEN: *** -> ***\napplied: ");
    all.add(settings("rollback 1 --json"));
    all.add(settings("reload --json"));
    all.add(settings("unset API_TOKEN"));
    desk.write(".env", "API_TOKEN=\"bandicoot\nAPI_KEY=hush-hush\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(desk.run("status").out()).contains("PIRN-E006"));
    for (String words : List.of("status", "status --json", "events", "doctor")) {
      all.add(desk.run(words.split(" ")));
    }
    for (String words :
        List.of("validate", "validate --json", "list", "reload", "history --json")) {
      all.add(settings(words));
    }
    server.close();
    desk.write("map.yaml", "parameters: { token: { key: API_TOKEN, one-of: hush-hush } }\n");
    for (String words :
        List.of(
            "list", "set API_TOKEN bandicoot", "validate", "apply secret.json --map map.yaml")) {
      all.add(settings(words));
    }
    all.add(desk.run("status"));
    assertThat(all)
        .noneMatch(ran -> (ran.out() + ran.err()).contains("bandicoot"))
        .noneMatch(ran -> (ran.out() + ran.err()).contains("hush-hush"));
    assertThat(all).anyMatch(ran -> ran.out().contains("API_TOKEN: *** -> ***"));
  }
}
