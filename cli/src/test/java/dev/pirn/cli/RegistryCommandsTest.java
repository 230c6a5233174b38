package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands of the registry against a real server.
class RegistryCommandsTest {
  private static final String FILE = "agent_registry.yaml";

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
  void everythingThatIsReadIsTheSameWithAndWithoutTheServer() {
    List<String[]> commands =
        List.of(
            new String[] {"registry", "list"},
            new String[] {"registry", "list", "--json", "--sort", "version", "--desc"},
            new String[] {"registry", "list", "--status", "active", "--owner", "front-desk"},
            new String[] {"registry", "list", "--tag", "text", "--tag", "numbers", "--any-tag"},
            new String[] {"registry", "list", "--environment", "demo", "--deprecated"},
            new String[] {"registry", "list", "--page", "2", "--page-size", "1"},
            new String[] {"registry", "get", "greeter", "--json"},
            new String[] {"registry", "get", "greter"},
            new String[] {"registry", "search", "greter", "--json"},
            new String[] {"registry", "sync", "--dry-run", "--json"},
            new String[] {"registry", "sync", "--scan", "agents", "--exclude", "scribe"},
            new String[] {"query", "greeter", "how many rows", "--json"},
            new String[] {"query", "greeter", "zebra", "--json"},
            new String[] {"query", "nobody", "rows"});
    List<Ran> served = commands.stream().map(desk::run).toList();
    server.close();
    assertThat(commands.stream().map(desk::run).toList()).isEqualTo(served);
    assertThat(served.getFirst().out()).contains("2 agents");
  }

  @Test
  void changesTouchOnlyTheirLinesAndAreInForceAtOnce() {
    String before = desk.read(FILE);

    Ran updated = desk.run("registry", "update", "greeter", "version=2.2.0", "description=");

    assertThat(updated.out()).isEqualTo("updated greeter in agent_registry.yaml\n");
    assertThat(desk.read(FILE))
        .isEqualTo(
            before
                .replace("version: 2.1.0", "version: 2.2.0")
                .replace("    description: Greets whoever comes in\n", ""));
    assertThat(desk.run("registry", "get", "greeter", "--json").object().getString("version"))
        .isEqualTo("2.2.0");
    assertThat(desk.run("registry", "remove", "counter").exit()).isZero();
    Ran refused = desk.run("registry", "remove", "counter");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).startsWith("error[PIRN-R020]: agent not found: counter\n");
    Ran late = desk.run("registry", "update", "greeter", "owner=me", "--if-match", "0".repeat(64));
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err()).startsWith("error[PIRN-R031]: the file has changed");
    Ran exists = desk.run("registry", "register", "greeter", "name=G");
    assertThat(exists.err()).startsWith("error[PIRN-R030]: there is already an agent");
  }

  @Test
  void syncSaysWithItsExitCodeWhetherSomethingIsLeft() {
    String before = desk.read(FILE);

    Ran dry = desk.run("registry", "sync", "--dry-run");

    assertThat(dry.exit()).isEqualTo(1);
    assertThat(dry.out())
        .isEqualTo(
            """
            not declared     scribe
            not found        counter
            the registry is out of step
            """);
    assertThat(desk.read(FILE)).isEqualTo(before);
    assertThat(desk.run("registry", "sync", "--add", "--remove").exit()).isZero();
    assertThat(desk.run("registry", "sync").out()).isEqualTo("the registry is in step\n");
  }

  @Test
  void reloadsAreRememberedAndUndone() {
    assertThat(desk.run("registry", "reload").out())
        .startsWith("unchanged: generation 1 stays in force");
    desk.run("registry", "update", "greeter", "version=2.2.0");
    assertThat(desk.run("registry", "history").out()).contains("applied  agent_registry.yaml");
    assertThat(desk.run("registry", "rollback", "1").out())
        .startsWith("applied: generation 3 is in force");
    assertThat(desk.run("registry", "get", "greeter", "--json").object().getString("version"))
        .isEqualTo("2.1.0");
    assertThat(desk.run("registry", "rollback", "9").err())
        .isEqualTo("error[PIRN-S031]: generation 9 is not kept\n  help: what is kept: 3, 2, 1\n");
    Ran events = desk.run("events", "--type", "registry.reloaded");
    assertThat(events.out().lines()).hasSize(2);
    JsonObject first = new JsonObject(events.out().lines().findFirst().orElseThrow());
    assertThat(first.getJsonArray("changed").encode()).isEqualTo("[\"greeter\"]");
  }

  @Test
  void statusShowsABrokenAgent() {
    desk.write(FILE, desk.read(FILE).replace("2.1.0", "two"));
    // Whether this takes it up, or the watch was faster.
    assertThat(desk.run("registry", "reload").out()).contains("generation 2");
    assertThat(desk.run("status").out())
        .contains("  --> agent_registry.yaml:10:14\n")
        .contains("registry   2 agents, generation 2, 1 of them by their last good version\n")
        .contains("problems   1 error");
    assertThat(desk.run("registry", "list").err())
        .isEqualTo("pirn: 1 error; see \"pirn registry validate\"\n");
    assertThat(desk.run("registry", "validate").exit()).isEqualTo(1);
    assertThat(desk.run("registry", "stats").out())
        .startsWith("agents        2, 1 deprecated, 1 broken in the file\n");
  }

  @Test
  void schemasAreThoseOfTheServer() {
    assertThat(desk.run("registry", "schema").object().getString("$schema"))
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(desk.run("patterns", "schema").object().getString("title")).isEqualTo("Pattern");
  }
}
