package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the commands say of pages.
class WebTextTest {
  @TempDir Path folder;

  private static JsonObject event(String files, int count) {
    return new JsonObject()
        .put("type", "web.changed")
        .put("source", "web")
        .put("generation", 7)
        .put("count", count)
        .put("files", new JsonArray(files))
        .put("pages", 2);
  }

  @Test
  void aChangeIsOneLineForPeople() {
    assertThat(ServeLog.text(event("['/a.css']".replace('\'', '"'), 1).put("pages", 1)))
        .isEqualTo("web.changed /a.css generation 7, followed by 1 page");
    String four = "['/a.css', '/b.js', '/c.md', '/d.svg']".replace('\'', '"');
    assertThat(ServeLog.text(event(four, 30)))
        .isEqualTo(
            "web.changed /a.css, /b.js, /c.md and 27 more generation 7, followed by 2 pages");
    assertThat(ServeLog.text(event("[]", 0).put("reason", "1,200 files have changed")))
        .isEqualTo("web.changed 1,200 files have changed generation 7, followed by 2 pages");
  }

  private static String line(String web) {
    JsonObject status =
        new JsonObject()
            .put("workspace", "/w")
            .put("web", new JsonObject(web.replace('\'', '"')).put("diagnostics", new JsonArray()));
    return new StatusText(status)
        .text()
        .lines()
        .filter(it -> it.startsWith("web "))
        .findFirst()
        .orElseThrow()
        .substring(11);
  }

  @Test
  void theStatusSaysWhoFollowsWhat() {
    assertThat(line("{'files': 0, 'enabled': true, 'seq': 1, 'told': 1}")).isEqualTo("no files");
    assertThat(line("{'files': 3, 'enabled': false, 'seq': 1}"))
        .isEqualTo("3 files, which pages do not follow");
    assertThat(line("{'files': 1, 'enabled': true, 'connected_clients': 2, 'seq': 7, 'told': 7}"))
        .isEqualTo("2 connected, 1 file followed, generation 7");
    assertThat(
            line(
                "{'files': 14, 'enabled': true, 'connected_clients': 0, 'seq': 7, 'told': 5,"
                    + " 'proxy': 'http://127.0.0.1:3000', 'tests': 'failed'}"))
        .isEqualTo(
            "0 connected, 14 files followed, generation 7, in front of http://127.0.0.1:3000,"
                + " tests failed, held back until they pass");
  }

  @Test
  void theStatusOfAServerHasIt() {
    Desk desk = Desk.workspace(folder);
    desk.write("web/index.html", "<!doctype html><title>One</title>");
    try (Server _ = Server.start(ServerOptions.of(Workspace.of(folder)).port(0))) {
      assertThat(desk.run("status").out())
          .contains("\nweb        0 connected, 1 file followed, generation 1\n")
          .endsWith("\nproblems   no problems\n");

      desk.write("web/style.css", "p { color: red }");
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(desk.run("status").out()).contains(", 2 files followed, generation 2\n"));
    }
    assertThat(desk.run("status").out()).doesNotContain("\nweb ");
  }

  @Test
  void theDoctorFindsWhatIsMissing() throws IOException {
    Desk desk = Desk.workspace(folder);
    assertThat(desk.run("doctor").out()).doesNotContain("web");
    int port;
    try (ServerSocket upstream = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = upstream.getLocalPort();
      desk.write("pirn.yaml", "web: {proxy: 'http://127.0.0.1:%d'}".formatted(port));
      assertThat(desk.run("doctor").out())
          .contains("ok       web            http://127.0.0.1:%d answers\n".formatted(port));
    }
    desk.write(
        "pirn.yaml",
        "web: {dirs: [web, site], proxy: 'http://127.0.0.1:%d', gate: true}".formatted(port));
    desk.write("web/index.html", "");

    Ran ran = desk.run("doctor");
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .contains("watching       web: 1 folder, 1 file, by inotify: at once\n")
        .contains(
            """
            warning  web            there is no folder site
                                    help: create it, or take it out of web.dirs in pirn.yaml
            """)
        .contains(
            """
            warning  web            http://127.0.0.1:%d does not answer: Connection refused
                                    help: start it, or take web.proxy out of pirn.yaml
            """
                .formatted(port))
        .contains(
            """
            warning  web            web.gate holds nothing back, as there is no web.test
                                    help: say under web.test in pirn.yaml what is run after each change
            """);
  }
}
