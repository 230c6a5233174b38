package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Rendering;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static String problems(String json) {
    return Rendering.plain()
        .relativeTo(Path.of("").toAbsolutePath())
        .render(Heartbeat.read(json.getBytes(StandardCharsets.UTF_8)).diagnostics());
  }

  @Test
  void hasTheDefaultsOfItsProtocol() {
    Heartbeat it =
        AliveAgentsTest.heartbeat(
            "{\"agent_id\":\"a\",\"tools\":[{\"function_name\":\"f\",\"capability\":\"c\"}]}");
    assertThat(it.agentType()).isEqualTo(Heartbeat.Type.MCP_AGENT);
    assertThat(it.version()).isEqualTo("1.0.0");
    assertThat(it.namespace()).isEqualTo("default");
    assertThat(it.httpHost()).isEqualTo("0.0.0.0");
    assertThat(it.endpoint()).isEqualTo("stdio://a");
    assertThat(it.tools().getFirst().version()).isEqualTo("1.0.0");
    assertThat(it.tools().getFirst().dependencies()).isEmpty();
  }

  @Test
  void takesEverythingThatTheProtocolHas() {
    Heartbeat it =
        AliveAgentsTest.heartbeat(
            """
            {"agent_id": "a_B-1", "agent_type": "a2a", "runtime": "typescript", "name": "A",
             "version": "2.0", "description": "d", "http_host": "::1", "http_port": 8080,
             "namespace": "n", "timestamp": "2026-01-02T03:04:05.678901", "llm_filter": {},
             "tools": [{"function_name": "f", "capability": "c", "version": "1.2.3-rc.1+x",
               "tags": ["a", "a"], "inputSchema": {"type": "object"}, "kwargs": {"timeout": 4},
               "dependencies": [{"capability": "d", "required": true, "tags": ["x", ["y", "+z"]],
                 "version": ">=1", "namespace": "m", "matchMode": "subset",
                 "expectedSchemaHash": "h"}]}]}\
            """);
    assertThat(it.endpoint()).isEqualTo("http://[::1]:8080");
    assertThat(it.agentType()).isEqualTo(Heartbeat.Type.A2A);
    assertThat(it.runtime()).isEqualTo(Heartbeat.Language.TYPESCRIPT);
    ToolDependency dependency = it.tools().getFirst().dependencies().getFirst();
    assertThat(dependency.required()).isTrue();
    assertThat(dependency.matchMode()).isEqualTo(ToolDependency.MatchMode.SUBSET);
    assertThat(dependency.tags()).hasSize(2);
  }

  @Test
  void allThatIsWrongIsSaidAtOnceWithItsPlace() {
    String said =
        problems(
            """
            {"agent_id": "a b", "tools": [
              {"function_name": "f", "capability": "c", "version": "1.0"},
              {"function_name": "g", "capability": "d", "dependencies": [
                {"capability": "e", "version": "newest"},
                {"capability": "e", "tags": [[]]},
                {"capability": "e", "tags": [["-x"]]}]}]}\
            """);
    assertThat(said)
        .contains("--> heartbeat.json:1:14")
        .contains("1 to 64 letters, digits, _ and -")
        .contains("--> heartbeat.json:2:")
        .contains("a version like 1.0.0 or 1.0.0-beta.1")
        .contains("\"newest\" is no range of versions, such as \">=1.2 <2\" or \"^1.2\"")
        .contains("alternatives are from 1 to 20 tags")
        .contains("\"-x\" cannot be one of several; write it beside the list");
  }

  @Test
  void aFunctionIsThereOnce() {
    assertThat(
            problems(
                """
                {"agent_id": "a", "tools": [{"function_name": "f", "capability": "c"},
                  {"function_name": "f", "capability": "d"}]}\
                """))
        .contains("the function \"f\" is there twice");
  }

  @Test
  void anAgentNeedsNoMoreThanCanBeLookedFor() {
    String fifty = String.join(",", Collections.nCopies(50, "{\"capability\": \"x\"}"));
    List<String> tools = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      tools.add(
          "{\"function_name\": \"f%d\", \"capability\": \"c\", \"dependencies\": [%s]}"
              .formatted(i, fifty));
    }
    String all = "{\"agent_id\": \"a\", \"tools\": [%s]}";
    assertThat(problems(all.formatted(String.join(",", tools))))
        .contains("the tools have 550 dependencies; an agent may have 500");
    assertThat(problems(all.formatted(String.join(",", tools.subList(0, 10))))).isEmpty();
  }
}
