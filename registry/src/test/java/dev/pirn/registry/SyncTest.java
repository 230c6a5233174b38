package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTest {
  private static final SyncOptions ALL =
      SyncOptions.COMPARE.apply(true, true, true).today(LocalDate.of(2026, 11, 22));

  @TempDir Path temp;
  private Path root;
  private Path file;

  @BeforeEach
  void root() throws IOException {
    root = temp.toRealPath();
    file = root.resolve("agent_registry.yaml");
  }

  private Registry open(String text) {
    Sample.write(file, text);
    return Registry.open(RegistryOptions.of(file));
  }

  private void folder(String path, String agent) {
    try {
      Files.createDirectories(root.resolve(path));
      Files.writeString(root.resolve(path).resolve("agent.yaml"), agent);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String config(String autoSync) {
    return "# kept\nconfig: {auto_sync: {" + autoSync + "}}\n";
  }

  @Test
  void aDryRunSaysWhatDiffersAndChangesNoByte() {
    folder("agents/a", "name: A\n");
    folder("agents/new_one", "name: New\n");
    String before =
        Sample.registryWith(config("scan_directories: [agents]"), "a", "b")
            .replace("location: agents/a", "location: elsewhere/a");
    try (Registry registry = open(before)) {
      SyncResult result = registry.sync(ALL.dryRun(true));
      assertThat(result.added()).containsExactly("new_one");
      assertThat(result.updated()).containsExactly("a");
      assertThat(result.removed()).containsExactly("b");
      assertThat(result.written()).isEmpty();
      assertThat(result.outOfStep()).isTrue();
      assertThat(Sample.text(file)).isEqualTo(before);
      SyncResult compared = registry.sync(SyncOptions.of(registry.agents().config().autoSync()));
      assertThat(compared).isEqualTo(result);
      assertThat(Sample.text(file)).isEqualTo(before);
    }
  }

  @Test
  void addsUpdatesAndRemovesWithOnlyTheNeededLines() {
    folder("agents/a", "name: A\n");
    folder("examples/echo", "name: Echo\ndescription: Repeats what people say, for search\n");
    String more =
        "tag_taxonomy: {functional: [search, dialogue]}\n"
            + config("scan_directories: [agents, examples]");
    String before =
        Sample.registryWith(more, "a", "b").replace("location: agents/a", "location: elsewhere/a");
    try (Registry registry = open(before)) {
      SyncResult result = registry.sync(ALL);
      assertThat(result.errors()).isEmpty();
      assertThat(result.outOfStep()).isFalse();
      assertThat(registry.sync(ALL).differences()).isEmpty();
    }
    assertThat(Sample.text(file))
        .isEqualTo(
            Sample.registry("a")
                + """
                  echo:
                    name: Echo
                    category: example
                    environment: demo
                    owner: platform-team
                    version: 1.0.0
                    location: examples/echo
                    deprecated: false
                    description: Repeats what people say, for search
                    tags: [search]
                    created_at: "2026-11-22"
                    updated_at: "2026-11-22"
                """
                + more);
  }

  @Test
  void whatIsExcludedOrHasNoFileIsPassedOver() throws IOException {
    folder("agents/a", "name: A\n");
    folder("agents/_draft", "name: D\n");
    folder("agents/template_x", "name: T\n");
    Files.createDirectories(root.resolve("agents/empty"));
    try (Registry registry =
        open(
            Sample.registryWith(
                config("scan_directories: [agents], exclude_patterns: ['_*', 'template_*/**']"),
                "a"))) {
      assertThat(registry.sync(SyncOptions.COMPARE).outOfStep()).isFalse();
      assertThat(registry.sync(SyncOptions.COMPARE.exclude(List.of())).added())
          .containsExactly("_draft", "template_x");
    }
  }

  @Test
  void aFolderThatCannotBeSeenTakesNothingAway() {
    folder("agents/a", "name: [\n");
    try (Registry registry =
        open(Sample.registryWith(config("scan_directories: [agents, missing]"), "a", "b"))) {
      SyncResult result = registry.sync(ALL);
      assertThat(result.removed()).isEmpty();
      assertThat(result.outOfStep()).isTrue();
      assertThat(result.errors())
          .extracting(Diagnostic::code)
          .containsExactly("PIRN-Y010", "PIRN-R040");
      SyncResult here = registry.sync(ALL.scan(List.of("agents")));
      assertThat(here.removed()).containsExactly("b");
    }
  }

  @Test
  void newAgentsAreInferredByWhereTheyLie() {
    for (String path :
        List.of("agents/plain", "agents/judge_default", "agents/tests/t", "examples/e")) {
      folder(path, "name: x\n");
    }
    try (Registry registry =
        open(
            Sample.registryWith(
                config("scan_directories: [agents, agents/tests, examples]"), "plain"))) {
      registry.sync(ALL);
      assertThat(registry.agents().agents())
          .extracting(
              a -> a.id() + " " + a.definition().category() + " " + a.definition().environment())
          .containsExactly(
              "plain production production",
              "judge_default system production",
              "t test test",
              "e example demo");
    }
  }

  @Test
  void twoFoldersOfOneNameAreAnError() {
    folder("agents/a", "name: A\n");
    folder("examples/a", "name: A\n");
    try (Registry registry =
        open(Sample.registryWith(config("scan_directories: [agents, examples]"), "a"))) {
      assertThat(registry.sync(ALL).errors())
          .extracting(Diagnostic::message)
          .containsExactly("two folders are called \"a\"");
    }
  }

  @Test
  void theConfigurationSaysWhatIsDone() {
    folder("agents/a", "name: A\n");
    folder("agents/b", "name: B\n");
    String wrong =
        Sample.registryWith(
                config(
                    "enabled: true, scan_directories: [agents], auto_register: true, conflict_resolution: filesystem"),
                "a")
            .replace("location: agents/a", "location: x");
    try (Registry registry = open(wrong)) {
      SyncResult result = registry.sync(SyncOptions.of(registry.agents().config().autoSync()));
      assertThat(result.written()).containsExactly("a", "b");
      assertThat(result.outOfStep()).isFalse();
    }
    try (Registry registry = open(wrong.replace("filesystem", "registry"))) {
      SyncResult result = registry.sync(SyncOptions.of(registry.agents().config().autoSync()));
      assertThat(result.updated()).isEmpty();
    }
  }

  @Test
  void aRegistryIsMadeFromScratch() {
    folder("agents/a", "name: A\n");
    try (Registry registry = Registry.open(RegistryOptions.of(file))) {
      SyncResult result = registry.sync(ALL.scan(List.of("agents")));
      assertThat(result.written()).containsExactly("a");
      assertThat(registry.agents().ids()).containsExactly("a");
    }
  }

  @Test
  void followsTheFoldersWhileTheFileSaysSo() {
    String on = config("enabled: true, auto_register: true, scan_directories: [agents]");
    folder("agents/a", "name: A\n");
    try (Registry registry = open(Sample.registryWith(on, "a"));
        Subscription _ = registry.followFolders()) {
      folder("agents/later", "name: Later\n");
      await().until(() -> registry.agents().get("later").isPresent());
      assertThat(Sample.text(file)).contains("# kept").contains("  later:");
      assertThat(registry.diagnostics()).isEmpty();

      Sample.write(file, Sample.text(file).replace("enabled: true", "enabled: false"));
      await().until(() -> !registry.agents().config().autoSync().enabled());
      folder("agents/ignored", "name: Ignored\n");
      Sample.write(file, Sample.text(file).replace("enabled: false", "enabled: true"));
      await().until(() -> registry.agents().get("ignored").isPresent());
      assertThat(registry.history().stream().flatMap(event -> event.added().stream()))
          .containsExactly("ignored", "later", "a");
    }
  }

  @Test
  void saysWhatItLeavesToAPerson() {
    String manual = config("enabled: true, scan_directories: [agents]");
    folder("agents/a", "name: A\n");
    String before = Sample.registryWith(manual, "a");
    try (Registry registry = open(before);
        Subscription _ = registry.followFolders()) {
      for (String name : List.of("p", "q", "r", "s", "t", "u", "v")) {
        folder("agents/" + name, "name: X\n");
      }
      await()
          .until(() ->
              registry.diagnostics().stream()
                  .anyMatch(problem ->
                      problem
                          .message()
                          .equals(
                              "the registry is out of step with the folders:"
                                  + " not declared are p, q, r, s, t and 2 more")));
      assertThat(Sample.text(file)).isEqualTo(before);
    }
  }
}
