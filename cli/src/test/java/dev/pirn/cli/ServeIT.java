package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.settings.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./pirn` as people run it: real processes, with the jars of the build.
class ServeIT {
  private static final Pattern READY =
      Pattern.compile("pirn: ready at (http://127\\.0\\.0\\.1:\\d+) in \\d+ ms");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void workspace() {
    Desk.workspace(folder);
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process pirn(Path out, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(Desk.HOME.resolve("pirn").toString()));
    command.addAll(List.of(args));
    return process(out, command);
  }

  private Process process(Path out, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PIRN_BUILD", "no");
    builder.environment().put("PIRN_CACHE", "no");
    builder.environment().put("LC_ALL", "C");
    builder.redirectOutput(out.toFile());
    builder.redirectError(err(out).toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static Path err(Path out) {
    return out.resolveSibling(out.getFileName() + ".err");
  }

  private String url(Path out) {
    String[] found = new String[1];
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          Matcher matcher = READY.matcher(Files.readString(out).strip());
          assertThat(matcher.matches())
              .as(Files.readString(out) + Files.readString(err(out)))
              .isTrue();
          found[0] = matcher.group(1);
        });
    return found[0];
  }

  private String run(int exit, String... args) throws Exception {
    Path out = Files.createTempFile(folder, "run", ".out");
    Process process = pirn(out, args);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out) + Files.readString(err(out));
    assertThat(process.exitValue()).as(text).isEqualTo(exit);
    return text;
  }

  @Test
  void servesUntilItIsAskedToEndAndLeavesNothingBehind() throws Exception {
    Path out = folder.resolve("serve.out");
    Process serve = pirn(out, "serve", "--port", "0");
    String url = url(out);
    assertThat(run(0, "status")).contains("server     " + url);
    Files.writeString(
        folder.resolve("patterns/hello.yaml"), "name: hello\ncategory: example\ntitle: Anew\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(Files.readString(err(out)))
                .containsPattern(
                    "\\d\\d:\\d\\d:\\d\\d pattern\\.modify patterns/hello\\.yaml generation 2,"
                        + " visible after \\d+\\.\\d ms\n"));
    serve.destroy();
    assertThat(serve.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(serve.exitValue()).isZero();
    assertThat(folder.resolve(".pirn/server.json")).doesNotExist();
    assertThat(Files.readString(out)).matches(READY.pattern() + "\n");
  }

  @Test
  void aQueryIsAnsweredByThePatternAsItIsNow() throws Exception {
    Path out = folder.resolve("serve.out");
    pirn(out, "serve", "--port", "0");
    url(out);
    String[] query = {"query", "greeter", "how many rows has the table"};
    assertThat(run(0, query))
        .contains("agent    greeter, version 2.1.0, agents/greeter\n")
        .contains("pattern  count_rows, generation 1, confidence 0.")
        .contains("# Count the rows of a table");
    Path pattern = folder.resolve("patterns/sql/count_rows.yaml");
    Files.writeString(
        pattern, Files.readString(pattern).replace("Count the rows of a table", "Count its rows"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(Files.readString(err(out))).contains("pattern.modify patterns/sql"));
    assertThat(run(0, query))
        .contains("pattern  count_rows, generation 2, confidence 0.")
        .contains("# Count its rows");
  }

  @Test
  void afterAKillTheNextServerStartsAndServesTheFiles() throws Exception {
    Path first = folder.resolve("first.out");
    Process killed = pirn(first, "serve", "--port", "0");
    url(first);
    killed.destroyForcibly().waitFor();
    assertThat(folder.resolve(".pirn/server.json")).exists();
    assertThat(run(0, "status")).contains("none is running");
    assertThat(run(0, "doctor")).contains("one that was killed left its file");
    Path second = folder.resolve("second.out");
    pirn(second, "serve", "--port", "0");
    String url = url(second);
    assertThat(run(0, "patterns", "list")).contains("2 patterns");
    assertThat(run(0, "status")).contains(url);
  }

  @Test
  void aSecondServerIsRefusedAndSoIsAPortInUse() throws Exception {
    Path out = folder.resolve("serve.out");
    pirn(out, "serve", "--port", "0");
    String url = url(out);
    assertThat(run(1, "serve", "--port", "0"))
        .contains("error[PIRN-S011]: ")
        .contains("already serves the workspace")
        .contains(url);
    Path other = Files.createDirectories(folder.resolve("other"));
    String port = String.valueOf(URI.create(url).getPort());
    assertThat(run(1, "serve", other.toString(), "--port", port))
        .endsWith(
            ("error[PIRN-S012]: the port %s of 127.0.0.1 is already in use\n"
                    + "  help: choose another (server.port in pirn.yaml, or --port), or 0 for any"
                    + " that is free\n")
                .formatted(port));
  }

  @Test
  void logsAreJsonWhenTheyShallBe() throws Exception {
    Path out = folder.resolve("serve.out");
    pirn(out, "serve", "--port", "0", "--log-format", "json");
    url(out);
    Files.writeString(folder.resolve("patterns/hello.yaml"), "name: [\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() ->
            assertThat(Files.readString(err(out)))
                .contains("\"type\":\"pattern.validation_failed\"")
                .contains("\"level\":\"warn\""));
    assertThat(Files.readString(err(out)).lines())
        .allMatch(line -> line.startsWith("{\"time\":\"") && line.endsWith("}"));
  }

  @Test
  void namesThatAreNotAsciiAreFollowedWhateverTheLocale() throws Exception {
    Path out = folder.resolve("serve.out");
    pirn(out, "serve", "--port", "0");
    url(out);
    Files.writeString(
        folder.resolve("patterns/grüße.yaml"), "name: greetings\ntitle: Grüße\ncategory: x\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(Files.readString(err(out)))
                .contains("pattern.create patterns/grüße.yaml generation 2"));
    assertThat(run(0, "patterns", "get", "greetings"))
        .startsWith("greetings: Grüße\n  file        patterns/grüße.yaml\n");
    assertThat(run(0, "patterns", "validate", "patterns/grüße.yaml")).contains("warning[");
  }

  @Test
  void aPipeThatIsClosedEndsACommandQuietly() throws Exception {
    Path out = folder.resolve("head.out");
    String script = "%s patterns list --json | head -n 1".formatted(Desk.HOME.resolve("pirn"));
    Process shell = process(out, List.of("bash", "-c", script));
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out)).isEqualTo("[ {\n");
    assertThat(Files.readString(err(out))).isEmpty();
  }

  @Test
  void theLauncherFindsItsWayThroughALinkAndKeepsArguments() throws Exception {
    Path link = folder.resolve("a link to pirn");
    Files.createSymbolicLink(link, Desk.HOME.resolve("pirn"));
    Path spaced = Files.createDirectories(folder.resolve("a folder"));
    Path out = folder.resolve("init.out");
    Process init = process(out, List.of(link.toString(), "init", spaced.toString()));
    assertThat(init.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(out)).startsWith("created a folder/pirn.yaml\n");
    assertThat(spaced.resolve("patterns/hello.yaml")).exists();
  }

  @Test
  void theServerAnswersOverHttp() throws Exception {
    Path out = folder.resolve("serve.out");
    pirn(out, "serve", "--port", "0");
    URI url = URI.create(url(out));
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                  .formatted(url.getPort())
                  .getBytes(StandardCharsets.UTF_8));
      BufferedReader reader =
          new BufferedReader(
              new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(reader.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aSettingThatIsSetIsInForceForEverybodyAtOnce() throws Exception {
    Path out = folder.resolve("serve.out");
    pirn(out, "serve", "--port", "0");
    String url = url(out);
    List<String> heard = new CopyOnWriteArrayList<>();
    try (Settings settings = Settings.of(folder.resolve(".env")).open()) {
      settings.onEvent(event -> event.changes().forEach(it -> heard.add(it.toString())));

      run(0, "settings", "set", "KLR_RAG_CHUNK_SIZE", "768");
      String listed;
      try (InputStream in = URI.create(url + "/api/v1/settings").toURL().openStream()) {
        listed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      String events = run(0, "events", "--since", "0", "--type", "settings.*");

      assertThat(listed)
          .contains(
              "{\"key\":\"KLR_RAG_CHUNK_SIZE\",\"value\":\"768\",\"secret\":false,"
                  + "\"origin\":\".env:2\"}");
      assertThat(events.lines()).hasSize(1);
      assertThat(events)
          .contains("\"type\":\"settings.changed\"")
          .contains(
              "{\"key\":\"KLR_RAG_CHUNK_SIZE\",\"kind\":\"changed\",\"old\":\"512\",\"new\":\"768\"}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(heard).containsExactly("KLR_RAG_CHUNK_SIZE: 512 -> 768"));
      assertThat(settings.values().intValue("KLR_RAG_CHUNK_SIZE")).isEqualTo(768);
      assertThat(Files.readString(err(out)))
          .containsPattern("settings\\.changed \\.env generation 2.*, changed KLR_RAG_CHUNK_SIZE\n")
          .doesNotContain("hush-hush");
    }
  }
}
