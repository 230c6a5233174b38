package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeCheckTest {
  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    desk.environment.put("PATH", System.getenv("PATH"));
  }

  private List<Diagnostic> check(String agent, String... changed) throws Exception {
    List<Path> files = List.of(changed).stream().map(desk::at).toList();
    CodeCheck check = Objects.requireNonNull(CodeCheck.of(desk.agent(agent), files));
    Process process =
        new ProcessBuilder(check.command())
            .directory(check.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(CodeCheck.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return check.problems(process.exitValue(), out);
  }

  @Test
  void pythonIsCheckedInOneProcessAndOnlyWhereItHasChanged() throws Exception {
    desk.write("agents/a/main.py", "print('started')\n");
    desk.write("agents/a/broken.py", "def broken(:\n");
    desk.write("agents/a/worse.py", "x = 1\nif x\n  pass\n");
    desk.write("agents/a/nul.py", "x = '\0'\n");
    assertThat(check("a", "agents/a/main.py")).isEmpty();
    assertThat(desk.render(check("a", "agents/a/main.py", "agents/a/worse.py", "agents/a/gone.py")))
        .isEqualTo(
            """
            error[PIRN-A040]: expected ':'
              --> agents/a/worse.py:2:5
            2 | if x
              |     ^
            """);
    assertThat(check("a", "agents/a/broken.py", "agents/a/worse.py")).hasSize(2);
    assertThat(check("a", "agents/a/nul.py")).hasSize(1);
  }

  @Test
  void nodeIsCheckedAsAModuleOrAScript() throws Exception {
    desk.write("agents/a/index.mjs", "import fs from 'node:fs';\n");
    desk.write("agents/a/old.cjs", "const fs = require('fs'); return 5;\n");
    desk.write("agents/a/broken.mjs", "const a = 1;\nconst b = [;\n");
    desk.write("agents/a/script.js", "#!/usr/bin/env node\nconst x = require('x'); return x;\n");
    desk.write("agents/a/module.js", "#!/usr/bin/env node\nexport const x = await 1;\n");
    assertThat(
            check(
                "a",
                "agents/a/index.mjs",
                "agents/a/old.cjs",
                "agents/a/script.js",
                "agents/a/module.js"))
        .isEmpty();
    desk.write("agents/a/broken.js", "let a b;\n");
    desk.write("agents/a/mixed.cjs", "import fs from 'node:fs';\n");
    assertThat(check("a", "agents/a/broken.js", "agents/a/mixed.cjs")).hasSize(2);
    assertThat(desk.render(check("a", "agents/a/index.mjs", "agents/a/broken.mjs")))
        .isEqualTo(
            """
            error[PIRN-A040]: Unexpected token ';'
              --> agents/a/broken.mjs:2:12
            2 | const b = [;
              |            ^
            """);
  }

  @Test
  void thereIsNothingToCheckWhereNothingOfTheLanguageHasChanged() {
    desk.write("agents/a/main.py", "");
    desk.write("agents/a/x.yaml", "");
    desk.write("agents/Small.java", "void main() {}");
    assertThat(CodeCheck.of(desk.agent("a"), List.of(desk.at("agents/a/x.yaml")))).isNull();
    assertThat(CodeCheck.of(desk.agent("a"), List.of(desk.at("agents/a/gone.py")))).isNull();
    assertThat(CodeCheck.of(desk.agent("Small"), List.of(desk.at("agents/Small.java")))).isNull();
    desk.write("agents/a/agent.yaml", "precheck: false\n");
    assertThat(CodeCheck.of(desk.agent("a"), List.of(desk.at("agents/a/main.py")))).isNull();
  }

  @Test
  void aCommandOfOnesOwnSaysItsLastLine() throws Exception {
    desk.write("agents/a/main.py", "");
    desk.write("agents/a/agent.yaml", "precheck: [sh, -c, 'echo one; echo two >&2; exit 3']\n");
    assertThat(desk.render(check("a", "agents/a/main.py")))
        .isEqualTo(
            """
            error[PIRN-A040]: the check of the code ended with 3
              --> agents/a
              help: two
            """);
    desk.write("agents/a/agent.yaml", "precheck: [sh, -c, 'exit 0']\n");
    assertThat(check("a")).isEmpty();
  }
}
