package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `pirn run` with real commands.
class RunIT {
  private static final String SERVER =
      """
      import http.server, os

      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              body = b"one"
              self.send_response(200)
              self.send_header("Content-Length", str(len(body)))
              self.end_headers()
              self.wfile.write(body)

          def log_message(self, *values):
              pass

      print("up")
      http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
      """;

  @TempDir Path folder;
  @TempDir Path outputs;
  private Launched pirn;

  @BeforeEach
  void launched() {
    pirn = new Launched(folder, outputs);
  }

  @AfterEach
  void end() {
    pirn.close();
  }

  private Path server() throws IOException {
    return Files.writeString(folder.resolve("server.py"), SERVER);
  }

  private static String ask(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void untilAnswers(String url, String text) {
    Awaitility.await()
        .atMost(Launched.LIMIT)
        .untilAsserted(() -> assertThat(ask(url)).isEqualTo(text));
  }

  private static void interrupt(Launched.Running running) throws Exception {
    String pid = String.valueOf(running.process().pid());
    assertThat(new ProcessBuilder("kill", "-INT", pid).start().waitFor()).isZero();
  }

  @Test
  void anEditIsAnsweredAtTheSameAddressAndABrokenOneIsRejected() throws Exception {
    Path file = server();
    Launched.Running run = pirn.startHeeding("run", "--", "python3", file.toString());
    String url =
        run.until("pirn: server at (http://127\\.0\\.0\\.1:\\d+) after \\d+ ms\n").group(1);
    assertThat(ask(url)).isEqualTo("one");
    Files.writeString(file, SERVER.replace("one", "two"));
    untilAnswers(url, "two");
    run.until("pirn: server\\.py changed\npirn: generation 2 answers after \\d+ ms\n");
    assertThat(run.out()).contains("server #1 | up\n", "server #2 | up\n");
    Files.writeString(file, "def (\n");
    run.until("generation 3 is rejected: the code has mistakes; generation 2 goes on\n");
    run.until("error\\[PIRN-A040]: invalid syntax\n  --> server\\.py:1:5\n");
    assertThat(ask(url)).isEqualTo("two");
    interrupt(run);
    assertThat(run.exit()).isZero();
    assertThat(Launched.processesWith(folder.toString())).isEmpty();
  }

  @Test
  void onlyFilesThatAreNamedCountBesideTheProgram() throws Exception {
    Path file = server();
    Files.createDirectories(folder.resolve("data"));
    Launched.Running run =
        pirn.start(
            "run", "--watch", "data/*.txt", "--ready", "/", "--", "python3", file.toString());
    run.until("pirn: server at http");
    Files.writeString(folder.resolve("other.py"), "x = 1");
    Files.writeString(folder.resolve("data/a.txt"), "a");
    run.until("pirn: data/a\\.txt changed\npirn: generation 2 answers");
    Files.writeString(file, SERVER.replace("one", "two"));
    run.until("pirn: server\\.py changed\npirn: generation 3 answers");
    assertThat(run.err()).doesNotContain("other.py");
    run.process().destroy();
    assertThat(run.exit()).isZero();
  }

  @Test
  void aCommandWithoutAPortIsBegunAnewAfterEachChange() throws Exception {
    Path file = Files.writeString(folder.resolve("report.py"), "print('first report')\n");
    Launched.Running run = pirn.startHeeding("run", "--no-port", "--", "python3", file.toString());
    run.until("report #1 \\| pirn: ended with exit code 0; waiting for a change\n");
    assertThat(run.out()).contains("report #1 | first report\n");
    Files.writeString(file, "print('second report')\n");
    run.until("report #2 \\| second report\n");
    interrupt(run);
    assertThat(run.exit()).isZero();
    assertThat(run.err()).doesNotContain("rejected").doesNotContain("has ended by itself");
  }

  @Test
  void aKillLeavesNothingASecondLater() throws Exception {
    Path file = server();
    Launched.Running run = pirn.start("run", "--", "python3", file.toString());
    run.until("pirn: server at http");
    assertThat(Launched.processesWith(file.toString())).isNotEmpty();
    run.process().destroyForcibly().waitFor();
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(Launched.processesWith(file.toString())).isEmpty());
  }

  @Test
  void aProgramThatIsNotThereAndOneThatDoesNotListenAreExplained() throws Exception {
    assertThat(pirn.run(1, "run", "--", "pythn3", "x.py").err())
        .startsWith("error[PIRN-K034]: there is no program \"pythn3\"\n")
        .containsPattern("  help: did you mean \"python3\".*\\? Or install it");
    Launched.Running run = pirn.startHeeding("run", "--", "sh", "-c", "echo done");
    run.until(
        "pirn: generation 1 is rejected: ended before it was ready: exit code 0; nothing runs until"
            + " a change\n");
    run.until("pirn: a command that does not listen on the port in PORT needs --no-port\n");
    interrupt(run);
    assertThat(run.exit()).isZero();
  }

  @Test
  void manyCommandsAtOnceDoNotDisturbEachOther() throws Exception {
    Path file = server();
    List<Launched.Running> runs =
        List.of(
            pirn.start("run", "--", "python3", file.toString()),
            pirn.start("run", "--", "python3", file.toString()));
    String first = runs.get(0).until("pirn: server at (http\\S+)").group(1);
    String second = runs.get(1).until("pirn: server at (http\\S+)").group(1);
    assertThat(first).isNotEqualTo(second);
    runs.get(0).process().destroy();
    assertThat(runs.get(0).exit()).isZero();
    assertThat(ask(second)).isEqualTo("one");
  }
}
