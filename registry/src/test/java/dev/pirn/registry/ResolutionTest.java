package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionTest {
  private final AliveAgents alive = AliveAgents.open(AliveOptions.DEFAULTS, new ManualClock());

  private static Heartbeat provider(String id, String version, String namespace, String... tags) {
    return AliveAgentsTest.heartbeat(
        """
        {"agent_id":"%s","http_host":"%s.local","http_port":80,"namespace":"%s","tools":[
          {"function_name":"f","capability":"date","version":"%s","tags":%s}]}\
        """
            .formatted(id, id, namespace, version, dev.pirn.yaml.Json.line(List.of(tags))));
  }

  private void offer(String id, String version, String... tags) {
    alive.register(provider(id, version, "default", tags));
  }

  /// The agent that is found, or null.
  private String found(String wish) {
    Heartbeat user =
        AliveAgentsTest.heartbeat(
            """
            {"agent_id":"user","tools":[{"function_name":"g","capability":"ui",
              "dependencies":[{"capability":"date"%s}]}]}\
            """
                .formatted(wish.isEmpty() ? "" : ", " + wish));
    Registration done = Objects.requireNonNull(alive.register(user).value());
    ResolvedTool tool = Objects.requireNonNull(done.agent().dependencies().get("g")).getFirst();
    assertThat(tool.status() == ResolvedTool.Status.UNAVAILABLE).isEqualTo(tool.agentId() == null);
    return String.valueOf(tool.agentId());
  }

  @Test
  void theHighestVersionIsTaken() {
    offer("a", "1.9.0");
    offer("b", "1.10.0");
    offer("c", "1.10.0-rc.1");
    assertThat(found("")).isEqualTo("b");
  }

  @Test
  void ofEqualsTheFirstIdIsTakenWhoeverCameFirst() {
    offer("b", "1.0.0+build.9");
    offer("a", "1.0.0+build.1");
    offer("c", "1.0.0");
    assertThat(found("")).isEqualTo("a");
  }

  @Test
  void tagsAreRequiredExcludedAndPreferredBeforeVersions() {
    offer("plain", "3.0.0", "sql");
    offer("fast", "1.0.0", "sql", "fast");
    offer("beta", "4.0.0", "sql", "fast", "beta");
    offer("none", "9.0.0");
    assertThat(found("\"tags\":[\"sql\"]")).isEqualTo("beta");
    assertThat(found("\"tags\":[\"sql\",\"-beta\"]")).isEqualTo("plain");
    assertThat(found("\"tags\":[\"sql\",\"-beta\",\"+fast\"]")).isEqualTo("fast");
    assertThat(found("\"tags\":[\"+nobody\"]")).isEqualTo("none");
    assertThat(found("\"tags\":[\"nobody\"]")).isEqualTo("null");
  }

  @Test
  void oneOfSeveralTagsIsEnough() {
    offer("py", "1.0.0", "python");
    offer("ts", "2.0.0", "typescript");
    offer("go", "3.0.0", "go");
    assertThat(found("\"tags\":[[\"python\",\"typescript\"]]")).isEqualTo("ts");
    assertThat(found("\"tags\":[[\"+python\",\"typescript\"]]")).isEqualTo("py");
    assertThat(found("\"tags\":[[\"+ruby\",\"go\"]]")).isEqualTo("go");
    assertThat(found("\"tags\":[[\"ruby\"]]")).isEqualTo("null");
  }

  @Test
  void aRangeLimitsTheVersions() {
    offer("one", "1.5.0");
    offer("two", "2.1.0");
    assertThat(found("\"version\":\"<2\"")).isEqualTo("one");
    assertThat(found("\"version\":\"^1.2 || ^3\"")).isEqualTo("one");
    assertThat(found("\"version\":\">=3\"")).isEqualTo("null");
    assertThat(found("\"version\":\" \"")).isEqualTo("two");
  }

  @Test
  void aNamespaceIsTheAgentsOwnUnlessItIsNamed() {
    alive.register(provider("far", "2.0.0", "far"));
    assertThat(found("")).isEqualTo("null");
    offer("near", "1.0.0");
    assertThat(found("")).isEqualTo("near");
    assertThat(found("\"namespace\":\"far\"")).isEqualTo("far");
  }

  @Test
  void theOrderOfRegistrationDoesNotMatter() {
    Random random = new Random(7);
    List<Heartbeat> providers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      providers.add(
          provider("p" + i, "1." + random.nextInt(3) + ".0", "default", "t" + random.nextInt(3)));
    }
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(providers, random);
      providers.forEach(it -> alive.deregister(it.agentId()));
      providers.forEach(alive::register);
      answers.add(found("\"tags\":[\"+t1\"],\"version\":\">=1.1\""));
    }
    assertThat(answers).containsOnly(answers.getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1.2.3 ; 1.2.3 ; 1.2.4 1.2.2",
        "=1.2 ; 1.2.0 1.2.9 ; 1.3.0 1.1.9",
        "1.x ; 1.0.0 1.9.9 ; 2.0.0 0.9.0",
        "* ; 0.0.1 9.9.9 ; 1.0.0-rc",
        ">1.2 ; 1.3.0 ; 1.2.0 1.2.9",
        ">1.2.3 ; 1.2.4 ; 1.2.3",
        "<=1.2 ; 1.2.9 0.1.0 ; 1.3.0",
        "<=1.2.3 ; 1.2.3 ; 1.2.4",
        ">=1.2, <2 ; 1.2.0 1.9.9 ; 2.0.0 1.1.9 2.0.0-rc",
        ">= 1.2 < 2 ; 1.2.0 ; 2.0.0",
        "!=1.2.3 ; 1.2.4 ; 1.2.3",
        "^1.2.3 ; 1.2.3 1.9.0 ; 1.2.2 2.0.0",
        "^0.2.3 ; 0.2.3 0.2.9 ; 0.3.0 0.2.2",
        "^0.0.3 ; 0.0.3 ; 0.0.4",
        "^0 ; 0.9.0 ; 1.0.0",
        "^0.0 ; 0.0.9 ; 0.1.0",
        "~1.2.3 ; 1.2.9 ; 1.3.0 1.2.2",
        "~1 ; 1.9.0 ; 2.0.0",
        "~>1.2 ; 1.2.9 ; 1.3.0",
        "1.2 - 1.4.5 ; 1.2.0 1.4.5 ; 1.4.6 1.1.0",
        "1.2 - 1.4 ; 1.4.9 ; 1.5.0",
        "1.0.0 || >=3 ; 1.0.0 3.0.0 ; 2.0.0",
        ">=1.0.0-beta.2 ; 1.0.0-beta.10 1.0.0 2.0.0 ; 1.0.0-beta.1 2.0.0-rc.1",
        "1.0.0 ; 1.0.0+linux ; 1.0.1+linux"
      })
  void rangesAreReadAsUsual(String range, String in, String out) {
    VersionRange read = Objects.requireNonNull(VersionRange.of(range));
    assertThat(in.split(" ")).allMatch(read::includes);
    assertThat(out.split(" ")).noneMatch(read::includes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latest",
        ">",
        "1.2.3.4",
        "1..2",
        "||",
        "1 ||",
        "!=1.2",
        ">=a",
        "^^1",
        "1.0.0<2",
        "9999999999"
      })
  void whatIsNoRangeIsRefused(String range) {
    assertThat(VersionRange.of(range)).isNull();
    assertThatThrownBy(() -> new ToolDependency("x", false, List.of(), range, null, null, null))
        .hasMessage(
            "\"%s\" is no range of versions, such as \">=1.2 <2\" or \"^1.2\"".formatted(range));
  }
}
