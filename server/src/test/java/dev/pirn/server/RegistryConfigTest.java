package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry under a configuration that changes.
class RegistryConfigTest {
  private static final String AT = "/api/v1/registry";
  private static final String OTHER =
      RegistryRoutesTest.REGISTRY.replace("greeter", "host").replace("Counter", "Teller");

  @TempDir private Path folder;

  private Site site() {
    Site site = Site.in(folder);
    site.write("agent_registry.yaml", RegistryRoutesTest.REGISTRY);
    return site;
  }

  private static List<String> ids(Http http) {
    return http.get(AT + "/agents").array().stream()
        .map(it -> ((JsonObject) it).getString("id"))
        .toList();
  }

  @Test
  void anotherFileTakesThePlaceAndTheLogSaysWhatThatDid() {
    Site site = site();
    site.write("other.yaml", OTHER);
    try (Server server = site.start();
        Http.Events events = Http.of(server).events("")) {
      Http http = Http.of(server).token(server);

      site.config("registry: { file: other.yaml }");

      JsonObject event = events.await("registry.reloaded");
      assertThat(event.getString("trigger")).isEqualTo("config");
      assertThat(event.getString("file")).isEqualTo("other.yaml");
      assertThat(event.getLong("generation")).isEqualTo(3);
      assertThat(event.getJsonArray("added").encode()).isEqualTo("[\"host\"]");
      assertThat(event.getJsonArray("changed").encode()).isEqualTo("[\"counter\"]");
      assertThat(event.getJsonArray("removed").encode()).isEqualTo("[\"greeter\"]");
      assertThat(ids(http)).containsExactly("host", "counter");
      site.write("other.yaml", OTHER.replace("host:", "porter:"));
      Awaitility.await().untilAsserted(() -> assertThat(ids(http)).contains("porter"));
      JsonObject back = http.post(AT + "/rollback", new JsonObject().put("generation", 3)).json();
      assertThat(back.getLong("generation")).isEqualTo(5);
      assertThat(ids(http)).contains("host");
    }
  }

  @Test
  void aFileThatIsBrokenIsRefusedUntilItIsMended() {
    Site site = site();
    site.write("other.yaml", "agents: [");
    try (Server server = site.start();
        Http.Events events = Http.of(server).events("")) {
      Http http = Http.of(server);

      site.config("registry: { file: other.yaml }");

      JsonObject refused = events.await("config.rejected");
      JsonObject why = refused.getJsonArray("diagnostics").getJsonObject(0);
      assertThat(why.getString("code")).isEqualTo("PIRN-Y010");
      assertThat(why.getString("file")).isEqualTo("other.yaml");
      assertThat(why.getInteger("line")).isEqualTo(1);
      assertThat(ids(http)).contains("greeter");
      site.write("other.yaml", OTHER);
      events.await("config.changed");
      Awaitility.await().untilAsserted(() -> assertThat(ids(http)).contains("host"));
    }
  }

  @Test
  void aConfigurationThatWouldLoseABrokenAgentIsRefusedUntilItIsMended() {
    Site site = site();
    try (Server server = site.start();
        Http.Events events = Http.of(server).events("")) {
      Http http = Http.of(server);
      site.write("agent_registry.yaml", RegistryRoutesTest.REGISTRY.replace("2.1.0", "two"));
      events.await("registry.reloaded");

      site.config("history: { keep: 7 }");

      events.await("config.rejected");
      assertThat(ids(http)).contains("greeter");
      site.write("agent_registry.yaml", RegistryRoutesTest.REGISTRY);
      events.await("config.changed");
      assertThat(ids(http)).contains("greeter");
    }
  }

  @Test
  void nothingIsFollowedWithoutReloadUntilItIsAskedFor() {
    Site site = site();
    site.config("hot_reload: { enabled: false }");
    try (Server server = site.start()) {
      Http http = Http.of(server).token(server);
      assertThat(http.get("/api/v1/watches").array().getJsonObject(2).getBoolean("reload"))
          .isFalse();
      site.write("agent_registry.yaml", OTHER);
      assertThat(ids(http)).contains("greeter");
      assertThat(http.post(AT + "/reload").json().getString("outcome")).isEqualTo("applied");
      assertThat(ids(http)).contains("host");
    }
  }
}
