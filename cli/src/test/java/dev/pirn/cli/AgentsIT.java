package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Agents from the first command to the last, with real processes.
class AgentsIT {
  private static final Map<String, String> PROGRAMS =
      Map.of("python", "main.py", "node", "main.mjs", "java", "Agent.java");

  @TempDir Path folder;
  @TempDir Path outputs;
  private Launched pirn;

  @BeforeEach
  void launched() {
    pirn = new Launched(folder, outputs);
  }

  @AfterEach
  void end() throws InterruptedException {
    // The server in the background is not a child of ours.
    if (Files.exists(folder.resolve(".pirn/server.json"))) {
      pirn.run(0, "agents", "stop", "--all");
    }
    pirn.close();
  }

  private void init(String... languages) throws InterruptedException {
    for (String language : languages) {
      assertThat(pirn.run(0, "agents", "init", "--lang", language, "a-" + language).out())
          .startsWith("created agents/a-%s/%s\n".formatted(language, PROGRAMS.get(language)))
          .endsWith("next: pirn agents start\n");
    }
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = folder.resolve(file);
    Files.writeString(path, Files.readString(path).replace(from, to));
  }

  private JsonObject process(String name) throws InterruptedException {
    return pirn.run(0, "agents", "status", name, "--json").object().getJsonObject("process");
  }

  private String call(int exit, String... words) throws InterruptedException {
    String[] all = new String[words.length + 2];
    all[0] = "agents";
    all[1] = "call";
    System.arraycopy(words, 0, all, 2, words.length);
    return pirn.run(exit, all).out().replace(" ", "");
  }

  private void untilAnswers(String agent, String text) {
    Awaitility.await()
        .atMost(Launched.LIMIT)
        .untilAsserted(() -> assertThat(call(0, agent, "greet")).contains(text));
  }

  @Test
  void threeLanguagesAreStartedCalledEditedRestartedAndStopped() throws Exception {
    init("python", "node", "java");
    String started = pirn.run(0, "agents", "start", "-d", "--port", "0").out();
    assertThat(started)
        .containsPattern(
            "^pirn: ready at http://127\\.0\\.0\\.1:\\d+ in \\d+ ms, process \\d+\n"
                + "log: \\.pirn/server\\.log; end it with: pirn agents stop --all\n")
        .containsPattern("a-java +active +1 +\\d+ +http://127\\.0\\.0\\.1:\\d+ +0 +-\n")
        .containsPattern("a-node +active +1 ")
        .containsPattern("a-python +active +1 ")
        .endsWith("3 agents\n");
    String url = process("a-java").getString("url");
    for (String language : List.of("python", "node", "java")) {
      String name = "a-" + language;
      assertThat(call(0, name, "greet", "{\"name\": \"Ada\"}")).contains("\"Hello,Ada!\"");
      assertThat(call(0, name, "counter")).contains(":1}");
      edit("agents/%s/%s".formatted(name, PROGRAMS.get(language)), "Hello, ", "Hallo, ");
      untilAnswers(name, "\"Hallo,world!\"");
      assertThat(call(0, name, "counter")).contains(":2}");
      assertThat(pirn.run(0, "agents", "logs", name).out())
          .contains(name + " #1 | POST /call/greet 200\n", name + " #2 | POST /call/greet 200\n");
      assertThat(pirn.run(0, "agents", "restart", name).out())
          .matches(name + ": generation 2 -> 3 in \\d+ ms\n");
    }
    assertThat(process("a-java").getString("url")).isEqualTo(url);
    assertThat(pirn.run(0, "agents", "status", "a-python").out())
        .containsPattern("^a-python: active since ")
        .containsPattern("generation 3, process \\d+, restarts 2, crashes 0\n")
        .containsPattern("last swap +\\d+ ms: detect 0\\.0, precheck ")
        .containsPattern("requests +\\d+, of which 0 failed;");
    assertThat(pirn.run(0, "agents", "stop", "a-node").out()).isEqualTo("a-node: stopped\n");
    assertThat(process("a-node").getString("phase")).isEqualTo("stopped");
    assertThat(pirn.run(0, "agents", "start", "a-node").out())
        .containsPattern("^a-node: active, generation \\d+ at http://");
    assertThat(pirn.run(0, "agents", "stop", "--all").out())
        .matches("the server \\(process \\d+\\) and its agents have ended\n");
    assertThat(Launched.processesWith(folder.toString())).isEmpty();
    assertThat(pirn.run(0, "agents", "logs", "a-node", "--tail", "1").out()).contains("| ended\n");
  }

  @Test
  void aRestartThatIsRejectedSaysWhyAndWhatIsInForce() throws Exception {
    init("python");
    pirn.run(0, "agents", "start", "-d", "--port", "0", "--no-reload");
    edit("agents/a-python/main.py", "def main():", "def main():\n    raise RuntimeError('broken')");
    Ran ran = pirn.run(1, "agents", "restart", "a-python");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith(
            """
            error[PIRN-K030]: the agent "a-python" is not as wanted: ended before it was ready: exit code 1
              = generation 1 goes on
              help: mend it and save; "pirn agents logs a-python" shows what it said

            its last lines:
            """)
        .contains("  | RuntimeError: broken\n");
    assertThat(call(0, "a-python", "greet")).contains("Hello");
    assertThat(pirn.run(0, "agents", "list").out())
        .contains("generation 2: ended before it was ready: exit code 1\n");
  }

  @Test
  void whatIsWrongIsSaidWithAServer() throws Exception {
    init("python");
    pirn.run(0, "agents", "start", "-d", "--port", "0");
    assertThat(pirn.run(1, "agents", "restart", "a-pyton").err())
        .isEqualTo(
            "error[PIRN-A051]: agent not found: a-pyton\n  help: did you mean \"a-python\"?\n");
    assertThat(pirn.run(1, "agents", "start", "./agents/nothing").err())
        .contains("error[PIRN-A004]: there is nothing here\n");
    assertThat(pirn.run(2, "agents", "start", "--port", "1").err())
        .startsWith("error[PIRN-K010]: --port is for a server that is started here\n")
        .contains("help: leave it out, or end that one first: pirn agents stop --all\n");
    Ran refused = pirn.run(1, "agents", "call", "a-python", "sing");
    assertThat(refused.out()).contains("\"no such tool\"");
    assertThat(refused.err()).isEqualTo("pirn: a-python answered with the status 404\n");
    assertThat(pirn.run(0, "agents", "call", "a-python", "/health").out())
        .isEqualTo("{\"status\": \"ok\"}\n");
    assertThat(pirn.run(0, "watches", "explain", "agents/a-python/main.py").out())
        .contains("  agent a-python: restarts, ");
  }

  @Test
  void onlyThePathsThatAreNamedAreRunAndMoreCanBeAdded() throws Exception {
    init("python", "node");
    Path other = Files.createDirectories(folder.resolve("elsewhere/late"));
    Files.copy(folder.resolve("agents/a-python/main.py"), other.resolve("main.py"));
    Launched.Running here = pirn.start("agents", "start", "agents/a-python", "--port", "0");
    here.until("pirn: ready at http://127\\.0\\.0\\.1:\\d+ in \\d+ ms\n");
    here.until("a-python #1 \\| listening on \\d+\n");
    here.until("agent\\.active a-python generation 1 after \\d+ ms\n");
    assertThat(pirn.run(0, "agents", "list").out()).doesNotContain("a-node").contains("1 agent\n");
    assertThat(pirn.run(0, "agents", "start", "elsewhere/late").out())
        .contains("late: active, generation 1 at http://");
    Launched.Running logs = pirn.start("agents", "logs", "-f", "late");
    call(0, "late", "greet");
    logs.until("late #1 \\| POST /call/greet 200\n");
    here.process().destroy();
    assertThat(here.exit()).isZero();
    assertThat(logs.exit()).isZero();
    assertThat(logs.err()).isEqualTo("pirn: the server has ended\n");
    assertThat(Launched.processesWith(folder.toString())).isEmpty();
  }
}
