package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceTest {
  private static final Path FILE = Path.of("/w/pirn.yaml");

  @TempDir private Path folder;

  private static Decoded<WorkspaceConfig> decode(String yaml) {
    return new ConfigDecoder().decode(new Content(FILE, yaml.getBytes(StandardCharsets.UTF_8)));
  }

  private static WorkspaceConfig config(String yaml) {
    Decoded<WorkspaceConfig> decoded = decode(yaml);
    assertThat(decoded.diagnostics()).noneMatch(Diagnostic::isError);
    WorkspaceConfig config = decoded.value();
    assertThat(config).isNotNull();
    return config;
  }

  private static Diagnostic problem(String yaml) {
    List<Diagnostic> problems = decode(yaml).diagnostics();
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  @Test
  void isTheNearestFolderWithAConfiguration() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b/c"));
    assertThat(Workspace.find(deep).root()).isEqualTo(deep);

    Files.writeString(folder.resolve("a/pirn.yaml"), "server: {}");
    assertThat(Workspace.find(deep).root()).isEqualTo(folder.resolve("a"));
    assertThat(Workspace.find(deep).configured()).isTrue();
    assertThat(Workspace.of(deep).configured()).isFalse();
  }

  @Test
  void showsFilesFromItsRoot() {
    Workspace workspace = Workspace.of(folder);
    assertThat(workspace.show(folder.resolve("patterns/a.yaml"))).isEqualTo("patterns/a.yaml");
    assertThat(workspace.show(Path.of("/elsewhere/a.yaml"))).isEqualTo("/elsewhere/a.yaml");
    assertThat(workspace.resolve(Path.of("x/../y"))).isEqualTo(folder.resolve("y"));
  }

  @Test
  void hasConventionalPlacesWithoutAConfiguration() {
    assertThat(Workspace.of(folder).readConfig().value()).isEqualTo(WorkspaceConfig.DEFAULTS);
    assertThat(config("server: {}")).isEqualTo(WorkspaceConfig.DEFAULTS);
    assertThat(Workspace.of(folder).patternOptions(WorkspaceConfig.DEFAULTS).dirs())
        .containsExactly(folder.resolve("patterns"));
  }

  @Test
  void readsTheWholeSchema() {
    assertThat(
            config(
                """
                server:   { host: localhost, port: 0, allow_remote: true, names: [a.example] }
                patterns: { dirs: [p, q], exclude: ["drafts/**"], debounce: 250ms, strict: true }
                registry: { file: r.yaml }
                settings: { files: [.env, .env.local], secrets: ["*_DSN"] }
                agents:   { dirs: [x], enabled: false }
                web:
                  dirs: [site]
                  patterns: ["*.html"]
                  proxy: http://127.0.0.1:3000
                  origins: ["http://localhost:3000"]
                  sync: true
                  hold_on_errors: true
                  test: npm test
                  gate: true
                history:  { keep: 7 }
                hot_reload: { enabled: false }
                """))
        .isEqualTo(
            new WorkspaceConfig(
                new WorkspaceConfig.Server("localhost", 0, true, List.of("a.example")),
                new WorkspaceConfig.Patterns(
                    List.of(Path.of("p"), Path.of("q")),
                    List.of("drafts/**"),
                    Duration.ofMillis(250),
                    true),
                new WorkspaceConfig.Registry(Path.of("r.yaml")),
                new WorkspaceConfig.Settings(
                    List.of(Path.of(".env"), Path.of(".env.local")), List.of("*_DSN")),
                new WorkspaceConfig.Agents(List.of(Path.of("x")), false),
                new WorkspaceConfig.Web(
                    List.of(Path.of("site")),
                    List.of("*.html"),
                    URI.create("http://127.0.0.1:3000"),
                    List.of("http://localhost:3000"),
                    true,
                    true,
                    List.of("npm", "test"),
                    true),
                new WorkspaceConfig.History(7),
                false));
  }

  @Test
  void understandsTheKeysOfTheSeeds() {
    WorkspaceConfig config =
        config(
            """
            hot_reload:
              enabled: true
              debounce_ms: 500
              watch_dirs: ["./web/static", "./personas"]
              patterns: ["*.html", "PERSONA.md"]
            """);
    assertThat(config.patterns().debounce()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.web().dirs()).containsExactly(Path.of("./web/static"), Path.of("./personas"));
    assertThat(config.web().patterns()).containsExactly("*.html", "PERSONA.md");
  }

  @ParameterizedTest
  @CsvSource({"auto,0", "0,0", "0ms,0", "200ms,200", "5s,5000", "5000ms,5000", "1s,1000"})
  void readsADebounce(String written, long milliseconds) {
    assertThat(config("patterns: { debounce: " + written + " }").patterns().debounce())
        .isEqualTo(Duration.ofMillis(milliseconds));
  }

  @ParameterizedTest
  @CsvSource({"5001ms", "6s", "-1", "fast", "1m", "1.5s", "99999999999s"})
  void refusesADebounceOutOfRange(String written) {
    Diagnostic problem = problem("patterns: { debounce: " + written + " }");

    assertThat(problem.code()).isEqualTo("PIRN-S002");
    assertThat(problem.message())
        .isEqualTo("a debounce is auto or from 0ms to 5000ms, found \"" + written + "\"");
    assertThat(problem.place()).hasToString("/w/pirn.yaml:1:23");
  }

  @Test
  void takesABareNumberAsMillisecondsAndSaysSo() {
    Decoded<WorkspaceConfig> decoded = decode("patterns: { debounce: 200 }");

    assertThat(decoded.value()).isNotNull();
    assertThat(decoded.diagnostics().getFirst().message())
        .isEqualTo("200 has no unit, and is taken as 200ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: { port: 70000 } | a port is from 0 to 65535, was 70000",
        "history: { keep: 0 } | the number of generations to keep is from 1 to 1000, was 0",
        "hot_reload: { debounce_ms: 9000 } | a debounce in milliseconds is from 0 to 5000, was 9000",
        "server: { prot: 80 } | unknown key \"prot\" in \"server\"",
        "patern: {} | unknown key \"patern\"",
        "patterns: { dirs: [] } | \"patterns.dirs\" names no folder",
        "server: { names: [a b] } | \"a b\" is not a host's name",
        "server: { host: 0.0.0.0 } | other machines may reach the host \"0.0.0.0\"",
        "server: { host: example.org } | other machines may reach the host \"example.org\""
      })
  void refusesWhatMakesNoSense(String yaml, String message) {
    assertThat(problem(yaml).message()).isEqualTo(message);
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    assertThat(problem("server: { prot: 80 }").hint()).isEqualTo("did you mean \"port\"?");
  }

  @Test
  void saysWhatIsWrongWithAConfigurationThatIsRead() throws IOException {
    Files.writeString(folder.resolve("pirn.yaml"), "server: { prot: 1 }");

    Decoded<WorkspaceConfig> read = Workspace.of(folder).readConfig();

    assertThat(read.value()).isNull();
    assertThat(read.diagnostics()).anyMatch(it -> it.message().startsWith("unknown key \"prot\""));
  }

  // ---- .pirn/server.json

  private void serverFile(ServerFile file) throws IOException {
    Files.createDirectories(folder.resolve(".pirn"));
    Files.writeString(folder.resolve(".pirn/server.json"), file.json().encode());
  }

  @Test
  void findsAServerOnlyIfItsProcessIsTheOneThatWroteTheFile() throws IOException {
    ServerFile own = ServerFile.own("http://127.0.0.1:1", "secret", Instant.now());
    serverFile(own);
    assertThat(ServerFile.find(folder)).contains(own);

    serverFile(new ServerFile(own.pid(), own.url(), "secret", Instant.EPOCH, Instant.EPOCH));
    assertThat(ServerFile.find(folder)).isEmpty();

    serverFile(new ServerFile(ServerTest.deadPid(), own.url(), "secret", Instant.EPOCH, null));
    assertThat(ServerFile.find(folder)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{", "[]", "{}", "{\"pid\": \"x\"}", "{\"pid\": 1}"})
  void takesAnythingElseInThatFileForNothing(String text) throws IOException {
    Files.createDirectories(folder.resolve(".pirn"));
    Files.writeString(folder.resolve(".pirn/server.json"), text);

    assertThat(ServerFile.find(folder)).isEmpty();
  }

  @Test
  void doesNotPrintTheToken() {
    assertThat(ServerFile.own("http://x", "secret", Instant.EPOCH).toString())
        .doesNotContain("secret");
  }
}
