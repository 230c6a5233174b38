package dev.pirn.web;

import static dev.pirn.web.UpstreamRig.PAGE;
import static dev.pirn.web.UpstreamRig.SHOWN;
import static dev.pirn.web.UpstreamRig.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.web.UpstreamRig.Answer;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpstreamDownTest {
  private static final Handler<HttpServerRequest> PAGES =
      request -> request.response().putHeader("Content-Type", "text/html").end(PAGE);

  @RegisterExtension final UpstreamRig rig = new UpstreamRig();

  private void down() {
    HttpServer upstream = rig.upstream(0, PAGES);
    done(upstream.close());
    rig.beforeUpstream();
  }

  @Test
  void aBrowserIsShownAPageThatFollows() {
    down();
    Answer answer = rig.get("/a", "Accept", "text/html,*/*", "Sec-Fetch-Dest", "document");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.text())
        .isEqualTo(
            """
            <!doctype html>
            <html lang="en">
            <head><script nonce=null></script>
            <meta charset="utf-8">
            <meta http-equiv="refresh" content="1">
            <title>502 Bad Gateway</title>
            <style>
            :root { color-scheme: light dark }
            pre { margin: 3em auto; max-width: 100ch; font: 15px/1.6 monospace; white-space: pre-wrap }
            .error { color: #d22; font-weight: bold }
            </style>
            </head>
            <body>
            <pre><span class="error">error[PIRN-B007]</span>: http://127.0.0.1:%d does not answer: nothing listens there
              = open pages stay as they are; this one loads itself when there is an answer
              help: start that server, or name another one under &quot;web.proxy&quot; in pirn.yaml
            </pre>
            </body>
            </html>
            """
                .formatted(rig.upstreamPort));
  }

  @Test
  void aProgramIsToldInItsOwnWay() {
    down();
    String detail =
        "http://127.0.0.1:%d does not answer: nothing listens there".formatted(rig.upstreamPort);
    Answer answer = rig.ask(HttpMethod.POST, "/a", Buffer.buffer("x".repeat(1_000_000)));
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(new JsonObject(answer.body()))
        .isEqualTo(
            new JsonObject()
                .put("type", "urn:pirn:error:PIRN-B007")
                .put("title", "Bad Gateway")
                .put("status", 502)
                .put("code", "PIRN-B007")
                .put("detail", detail)
                .put(
                    "help",
                    "start that server, or name another one under \"web.proxy\" in pirn.yaml"));
    // A script that wants HTML does not want a page.
    assertThat(rig.get("/a", "Accept", "text/html", "Sec-Fetch-Dest", "empty").text())
        .startsWith("{");
    assertThat(rig.ask(HttpMethod.HEAD, "/", Buffer.buffer()).status()).isEqualTo(502);
  }

  @Test
  void itIsAskedAgainAsSoonAsItIsBack() {
    HttpServer first = rig.upstream(0, PAGES);
    rig.beforeUpstream();
    assertThat(rig.get("/").text()).isEqualTo(SHOWN);
    done(first.close());
    assertThat(rig.get("/").status()).isEqualTo(502);
    rig.upstream(rig.upstreamPort, PAGES);
    assertThat(rig.get("/").text()).isEqualTo(SHOWN);
  }

  @Test
  void aHostThatIsNotThereIsNamed() {
    rig.before("http://no.such.host.invalid:3000");
    assertThat(new JsonObject(rig.get("/").body()).getString("detail"))
        .isEqualTo(
            "http://no.such.host.invalid:3000 does not answer: there is no host of this name");
  }

  @Test
  void localhostMayBeOfEitherVersion() throws Exception {
    List<InetAddress> loopback =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(InetAddress::isLoopbackAddress)
            .toList();
    assertThat(loopback).isNotEmpty();
    for (InetAddress address : loopback) {
      try (ServerSocket server = new ServerSocket(0, 5, address)) {
        Thread.ofVirtual().start(() -> answerWithHost(server));
        rig.before("http://localhost:" + server.getLocalPort());
        assertThat(rig.get("/").text())
            .isEqualToIgnoringCase("host: localhost:" + server.getLocalPort());
      }
    }
  }

  private static void answerWithHost(ServerSocket server) {
    try (var socket = server.accept()) {
      String head = UpstreamRig.head(socket.getInputStream());
      String host = head.lines().filter(line -> line.startsWith("host")).findFirst().orElse("");
      UpstreamRig.write(socket.getOutputStream(), "HTTP/1.0 200 OK\r\n\r\n" + host);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
