package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentFinderTest {
  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a/main.py                          | a: python3 -u agents/a/main.py
          a/main.py a/.venv/bin/python*      | a: agents/a/.venv/bin/python -u agents/a/main.py
          a/main.js                          | a: node agents/a/main.js
          a/index.mjs                        | a: node agents/a/index.mjs
          a/src/index.js                     | a: node agents/a/src/index.js
          a/index.ts a/node_modules/.bin/tsx*| a: agents/a/node_modules/.bin/tsx agents/a/index.ts
          a/src/index.ts ../node_modules/.bin/tsx* | a: node_modules/.bin/tsx agents/a/src/index.ts
          a/x.jar                            | a: java -jar agents/a/x.jar
          a/x.jar a/a.jar                    | a: java -jar agents/a/a.jar
          a/x.jar a/y.jar                    |
          a/Agent.java                       | a: compile agents/a, run agents/a/Agent.java
          a/src/main/java/Main.java          | a: compile agents/a, run agents/a/src/main/java/Main.java
          a/serve*                           | a: agents/a/serve
          a/serve* a/other*                  |
          a/run* a/other*                    | a: agents/a/run
          a/tools.py                         |
          a/README.md                        |
          a/x.txt*                           |
          greet.py                           | greet: python3 -u agents/greet.py
          greet.js                           | greet: node agents/greet.js
          greet.jar                          | greet: java -jar agents/greet.jar
          Greet.java                         | Greet: compile agents/Greet.java, run agents/Greet.java
          greet*                             | greet: agents/greet
          greet.sh*                          | greet: agents/greet.sh
          greet.txt                          |
          test_greet.py conftest.py x.d.ts   |
          _lib.py .hid.py _lib/main.py       |
          __pycache__/main.py target/main.py |
          node_modules/main.js .git/main.py  |
          """)
  void whatMakesAnAgent(String files, String agents) {
    for (String file : files.split(" +")) {
      String path = "agents/" + file.replace("*", "");
      if (file.endsWith("*")) {
        desk.program(path);
      } else {
        desk.write(path, "");
      }
    }
    AgentFinder.Found found = desk.find();
    assertThat(desk.render(found.diagnostics())).isEmpty();
    assertThat(found.complete()).isTrue();
    assertThat(Desk.commands(desk, found)).isEqualTo(agents == null ? "" : agents);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"scripts": {"start": "node server.js --x"}} | a: node server.js --x
          {"scripts": {"start": "tsx a.ts > log"}}     | a: npm --silent start --
          {"main": "lib/go.js"}                        | a: node agents/a/lib/go.js
          {}                                           | a: node agents/a/index.js
          {"scripts": {"start": 5}, "main": 7}         | a: node agents/a/index.js
          """)
  void packageJsonSaysWhatIsRun(String json, String command) {
    desk.write("agents/a/package.json", json);
    desk.write("agents/a/lib/go.js", "");
    desk.write("agents/a/index.js", "");
    AgentFinder.Found found = desk.find();
    assertThat(Desk.commands(desk, found)).isEqualTo(command);
    assertThat(found.agents().getFirst().language()).isEqualTo(Language.NODE);
    assertThat(found.agents().getFirst().workingFolder()).isEqualTo(desk.at("agents/a"));
  }

  @Test
  void aNewNodeLeavesTypesOutByItself() throws IOException {
    desk.write("agents/a/index.ts", "");
    assertThat(desk.render(desk.find().diagnostics()))
        .isEqualTo(
            """
            error[PIRN-A007]: there is no tsx, and no Node of which is known that it is 22.18 or newer, to run this
              --> agents/a/index.ts
              help: npm install --save-dev tsx, or name the command in agent.yaml
            """);
    assertThat(desk.find().broken()).containsExactly(desk.at("agents/a"));
    Path header = temp.toRealPath().resolve("include/node/node_version.h");
    Files.createDirectories(header.getParent());
    Files.writeString(header, "#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 18\n");
    assertThat(Desk.commands(desk, desk.find())).isEqualTo("a: node agents/a/index.ts");
    Files.writeString(header, "#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 17\n");
    assertThat(desk.find().agents()).isEmpty();
  }

  @Test
  void whatIsNamedIsAnAgentOrAFolderOfAgentsOrAnError() {
    desk.write("agents/a/main.py", "");
    desk.write("agents/b/main.py", "");
    desk.write("agents/b/notes.txt", "");
    desk.write("elsewhere/test_x.py", "");
    AgentFinder finder = desk.finder();
    assertThat(names(finder.named(List.of(desk.at("agents"))))).isEqualTo("a b");
    assertThat(names(finder.named(List.of(desk.at("agents/b"))))).isEqualTo("b");
    assertThat(names(finder.named(List.of(desk.at("agents/b/main.py"))))).isEqualTo("main");
    assertThat(names(finder.named(List.of(desk.at("elsewhere/test_x.py"))))).isEqualTo("test_x");
    assertThat(names(finder.find(List.of(desk.at("agents")), List.of(desk.at("agents/a")))))
        .isEqualTo("a b");
    assertThat(desk.render(finder.named(List.of(desk.at("agents/b/notes.txt"))).diagnostics()))
        .isEqualTo(
            """
            error[PIRN-A003]: this file is no agent
              --> agents/b/notes.txt
              help: looked for an ending .py, .js, .mjs, .cjs, .ts, .jar or .java, or the right to run it (chmod +x)
            """);
  }

  @Test
  void aBrokenAgentIsThereAllTheSame() {
    desk.write("agents/a/agent.yaml", "comand: [x]\n");
    desk.write("agents/b/main.py", "");
    AgentFinder.Found found = desk.find();
    assertThat(names(found)).isEqualTo("b");
    assertThat(found.broken()).containsExactly(desk.at("agents/a"));
    assertThat(found.complete()).isTrue();
    assertThat(desk.finder().in(List.of(desk.at("gone"))).complete()).isFalse();
  }

  @Test
  void theSameFilesGiveEqualAgentsAndAnEditOfACommentChangesNothing() {
    desk.write("agents/a/agent.yaml", "command: [x]\nwatch: {include: ['*.py']}\n");
    AgentSpec before = desk.agent("a");
    desk.write("agents/a/agent.yaml", "# said\n\nwatch:\n  include:\n    - '*.py'\ncommand: x\n");
    assertThat(desk.agent("a")).isEqualTo(before).hasSameHashCodeAs(before);
    desk.write("agents/a/agent.yaml", "command: [x]\nwatch: {include: ['*.js']}\n");
    assertThat(desk.agent("a")).isNotEqualTo(before);
  }

  private static String names(AgentFinder.Found found) {
    return found.agents().stream().map(AgentSpec::name).collect(Collectors.joining(" "));
  }
}
