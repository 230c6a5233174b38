package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentYamlTest {
  private static final String ALL =
      """
      name: hello
      command: [python3, serve.py]
      args: [--fast]
      build: make
      working_directory: src
      environment: {A: $HOME/x, B: "${NONE:-none}", C: 5, D: $$HOME, E:}
      env_file: [.env, ../../.env]
      port: 8080
      ready: {log: "listening on \\\\d+", timeout: 5s}
      mode: signal
      signal: SIGUSR2
      stop_grace: 10s
      drain: 500ms
      preserve_state: false
      settings: [MODEL, TEMPERATURE]
      watch: {include: ["*.py"], exclude: [old/], log_only: ["*.md"], reload_delay: 100ms}
      precheck: [ruff, check]
      metadata: {name: The greeter, version: 1.0.0, description: Greets, tags: [a, b]}
      """;

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    desk.environment.put("HOME", "/home/ada");
  }

  private AgentSpec read(String yaml) {
    desk.write("agents/greeter/agent.yaml", yaml);
    AgentFinder.Found found = desk.find();
    assertThat(desk.render(found.diagnostics())).isEmpty();
    return found.agents().getFirst();
  }

  private String said(String yaml) {
    desk.write("agents/greeter/agent.yaml", yaml);
    return desk.render(desk.find().diagnostics());
  }

  @Test
  void saysAllThatAnAgentIs() {
    desk.write("agents/greeter/src/serve.py", "");
    AgentSpec agent = read(ALL);
    Path folder = desk.at("agents/greeter");
    assertThat(agent.name()).isEqualTo("hello");
    assertThat(agent.folder()).isEqualTo(folder);
    assertThat(agent.language()).isEqualTo(Language.PYTHON);
    assertThat(agent.launch())
        .isEqualTo(new Launch.Program(List.of("python3", "serve.py", "--fast")));
    assertThat(agent.build()).containsExactly("make");
    assertThat(agent.workingFolder()).isEqualTo(folder.resolve("src"));
    assertThat(agent.environment())
        .isEqualTo(Map.of("A", "/home/ada/x", "B", "none", "C", "5", "D", "$HOME", "E", ""));
    assertThat(agent.envFiles()).containsExactly(folder.resolve(".env"), desk.at(".env"));
    assertThat(agent.port()).isEqualTo(8080);
    assertThat(agent.readiness())
        .isEqualTo(new Readiness.LogLine("listening on \\d+", Duration.ofSeconds(5)));
    assertThat(agent.mode()).isEqualTo(Mode.SIGNAL);
    assertThat(agent.signal()).isEqualTo("USR2");
    assertThat(agent.stopGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(agent.drainLimit()).isEqualTo(Duration.ofMillis(500));
    assertThat(agent.preserveState()).isFalse();
    assertThat(agent.settings()).containsExactly("MODEL", "TEMPERATURE");
    assertThat(agent.watch().include()).hasToString("[*.py]");
    assertThat(agent.precheck()).isEqualTo(new AgentSpec.Precheck(true, List.of("ruff", "check")));
    assertThat(agent.about())
        .isEqualTo(new AgentSpec.About("The greeter", "1.0.0", "Greets", List.of("a", "b")));
    assertThat(agent.programs()).contains(folder.resolve("src/serve.py"));
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    desk.write("agents/greeter/main.py", "");
    AgentSpec agent = read("description: greets\n");
    assertThat(agent.name()).isEqualTo("greeter");
    assertThat(agent.port()).isZero();
    assertThat(agent.readiness()).isEqualTo(new Readiness.Tcp(Duration.ofSeconds(30)));
    assertThat(agent.mode()).isEqualTo(Mode.BLUE_GREEN);
    assertThat(agent.signal()).isEqualTo("HUP");
    assertThat(agent.stopGrace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(agent.drainLimit()).isEqualTo(Duration.ofSeconds(2));
    assertThat(agent.preserveState()).isTrue();
    assertThat(agent.precheck()).isEqualTo(AgentSpec.Precheck.DEFAULT);
    assertThat(agent.about().description()).isEqualTo("greets");
    assertThat(agent).hasToString("AgentSpec[greeter in " + agent.folder() + "]");
  }

  @Test
  void theDefinitionOfTheOtherSystemIsUnderstood() {
    desk.write("agents/greeter/hello.py", "");
    desk.write("agents/greeter/src/x.txt", "");
    desk.write(
        "agents/greeter/agent.yaml",
        """
        script: hello.py
        working_directory: ./src
        python_interpreter: /opt/python
        environment:
          DATA: $HOME/data
        metadata: {name: hello, version: "2.0", description: says hello, tags: [demo]}
        resources: {timeout: 30}
        """);
    AgentSpec agent = desk.agent("hello");
    assertThat(agent.launch())
        .isEqualTo(
            new Launch.Program(
                List.of("/opt/python", "-u", desk.at("agents/greeter/hello.py").toString())));
    assertThat(agent.environment()).containsExactly(Map.entry("DATA", "/home/ada/data"));
    assertThat(agent.workingFolder()).isEqualTo(desk.at("agents/greeter/src"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          singleton: true                   | HOLD
          {singleton: true, mode: restart}  | RESTART
          {singleton: true, mode: signal}   | SIGNAL
          mode: blue_green                  | BLUE_GREEN
          mode: hold                        | HOLD
          """)
  void anAgentOfWhichThereMustNotBeTwoIsHeld(String yaml, Mode mode) {
    desk.write("agents/greeter/main.py", "");
    assertThat(read(yaml).mode()).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /health                  | Http[path=/health, timeout=PT30S]
          {http: /up, timeout: 2s} | Http[path=/up, timeout=PT2S]
          {tcp: true}              | Tcp[timeout=PT30S]
          {timeout: 1m}            | Tcp[timeout=PT1M]
          {command: ./up now}      | Command[command=[./up, now], timeout=PT30S]
          """)
  void saysHowItIsReady(String ready, String readiness) {
    desk.write("agents/greeter/main.py", "");
    assertThat(read("ready: " + ready).readiness()).hasToString(readiness);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ready: {}                     | Tcp
          ready: health                 | error[PIRN-A014]: "ready" must be a path that begins with "/"
          ready: {tcp: false}           | error[PIRN-A013]: "ready" must have one way to tell
          ready: {log: "["}             | error[PIRN-A014]: "ready.log" must be a regular expression: unclosed character class
          ready: {http: /, timeout: 0s} | error[PIRN-A014]: "ready.timeout" must be from 1ms to 10m
          stop_grace: 1h                | error[PIRN-A014]: "stop_grace" must be from 0 to 10m
          command: []                   | error[PIRN-A012]: this is no command: it has no words
          command: 'a "b'               | error[PIRN-A012]: this is no command: nothing closes the "
          command: {a: b}               | error[PIRN-A012]: this is no command: it must be a list or a text
          command: [a, [b]]             | error[PIRN-A012]: this is no command: a word must be a single value
          env_file: [[a]]               | error[PIRN-A014]: "env_file" must be a path, or a list of paths
          working_directory: nowhere    | error[PIRN-A011]: there is no folder "nowhere"
          watch: {exclude: [/]}         | error[PIRN-A020]: "/" is no pattern: it names nothing
          watch: {exclude: ["[a"]}      | error[PIRN-A020]: "[a" is no pattern: it has a "[" without a "]"
          port: 70000                   | error[PIRN-Y034]: "port" must be from 0 to 65535, found "70000"
          stop_grace: 3 seconds         | error[PIRN-Y033]: "stop_grace" must be a duration like 500ms or 2s, found "3 seconds"
          prot: 80                      | error[PIRN-Y030]: unknown key "prot"
          mode: green                   | error[PIRN-Y035]: "mode" cannot be "green"
          """)
  void saysWhatIsWrong(String yaml, String message) {
    desk.write("agents/greeter/main.py", "");
    String said = said(yaml + "\n");
    if (message.equals("Tcp")) {
      assertThat(said).isEmpty();
    } else {
      assertThat(said.lines().findFirst()).hasValue(message);
      assertThat(said).contains("  --> agents/greeter/agent.yaml:1:");
    }
  }

  @Test
  void whateverIsWrittenIsReadOrToldOf() {
    desk.write("agents/greeter/main.py", "");
    List<String> lines = ALL.lines().toList();
    List<String> values =
        List.of(
            "",
            "[]",
            "{}",
            "[[a]]",
            "{a: b}",
            "-1",
            "99999999999999",
            "true",
            "~",
            "'\\0'",
            "\"\\u0000\"",
            "$X",
            "../../../..",
            "/",
            "!",
            "!!",
            "[a, [b, {c: d}]]",
            "5 s",
            "🏭");
    for (long seed = 1; seed <= 600; seed++) {
      Random random = new Random(seed);
      StringBuilder yaml = new StringBuilder();
      for (String line : lines) {
        int colon = line.indexOf(':');
        switch (random.nextInt(6)) {
          case 0 ->
              yaml.append(line, 0, colon + 1)
                  .append(' ')
                  .append(values.get(random.nextInt(values.size())))
                  .append('\n');
          case 1 -> {}
          default -> yaml.append(line).append('\n');
        }
      }
      desk.write("agents/greeter/agent.yaml", yaml.toString());
      assertThatCode(
              () -> {
                AgentFinder.Found found = desk.find();
                desk.finder().rules(found.agents());
                assertThat(found.agents().size() + found.broken().size()).isEqualTo(1);
              })
          .as("seed %d:%n%s", seed, yaml)
          .doesNotThrowAnyException();
    }
  }
}
