package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Decoded;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPartsTest {
  @TempDir Path folder;

  @Test
  void whatInitWritesAreTheDefaults() {
    Desk.empty(folder).run("init");
    Decoded<WorkspaceConfig> read = Workspace.of(folder).readConfig();
    assertThat(read.diagnostics()).isEmpty();
    assertThat(read.value()).isEqualTo(WorkspaceConfig.DEFAULTS);
  }

  @Test
  void aTableAlignsItsColumnsByCharactersAndKeepsForgedLinesOut() {
    String text =
        Table.of("NAME", "FILE").row("é", "a").row("longer", "b\nforged\u001b[31m").text();
    assertThat(text).isEqualTo("NAME    FILE\né       a\nlonger  b\\nforged\\u001b[31m\n");
  }

  @Test
  void aDurationHasAUnitOrIsInMilliseconds() {
    assertThat(Durations.debounce("auto")).isZero();
    assertThat(Durations.debounce("200ms")).isEqualTo(Duration.ofMillis(200));
    assertThat(Durations.debounce("2s")).isEqualTo(Duration.ofSeconds(2));
    assertThat(Durations.debounce("40")).isEqualTo(Duration.ofMillis(40));
    assertThatThrownBy(() -> Durations.debounce("6s")).hasMessage("\"6s\" is not a debounce");
    assertThatThrownBy(() -> Durations.debounce("-1ms")).isInstanceOf(Failure.class);
  }

  @Test
  void theAgeOfAProcessComesFromTheKernel() {
    String stat = "42 (a name) with ) S 1 1 1 0 -1 0 0 0 0 0 1 2 0 0 20 0 9 0 1000 5 6";
    assertThat(Uptime.linux(stat.replace("(a name) with )", "(a ) b)"), "10.31 1.00\n"))
        .isEqualTo(Duration.ofMillis(310));
    assertThat(Uptime.now()).isPositive();
  }

  @Test
  void lowLimitsComeWithTheRemedy() throws IOException {
    Files.writeString(folder.resolve("max_user_watches"), "8192\n");
    Files.writeString(folder.resolve("max_user_instances"), "1024\n");
    assertThat(new InotifyLimits(folder).findings())
        .containsExactly(
            Finding.warning(
                "limits",
                "8192 watches for each user (fs.inotify.max_user_watches)",
                "raise it: sudo sysctl fs.inotify.max_user_watches=524288, and the same line in"
                    + " /etc/sysctl.d/60-pirn.conf"),
            Finding.ok("limits", "1024 watchers for each user (fs.inotify.max_user_instances)"));
    assertThat(new InotifyLimits(folder.resolve("elsewhere")).findings()).isEmpty();
  }

  @Test
  void anEventIsOneLineForPeople() {
    JsonObject event =
        new JsonObject()
            .put("time", "2026-01-02T03:04:05Z")
            .put("type", "pattern.validation_failed")
            .put("source", "patterns")
            .put("name", "x")
            .put("file", "patterns/x.yaml")
            .put("generation", 7)
            .put("lag_ms", 0.6)
            .put("diagnostics", new JsonArray().add(new JsonObject().put("message", "broken")));
    assertThat(PatternsWatchCommand.text(event))
        .matches(
            "\\[\\d\\d:\\d\\d:\\d\\d\\] INVALID pattern=x file=patterns/x\\.yaml error=\"broken\"");
    assertThat(ServeLog.text(event))
        .isEqualTo("pattern.validation_failed patterns/x.yaml generation 7");
    event.put("type", "pattern.modify").remove("diagnostics");
    assertThat(ServeLog.text(event))
        .isEqualTo("pattern.modify patterns/x.yaml generation 7, visible after 0.6 ms");
    assertThat(PatternsWatchCommand.text(event)).contains("] MODIFIED pattern=x file=patterns/");
  }

  @Test
  void configurationEventsSayWhatWaitsForARestart() {
    JsonObject event =
        new JsonObject()
            .put("type", "config.changed")
            .put("source", "config")
            .put("file", "pirn.yaml")
            .put("generation", 2)
            .put("changed", new JsonArray().add("server.port"))
            .put("needsRestart", new JsonArray().add("server.port"));
    assertThat(ServeLog.text(event))
        .isEqualTo(
            "config.changed pirn.yaml generation 2, changed server.port, a restart is needed for"
                + " server.port");
  }
}
