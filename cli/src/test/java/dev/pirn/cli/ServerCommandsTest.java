package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command against a real server.
class ServerCommandsTest {
  private static final String NEW =
      "name: fresh\ntitle: Fresh\ndescription: Just made.\ncategory: example\n";

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

  private void untilListed(String name, String state) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(desk.run("patterns", "list", "--json").out())
                .containsPattern("\"name\" : \"" + name + "\"(?s:[^}]*)\"" + state + "\""));
  }

  @Test
  void aListingIsTheSameWithAndWithoutTheServer() {
    JsonArray served = desk.run("patterns", "list", "--json").array();
    JsonObject row = served.getJsonObject(0);
    assertThat(row.fieldNames())
        .containsExactly(
            "name",
            "title",
            "category",
            "backendType",
            "difficulty",
            "file",
            "generation",
            "state");
    String get = desk.run("patterns", "get", "hello", "--json").out();
    String format = desk.run("patterns", "format", "hello").out();
    String text = desk.run("patterns", "list").out();
    String config = desk.run("config", "get", "--json").out();
    server.close();
    assertThat(desk.run("patterns", "list", "--json").array()).isEqualTo(served);
    assertThat(desk.run("patterns", "get", "hello", "--json").out()).isEqualTo(get);
    assertThat(desk.run("patterns", "format", "hello").out()).isEqualTo(format);
    assertThat(desk.run("patterns", "list").out()).isEqualTo(text);
    assertThat(desk.run("config", "get", "--json").out()).isEqualTo(config);
  }

  @Test
  void filtersAndSearchesAskTheServer() {
    assertThat(desk.run("patterns", "list", "--json", "--category", "sql").array()).hasSize(1);
    assertThat(desk.run("patterns", "list", "--json", "--backend-type", "postgres").array())
        .hasSize(1);
    assertThat(desk.run("patterns", "list", "--json", "--difficulty", "beginner").array())
        .hasSize(1);
    assertThat(desk.run("patterns", "search", "count", "the", "rows", "--json").array()).hasSize(1);
    assertThat(desk.run("patterns", "recommend", "--intent", "data_quality", "rows").out())
        .contains("count_rows");
  }

  @Test
  void whatIsNotThereIsReportedAsWithoutAServer() {
    Ran served = desk.run("patterns", "get", "helo");
    assertThat(served.exit()).isEqualTo(1);
    assertThat(served.err())
        .isEqualTo("error[PIRN-P030]: pattern not found: helo\n  help: did you mean \"hello\"?\n");
    server.close();
    assertThat(desk.run("patterns", "get", "helo")).isEqualTo(served);
  }

  @Test
  void aPatternIsCreatedReplacedAndRolledBack() {
    Ran created = desk.runWith(NEW, "patterns", "create", "fresh", "--stdin", "--category", "new");
    assertThat(created.out()).isEqualTo("created patterns/new/fresh.yaml\n");
    Ran again = desk.runWith(NEW, "patterns", "create", "fresh", "--stdin");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).startsWith("error[PIRN-P041]: there is already a pattern \"fresh\"\n");
    String digest = desk.run("patterns", "get", "fresh", "--json").object().getString("digest");
    desk.write("draft.yaml", NEW.replace("Just made", "Made anew"));
    Ran replaced =
        desk.run("patterns", "create", "fresh", "--file", "draft.yaml", "--if-match", digest);
    assertThat(replaced.out()).isEqualTo("replaced patterns/new/fresh.yaml\n");
    JsonArray history = desk.run("patterns", "history", "--json").array();
    assertThat(history.getJsonObject(0).getLong("generation")).isEqualTo(3);
    Ran back = desk.run("patterns", "rollback", "2");
    assertThat(back.out()).startsWith("applied: generation 4 is in force");
    assertThat(desk.run("patterns", "get", "fresh").out()).contains("Just made.");
    assertThat(desk.run("patterns", "history").out()).contains("rollback");
  }

  @Test
  void whatCannotBeWrittenIsNotWritten() {
    Ran empty = desk.runWith("", "patterns", "create", "fresh", "--stdin");
    assertThat(empty.exit()).isEqualTo(1);
    assertThat(empty.err())
        .startsWith("error[PIRN-K013]: there is no content for the pattern \"fresh\"\n");
    Ran missing = desk.run("patterns", "create", "fresh", "--file", "nowhere.yaml");
    assertThat(missing.err())
        .isEqualTo(
            "error[PIRN-K013]: the file cannot be read: it does not exist\n"
                + "  --> nowhere.yaml\n");
    Ran outside = desk.runWith(NEW, "patterns", "create", "../x", "--stdin");
    assertThat(outside.exit()).isEqualTo(1);
    assertThat(outside.err()).startsWith("error[PIRN-P001]: \"../x\" cannot be a pattern's name\n");
    Ran broken = desk.runWith("name: [", "patterns", "create", "fresh", "--stdin");
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.err()).startsWith("error[PIRN-Y010]: the file ends inside brackets\n");
  }

  @Test
  void statusShowsWhatIsBrokenInOneScreen() {
    assertThat(desk.run("status").out())
        .contains("server     " + server.url())
        .contains("problems   no problems");
    desk.write("patterns/hello.yaml", "name: [\n");
    untilListed("hello", "quarantined");
    Ran status = desk.run("status");
    assertThat(status.exit()).isZero();
    assertThat(status.out())
        .contains("patterns   2 in force, generation 1, 1 of them by their last good version")
        .contains("broken     patterns/hello.yaml")
        .contains(
            "error[PIRN-Y010]: the file ends inside brackets\n  --> patterns/hello.yaml:1:7\n"
                + "1 | name: [\n  |       ^\n")
        .contains("problems   1 error");
    assertThat(desk.run("status", "--strict").exit()).isEqualTo(1);
    assertThat(desk.run("patterns", "status").out()).contains("broken     patterns/hello.yaml");
    assertThat(desk.run("patterns", "list").err())
        .isEqualTo("pirn: 1 error; see \"pirn patterns status\"\n");
    assertThat(desk.run("status", "--json").object().getString("state")).isEqualTo("degraded");
  }

  @Test
  void statusShowsWhatWaitsForARestart() {
    server.close();
    desk.write("pirn.yaml", "server: { port: 0 }\nagents: { enabled: false }\n");
    server = Server.start(ServerOptions.of(Workspace.of(folder)));
    desk.write("pirn.yaml", "server: { port: 7998 }\nagents: { enabled: false }\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(desk.run("status").out())
                .contains("pirn.yaml, generation 2; a restart is needed for server.port\n")
                .contains("problems   1 warning")
                .contains("warning[PIRN-S005]"));
    assertThat(desk.run("config", "get", "server.port").out()).isEqualTo("7998\n");
    assertThat(desk.run("status", "--strict").exit()).isEqualTo(3);
  }

  @Test
  void reloadSaysWhatCameOfIt() {
    assertThat(desk.run("patterns", "reload").out())
        .startsWith("unchanged: generation 1 stays in force");
    assertThat(desk.run("patterns", "reload", "hello").exit()).isZero();
    Ran missing = desk.run("patterns", "reload", "nobody");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).startsWith("error[PIRN-P031]: pattern file not found: nobody\n");
    assertThat(desk.run("patterns", "reload", "--json").object().getString("outcome"))
        .isEqualTo("unchanged");
  }

  @Test
  void aGenerationThatIsNotKeptIsRefused() {
    Ran ran = desk.run("patterns", "rollback", "99");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("error[PIRN-S031]: generation 99 is not kept\n  help: what is kept: 1\n");
  }

  @Test
  void watchesAreListedAndExplained() {
    assertThat(desk.run("watches", "list").out())
        .startsWith("SOURCE    BACKEND")
        .contains("patterns  inotify");
    assertThat(desk.run("watches", "list", "--json").array()).hasSize(5);
    assertThat(desk.run("watches", "explain", "patterns/sql/count_rows.yaml").out())
        .startsWith("patterns/sql/count_rows.yaml: watched, for patterns\n");
    assertThat(desk.run("watches", "explain", "patterns/notes.txt").out())
        .startsWith("patterns/notes.txt: not watched\n  it does not exist at present\n")
        .contains("it matches none of");
    assertThat(desk.run("watches", "explain", "README.md", "--json").object().getBoolean("taken"))
        .isFalse();
  }

  @Test
  void eventsThatAreKeptArePrintedOneALine() {
    desk.runWith(NEW, "patterns", "create", "fresh", "--stdin");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(desk.run("events", "--type", "pattern.*").out()).contains("pattern.create"));
    Ran ran = desk.run("events", "--type", "pattern.*");
    JsonObject event = new JsonObject(ran.out().lines().findFirst().orElseThrow());
    assertThat(event.fieldNames())
        .contains("seq", "time", "type", "source", "name", "file", "generation");
    assertThat(event.getString("name")).isEqualTo("fresh");
    assertThat(event.getString("file")).isEqualTo("patterns/fresh.yaml");
    assertThat(desk.run("events", "--since", "999999999", "--type", "nothing.*").exit()).isZero();
  }

  @Test
  void doctorFindsTheServer() {
    Ran ran = desk.run("doctor");
    assertThat(ran.out()).contains("at " + server.url()).contains(".pirn is closed to others");
    JsonArray json = desk.run("doctor", "--json").array();
    assertThat(json.getJsonObject(0).fieldNames())
        .containsExactly("check", "state", "message", "help");
  }

  @Test
  void aSecondServerIsRefusedWithTheFirstOnesAddress() {
    Ran ran = desk.run("serve", "--port", "0");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("error[PIRN-S011]: ")
        .contains("already serves the workspace " + folder)
        .contains(server.url());
  }
}
