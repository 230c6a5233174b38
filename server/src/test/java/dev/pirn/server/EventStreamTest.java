package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamTest {
  @TempDir private Path folder;
  private Site site;
  private Server server;
  private Http http;
  private EventLog log;

  private void start(EventLog log) {
    this.log = log;
    site = Site.in(folder);
    server = Server.start(site.options(), log);
    http = Http.of(server);
  }

  private void start() {
    start(new EventLog());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> brief(List<JsonObject> events) {
    return events.stream().map(it -> it.getString("type") + " " + it.getString("name")).toList();
  }

  @Test
  void tellsOfEverySaveOnceWithAllThatTheContractNames() {
    start();
    try (Http.Events events = http.events("?type=pattern.*")) {
      site.pattern("gamma", "New");
      JsonObject created = events.take(1).getFirst();
      assertThat(created.fieldNames())
          .contains("seq", "time", "type", "source", "name", "file", "category", "generation");
      assertThat(created.getLong("seq")).isPositive();
      assertThat(created.getString("type")).isEqualTo("pattern.create");
      assertThat(created.getString("source")).isEqualTo("patterns");
      assertThat(created.getString("name")).isEqualTo("gamma");
      assertThat(created.getString("category")).isEqualTo("analytics");
      assertThat(created.getString("file")).isEqualTo("patterns/gamma.yaml");
      assertThat(created.getLong("generation")).isEqualTo(2);
      assertThat(created.getDouble("lag_ms")).isNotNull();

      site.pattern("gamma", "Changed");
      events.take(2);
      site.write("patterns/gamma.yaml", "name: [");
      JsonObject failed = events.take(3).getLast();
      assertThat(failed.getJsonArray("diagnostics").getJsonObject(0).getString("file"))
          .isEqualTo("patterns/gamma.yaml");
      site.delete("patterns/gamma.yaml");
      assertThat(brief(events.take(4)))
          .containsExactly(
              "pattern.create gamma",
              "pattern.modify gamma",
              "pattern.validation_failed gamma",
              "pattern.delete gamma");
    }
  }

  @Test
  void namesWhereARenamedFileComesFrom() throws IOException {
    start();
    try (Http.Events events = http.events("?type=pattern.create")) {
      String from = "alpha";
      JsonObject created = new JsonObject();
      // Where the kernel's queue is so short that the rename is found by comparing, nobody can
      // tell.
      for (int i = 1; i <= 10 && !created.containsKey("from"); i++) {
        String to = "renamed" + i;
        Path file = folder.resolve("patterns/" + from + ".yaml");
        Files.move(file, file.resolveSibling(to + ".yaml"));
        created = events.take(i).getLast();
        assertThat(created.getString("file")).isEqualTo("patterns/" + to + ".yaml");
        if (created.containsKey("from")) {
          assertThat(created.getString("from")).isEqualTo("patterns/" + from + ".yaml");
        }
        from = to;
      }
    }
  }

  @Test
  void goesOnWhereAConnectionWasLost() {
    start();
    String last;
    try (Http.Events events = http.events("?since=0&type=pattern.*")) {
      site.pattern("one", "1");
      events.take(1);
      last = events.lastId();
    }
    site.pattern("two", "2");
    Awaitility.await().until(() -> kept().size() == 2);

    try (Http.Events again = http.with("Last-Event-ID", last).events("?type=pattern.*")) {
      assertThat(brief(again.take(1))).containsExactly("pattern.create two");
    }
    String seq = last.substring(last.indexOf(':') + 1);
    try (Http.Events again = http.events("?type=pattern.*&since=" + seq + "&boot=" + log.boot())) {
      assertThat(brief(again.take(1))).containsExactly("pattern.create two");
    }
    try (Http.Events other = http.events("?type=pattern.*&since=1&boot=0123456789abcdef")) {
      assertThat(brief(other.take(2))).startsWith("resync null", "pattern.create one");
    }
  }

  @Test
  void tellsWhichRunOfTheServerItIs() {
    start();
    String boot = http.get("/api/v1/status").json().getJsonObject("events").getString("boot");
    try (Http.Events events = http.events("")) {
      assertThat(events.boot()).isEqualTo(boot).isEqualTo(log.boot());
      assertThat(events.hello())
          .isEqualTo(
              new JsonObject()
                  .put("type", "hello")
                  .put("boot", boot)
                  .put("first", 1)
                  .put("seq", 0));
    }
  }

  private List<String> kept() {
    return http.get("/api/v1/events?follow=false&type=pattern.*").names();
  }

  @Test
  void givesWhatIsKeptAsAnArray() {
    start();
    site.pattern("one", "1");
    Awaitility.await().until(() -> kept().size() == 1);
    site.pattern("two", "2");
    Awaitility.await().until(() -> kept().size() == 2);
    String all = "/api/v1/events?follow=false&type=pattern.*";

    JsonArray events = http.get(all).array();
    assertThat(events.getJsonObject(1).getString("name")).isEqualTo("two");
    assertThat(http.with("Accept", "application/json").get("/api/v1/events?type=pattern.*").array())
        .isEqualTo(events);
    long first = events.getJsonObject(0).getLong("seq");
    assertThat(http.get(all + "&since=" + first).names()).containsExactly("two");
    assertThat(http.get("/api/v1/events?follow=false&type=config.*").array()).isEmpty();
    assertThat(http.get("/api/v1/events?type=%5Bx").status()).isEqualTo(400);
    assertThat(http.get("/api/v1/events?since=x").status()).isEqualTo(400);
    assertThat(http.get("/api/v1/events?follow=maybe").status()).isEqualTo(400);
  }

  @Test
  void servesTwoHundredReadersAtOnce() {
    start();
    List<Http.Events> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        readers.add(http.events("?since=0&type=pattern.*"));
      }
      assertThat(http.get("/metrics").body()).contains("pirn_events_readers 200.0");
      for (int i = 0; i < 5; i++) {
        site.pattern("p" + i, "P");
      }
      readers.forEach(reader -> assertThat(reader.take(5)).hasSize(5));
    } finally {
      readers.forEach(Http.Events::close);
    }
    Awaitility.await().until(() -> log.readers() == 0);
  }

  @Test
  void tellsASlowReaderToResyncAndLetsItSlowNobody() throws IOException {
    start(new EventLog(100, 1_000_000, InstantSource.system()));
    URI url = URI.create(server.url());
    try (Socket slow = new Socket();
        Http.Events quick = http.events("?since=0&type=test")) {
      slow.setReceiveBufferSize(4 * 1024);
      slow.connect(new java.net.InetSocketAddress(url.getHost(), url.getPort()));
      slow.getOutputStream()
          .write(
              "GET /api/v1/events?since=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      Awaitility.await().until(() -> log.readers() == 2);
      JsonObject large = new JsonObject().put("text", "x".repeat(5_000));
      long begin = System.nanoTime();
      for (int i = 1; i <= 2_000; i++) {
        log.append("test", "test", large);
        if (i % 50 == 0) {
          quick.take(i);
        }
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(quick.take(2_000)).noneMatch(it -> it.getString("type").equals("resync"));
      assertThat(took).isLessThan(Duration.ofSeconds(60));

      slow.setSoTimeout(10_000);
      StringBuilder received = new StringBuilder();
      byte[] buffer = new byte[64 * 1024];
      while (!received.toString().contains("\"type\":\"resync\"")) {
        int read = slow.getInputStream().read(buffer);
        assertThat(read).isPositive();
        received.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
      }
      assertThat(received).contains("\"boot\":\"" + log.boot() + "\"");
    }
  }

  // ---- WebSocket

  private WebSocket connect(Vertx vertx, String query, List<JsonObject> received)
      throws ExecutionException, InterruptedException {
    URI url = URI.create(server.url());
    WebSocketClient client = vertx.createWebSocketClient();
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(url.getHost())
            .setPort(url.getPort())
            .setURI("/api/v1/ws/events" + query);
    var connected = client.webSocket();
    connected.textMessageHandler(text -> received.add(new JsonObject(text)));
    return connected.connect(options).toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void tellsTheSameByWebSocket() throws Exception {
    start();
    List<JsonObject> received = new CopyOnWriteArrayList<>();
    Vertx vertx = Vertx.vertx();
    try {
      site.pattern("one", "1");
      Awaitility.await().until(() -> kept().size() == 1);
      WebSocket socket = connect(vertx, "?since=0&type=pattern.*", received);
      site.pattern("two", "2");

      Awaitility.await().until(() -> received.size() == 3);
      assertThat(received.getFirst().getString("type")).isEqualTo("hello");
      assertThat(brief(received.subList(1, 3)))
          .containsExactly("pattern.create one", "pattern.create two");
      assertThat(received.get(1))
          .isEqualTo(
              http.get("/api/v1/events?follow=false&type=pattern.*").array().getJsonObject(0));

      socket.writeTextMessage("do something");
      Awaitility.await().until(socket::isClosed);
      assertThat(socket.closeStatusCode()).isEqualTo((short) 1003);
      Awaitility.await().until(() -> log.readers() == 0);
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(http.get("/metrics").body()).contains("pirn_http_connections 1.0"));

      List<JsonObject> resumed = new CopyOnWriteArrayList<>();
      connect(vertx, "?type=pattern.*&since=" + received.get(1).getLong("seq"), resumed);
      Awaitility.await().until(() -> resumed.size() == 2);
      assertThat(brief(resumed.subList(1, 2))).containsExactly("pattern.create two");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  @Test
  void disconnectsASocketThatSendsNonsense() throws IOException {
    start();
    URI url = URI.create(server.url());
    for (byte[] frame :
        List.of(
            new byte[] {(byte) 0xff, 0x7f, 0, 1, 2},
            new byte[] {(byte) 0x81, 0x05, 'h', 'e', 'l', 'l', 'o'},
            // Announces a frame of a gigabyte.
            new byte[] {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4})) {
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.setSoTimeout(10_000);
        socket
            .getOutputStream()
            .write(
                """
                GET /api/v1/ws/events HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        assertThat(Http.line(socket.getInputStream())).contains("101");
        socket.getOutputStream().write(frame);
        AtomicReference<String> rest = new AtomicReference<>();
        rest.set(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        assertThat(rest.get()).contains("hello");
      }
    }
    assertThat(http.get("/healthz").status()).isEqualTo(200);
    Awaitility.await().until(() -> log.readers() == 0);
  }

  @Test
  void refusesASocketOfAnotherPage() {
    start();
    Http.Response refused =
        http.with("Upgrade", "websocket")
            .with("Connection", "Upgrade")
            .with("Sec-WebSocket-Version", "13")
            .with("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .with("Origin", "http://evil.example")
            .get("/api/v1/ws/events");
    assertThat(refused.status()).isEqualTo(403);
  }
}
