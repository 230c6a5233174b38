package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AgentTextTest {
  private static JsonObject process() {
    return new JsonObject(
        """
        {"name": "greeter", "title": "The greeter", "version": "1.2", "language": "python",
         "mode": "blue-green", "phase": "active", "since": "2026-01-02T03:04:05Z",
         "url": "http://127.0.0.1:4000", "generation": 3, "pid": 4711, "restarts": 2, "crashes": 1,
         "folder": "agents/greeter", "depends_on": ["dictionary"],
         "timings": {"detect_ms": 1.04, "precheck_ms": 40, "start_ms": 3, "ready_ms": 180,
                     "swap_ms": 0.5, "drain_ms": 2},
         "rejection": {"time": "2026-01-02T03:05:00Z", "generation": 4, "reason": "not ready",
                       "diagnostics": [], "last_lines": ["first", "bell\\u0007"]},
         "suspended_by": null,
         "traffic": {"requests": 12, "failed": 1, "held": 0, "most_held": 3, "replayed": 2}}
        """);
  }

  @Test
  void theStatusOfTheWorkspaceSaysWhatWasRejectedAndWhatItPrinted() {
    JsonObject agents =
        new JsonObject().put("enabled", true).put("agents", new JsonArray().add(process()));
    JsonObject status = new JsonObject().put("workspace", "/w").put("agents", agents);
    StatusText text = new StatusText(status);
    assertThat(text.text())
        .contains("agents     1 active\n")
        .containsPattern(
            "rejected   greeter, generation 4 at \\d\\d:05:00: not ready; it is active\n")
        .endsWith("problems   1 agent with code that is not in force\n");
    assertThat(text.lastLines()).isEqualTo("\nits last lines:\n  | first\n  | bell\\u0007\n");
    agents.getJsonArray("agents").getJsonObject(0).putNull("rejection");
    assertThat(text.text()).doesNotContain("rejected").endsWith("problems   no problems\n");
    assertThat(text.lastLines()).isEmpty();
  }

  @Test
  void aProcessInFullSaysWhatItIsAndHowTheLastSwapWent() {
    assertThat(AgentText.full(process(), "agents/greeter, at rest for 30 ms"))
        .matches(
            """
            greeter: active since 2026-01-02 .*
              title       The greeter
              version     1\\.2
              address     http://127\\.0\\.0\\.1:4000
              process     generation 3, process 4711, restarts 2, crashes 1
              runs        python, blue-green, from agents/greeter
              depends on  dictionary
              watched     agents/greeter, at rest for 30 ms
              last swap   225 ms: detect 1\\.0, precheck 40\\.0, start 3\\.0, ready 180\\.0, swap 0\\.5, drain 2\\.0
              requests    12, of which 1 failed; 0 wait, 3 waited at once; 2 were sent again
              rejected    generation 4 at \\d\\d:05:00: not ready
            """);
    assertThat(AgentText.lastLines(process().getJsonObject("rejection")))
        .isEqualTo("\nits last lines:\n  | first\n  | bell\\u0007\n");
  }

  @Test
  void aRowHasTheLastProblemAndNoNumbersThatAreNone() {
    JsonObject stopped =
        process()
            .put("name", "other")
            .put("phase", "backing_off")
            .put("pid", null)
            .put("generation", 0)
            .put("url", null)
            .put("rejection", null)
            .put("suspended_by", "agents/other/out.json");
    assertThat(AgentText.table(new JsonArray().add(process()).add(stopped)))
        .isEqualTo(
            """
            NAME     PHASE        GEN  PID   URL                    RESTARTS  LAST PROBLEM
            greeter  active       3    4711  http://127.0.0.1:4000  2         generation 4: not ready
            other    backing off  -    -     -                      2         not followed for a while: agents/other/out.json
            2 agents
            """);
  }

  @Test
  void aLineHasItsAgentInAColourThatStays() {
    AgentLine plain = new AgentLine(false);
    AgentLine coloured = new AgentLine(true);
    String red = "\u001b[31mred\u001b[0m\tand\u001b[2Jgone";
    assertThat(plain.text("greeter", 3, red)).isEqualTo("greeter #3 | red    and\\u001b[2Jgone\n");
    assertThat(coloured.text("greeter", 3, red))
        .matches(
            "\u001b\\[3\\dmgreeter #3 \\|\u001b\\[0m \u001b\\[31mred\u001b\\[0m    and\\\\u001b\\[2Jgone"
                + "\u001b\\[0m\n")
        .isEqualTo(coloured.text("greeter", 3, red));
    assertThat(coloured.text("greeter", 3, "x")).endsWith("\u001b[0m x\n");
  }

  @Test
  void linesAreReadFromTheFilesOfAServerThatHasEnded(@TempDir Path folder) throws IOException {
    String lines =
        IntStream.rangeClosed(1, 5)
            .mapToObj("2026-01-02T03:04:0%1$d.5Z #2 line %1$d\n"::formatted)
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("greeter.log"), lines + "half of a li");
    AgentLogFiles logs = new AgentLogFiles(folder);
    assertThat(logs.agents()).containsExactly("greeter");
    List<JsonObject> last = logs.last("greeter", 2);
    assertThat(last).extracting(it -> it.getString("text")).containsExactly("line 4", "line 5");
    assertThat(last.getFirst().encode())
        .isEqualTo(
            "{\"time\":\"2026-01-02T03:04:04.5Z\",\"agent\":\"greeter\",\"generation\":2,"
                + "\"error\":null,\"text\":\"line 4\"}");
    assertThat(logs.last("nobody", 2)).isEmpty();
    assertThat(new AgentLogFiles(folder.resolve("nowhere")).agents()).isEmpty();
  }

  @Test
  void eventsOfAgentsAreOneLineEach() {
    JsonObject event =
        new JsonObject()
            .put("type", "agent.active")
            .put("source", "agents")
            .put("name", "greeter")
            .put("generation", 4)
            .put("timings", process().getJsonObject("timings"))
            .put("files", new JsonArray().add("agents/greeter/main.py"));
    assertThat(ServeLog.text(event))
        .isEqualTo(
            "agent.active greeter generation 4 after 225 ms, because of agents/greeter/main.py");
    event.put("type", "agent.rejected").put("reason", "not ready").putNull("timings");
    event.remove("files");
    assertThat(ServeLog.text(event)).isEqualTo("agent.rejected greeter generation 4: not ready");
  }

  @Test
  void whoHasNoAgentsIsToldHowToMakeOne(@TempDir Path folder) {
    Ran ran = Desk.empty(folder).run("agents", "list");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out()).endsWith("0 agents\n");
    assertThat(ran.err())
        .isEqualTo("pirn: make one with \"pirn agents init --lang python NAME\"\n");
    assertThat(Desk.empty(folder).run("agents", "list", "--json").out()).isEqualTo("[ ]\n");
  }

  @Test
  void theLogOfAServerHasTheLinesOfAgentsAsTextAndAsJson() {
    assertThat(logged(LogFormat.TEXT)).isEqualTo("greeter #3 | up and running\n");
    JsonObject json = new JsonObject(logged(LogFormat.JSON));
    assertThat(json.getString("logger")).isEqualTo("dev.pirn.output");
    assertThat(json.getString("message")).isEqualTo("up and running");
    assertThat(json.getString("agent")).isEqualTo("greeter");
    assertThat(json.getInteger("generation")).isEqualTo(3);
  }

  private static String logged(LogFormat format) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            err,
            false,
            false,
            false);
    LogSetup.install(console, format, Map.of());
    LoggerFactory.getLogger(ServeLog.OUTPUT)
        .atInfo()
        .addKeyValue("agent", "greeter")
        .addKeyValue("generation", 3)
        .log("up and running");
    return err.toString(StandardCharsets.UTF_8);
  }
}
