package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Subscription;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketsTest {
  @TempDir private Path folder;

  private static String token(WebServer server) {
    return Raw.get(server, "/@hotreload/token").body();
  }

  private static List<String> urls(JsonObject plan) {
    return plan.getJsonArray("files").stream()
        .map(file -> ((JsonObject) file).getString("op") + " " + ((JsonObject) file).getString("u"))
        .toList();
  }

  @Test
  void tellsWhatHasChangedWhoRefersToItAndInWhichVersion() {
    try (WebServer server = WebServer.of(folder)) {
      server.write("a.js", "import './b.js'");
      server.write("b.js", "export const b = 1");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 2);
      try (PageClient page = PageClient.page(server)) {
        JsonObject hi = page.hi(null, null, null);
        long seq = hi.getLong("seq");
        assertThat(hi.getString("epoch")).hasSize(12);
        assertThat(hi.getJsonObject("options"))
            .isEqualTo(new JsonObject().put("sync", false).put("holdOnErrors", false));
        assertThat(page.next()).isEqualTo(new JsonObject("{\"t\":\"problems\",\"items\":[]}"));

        server.write("b.js", "export const b = 2");

        JsonObject plan = page.next("plan");
        assertThat(urls(plan)).containsExactly("mod /b.js");
        assertThat(plan.getLong("since")).isEqualTo(seq);
        assertThat(plan.getLong("seq")).isEqualTo(seq + 1);
        assertThat(plan.getJsonObject("importers"))
            .isEqualTo(new JsonObject().put("/b.js", new JsonArray().add("/a.js")));
        assertThat(plan.getJsonObject("versions"))
            .isEqualTo(new JsonObject().put("/a.js", seq + 1).put("/b.js", seq + 1));
      }
    }
  }

  @Test
  void tellsWhoComesBackAllThatItHasMissedAtOnce() {
    try (WebServer server = WebServer.of(folder)) {
      server.write("a.css", "a{}");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 1);
      String epoch;
      long seq;
      try (PageClient page = PageClient.page(server)) {
        JsonObject hi = page.hi(null, null, null);
        epoch = hi.getString("epoch");
        seq = hi.getLong("seq");
      }
      server.write("a.css", "a{color:red}");
      server.write("b.css", "b{}");
      server.write("c.css", "c{}");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 3);
      try (PageClient page = PageClient.page(server)) {
        page.hi(null, epoch, seq);
        assertThat(urls(page.next("plan")))
            .containsExactly("mod /a.css", "add /b.css", "add /c.css");
      }
    }
  }

  @Test
  void tellsAPageOfAnotherProcessWhatIsNotAsItHasIt() {
    try (WebServer server = WebServer.of(folder)) {
      server.write("a.css", "a{}");
      server.write("b.css", "b{}");
      server.write("gone.css", "c{}");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 3);
      JsonObject have;
      JsonObject hi;
      try (PageClient page = PageClient.page(server)) {
        hi = page.hi(null, null, null);
        page.say(
            new JsonObject()
                .put("t", "have")
                .put("urls", new JsonArray(List.of("/a.css", "/b.css", "/gone.css", "/x.css"))));
        have = page.next("have").getJsonObject("files");
        assertThat(have.fieldNames()).containsExactlyInAnyOrder("/a.css", "/b.css", "/gone.css");
      }
      server.stop();
      server.write("a.css", "a{color:red}");
      folder.resolve("web/gone.css").toFile().delete();
      server.start();
      try (PageClient page = PageClient.page(server)) {
        JsonObject again = page.hi(null, hi.getString("epoch"), hi.getLong("seq"), have);
        assertThat(again.getString("epoch")).isNotEqualTo(hi.getString("epoch"));
        JsonObject plan = page.next("plan");
        assertThat(urls(plan)).containsExactly("mod /a.css", "del /gone.css");
        assertThat(plan.getBoolean("fresh")).isTrue();
      }
    }
  }

  @Test
  void aThousandPagesAreToldAndASlowOneHoldsUpNobody() {
    try (WebServer server = WebServer.of(folder)) {
      server.write("a.css", "a{}");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 1);
      List<PageClient> pages = new ArrayList<>();
      try {
        for (int i = 0; i < 1_000; i++) {
          PageClient page = PageClient.page(server);
          pages.add(page);
          page.hi(null, null, null);
        }
        assertThat(server.web().connections()).isEqualTo(1_000);
        PageClient slow = pages.getFirst();
        slow.pause();
        String last = "";
        for (int edit = 0; edit < 300; edit++) {
          last = "/f%d-%s.css".formatted(edit, "x".repeat(100));
          server.write(last.substring(1), "a{}");
        }
        String expected = last;
        for (PageClient page : pages.subList(1, pages.size())) {
          page.next(message ->
              "plan".equals(message.getString("t")) && urls(message).contains("add " + expected));
        }
        slow.resume();
        Set<String> seen = new HashSet<>();
        long since = -1;
        while (!seen.contains("add " + expected)) {
          JsonObject plan = slow.next("plan");
          assertThat(since == -1 || plan.getLong("since") == since).isTrue();
          since = plan.getLong("seq");
          seen.addAll(urls(plan));
        }
        assertThat(seen).hasSize(300);
      } finally {
        pages.forEach(PageClient::close);
      }
    }
  }

  @Test
  void hearsOnlyThoseWhoKnowTheToken() throws Exception {
    try (WebServer server = WebServer.of(folder, options -> options.sync(true), null)) {
      server.write("a.css", "a{}");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 1);
      try (PageClient stranger = PageClient.page(server);
          PageClient one = PageClient.page(server);
          PageClient other = PageClient.page(server)) {
        String key = token(server);
        assertThat(stranger.hi("wrong", null, null).getBoolean("trusted")).isFalse();
        assertThat(one.hi(key, null, null).getBoolean("trusted")).isTrue();
        JsonObject hi = other.hi(key, null, null);
        JsonObject scroll = new JsonObject().put("k", "scroll").put("y", 0.5);
        stranger.say(new JsonObject().put("t", "sync").put("e", new JsonObject().put("k", "bad")));
        stranger.say(ack(hi.getLong("seq"), "stranger"));
        // It has been read when its pong comes.
        stranger.say("{\"t\":\"ping\"}");
        stranger.next("pong");
        one.say(new JsonObject().put("t", "sync").put("e", scroll));

        JsonObject heard = other.next("sync");
        assertThat(heard.getJsonObject("e")).isEqualTo(scroll);
        assertThat(stranger.waiting()).isLessThanOrEqualTo(1);

        server.write("a.css", "a{color:red}");
        long seq = one.next("plan").getLong("seq");
        one.say(ack(seq, "one"));
        Awaitility.await()
            .untilAsserted(() ->
                assertThat(server.web().timeline().getJsonObject(0).getJsonArray("pages"))
                    .hasSize(1));
        JsonObject outcome =
            server.web().timeline().getJsonObject(0).getJsonArray("pages").getJsonObject(0);
        assertThat(outcome.getString("url")).isEqualTo("one");
        assertThat(outcome.getString("how")).isEqualTo("css");
        assertThat(outcome.getDouble("ms")).isEqualTo(12.5);
      }
    }
  }

  private static JsonObject ack(long seq, String url) {
    return new JsonObject()
        .put("t", "ack")
        .put("seq", seq)
        .put("how", "css")
        .put("ms", 12.5)
        .put("why", "")
        .put("url", url);
  }

  @Test
  void passesEventsOnBetweenTheProgramAndThePages() {
    List<PageEvent> heard = new CopyOnWriteArrayList<>();
    try (WebServer server = WebServer.of(folder);
        PageClient page = PageClient.page(server);
        PageClient stranger = PageClient.page(server);
        Subscription _ = server.web().onEvent(heard::add)) {
      page.hi(token(server), null, null);
      stranger.hi(null, null, null);
      stranger.say("{\"t\":\"event\",\"event\":\"bad\"}");
      stranger.say("{\"t\":\"ping\"}");
      stranger.next("pong");
      page.say("{\"t\":\"event\",\"event\":\"picked\",\"data\":{\"n\":1}}");
      Awaitility.await().until(() -> !heard.isEmpty());
      assertThat(heard)
          .containsExactly(new PageEvent("p1", "/", "picked", new JsonObject().put("n", 1)));
      server.web().send("tick", 7);
      assertThat(page.next("event"))
          .isEqualTo(new JsonObject().put("t", "event").put("event", "tick").put("data", 7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{}",
        "{\"t\":\"fetchModule\"}",
        "{\"t\":\"hi\",\"since\":\"x\"}",
        "{\"t\":\"hi\",\"since\":1,\"epoch\":{},\"have\":[]}",
        "{\"t\":\"ack\"}"
      })
  void closesOnWhatIsNoMessage(String text) {
    try (WebServer server = WebServer.of(folder);
        PageClient page = PageClient.page(server)) {
      page.say(text);
      assertThat(page.closeCode()).isEqualTo((short) 1008);
    }
  }

  @Test
  void closesOnOversizedAndOnTooManyMessages() {
    try (WebServer server = WebServer.of(folder);
        PageClient large = PageClient.page(server);
        PageClient many = PageClient.page(server);
        PageClient binary = PageClient.page(server)) {
      var _ =
          large
              .socket()
              .writeFrame(
                  WebSocketFrame.textFrame("x".repeat(WebServer.MOST_FRAME_BYTES + 1), true));
      assertThat(large.closeCode()).isIn((short) 1009, (short) 1006);
      many.hi(null, null, null);
      for (int i = 0; i <= 2 * PageConnection.MOST_MESSAGES; i++) {
        many.say("{\"t\":\"ping\"}");
      }
      assertThat(many.closeCode()).isEqualTo((short) 1008);
      var _ = binary.socket().writeBinaryMessage(Buffer.buffer("x"));
      assertThat(binary.closeCode()).isEqualTo((short) 1008);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "file://",
        "http://192.168.0.1"
      })
  void refusesPagesOfOthers(String origin) {
    try (WebServer server = WebServer.of(folder)) {
      for (String path : List.of("/ws/hotreload", "/api/v1/ws/hotreload", "/livereload")) {
        assertThat(PageClient.refusal(server, path, origin)).as(path).isEqualTo(403);
      }
      assertThat(PageClient.refusal(server, "/ws/hotreload", server.url())).isEqualTo(101);
    }
  }

  @Test
  void letsInPagesOfServersThatAreNamed() {
    try (WebServer server =
        WebServer.of(folder, options -> options.origins(List.of("http://localhost:3000")), null)) {
      assertThat(PageClient.refusal(server, "/ws/hotreload", "http://localhost:3000"))
          .isEqualTo(101);
      assertThat(PageClient.refusal(server, "/ws/hotreload", "http://localhost:3001"))
          .isEqualTo(403);
    }
  }

  @Test
  void tellsOfAChangeWhenTheTestsHavePassed() throws Exception {
    BlockingQueue<Consumer<TestCommand.Outcome>> runs = new LinkedBlockingQueue<>();
    try (WebServer server = WebServer.of(folder, options -> options.gate(true), runs::add);
        PageClient page = PageClient.page(server)) {
      page.hi(null, null, null);
      server.write("a.css", "a{}");
      assertThat(page.next("tests").getString("state")).isEqualTo("running");
      server.write("b.css", "b{}");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 2);
      // What was tested is old: they run again for what is there now.
      runs.poll(20, TimeUnit.SECONDS).accept(new TestCommand.Outcome(true, ""));
      assertThat(page.next("tests").getString("state")).isEqualTo("running");
      runs.poll(20, TimeUnit.SECONDS).accept(new TestCommand.Outcome(false, "1 failed"));
      JsonObject failed = page.next("tests");
      assertThat(failed.getString("state")).isEqualTo("failed");
      assertThat(failed.getString("text")).isEqualTo("1 failed");
      assertThat(server.web().status().getLong("told"))
          .isLessThan(server.web().status().getLong("seq"));
      server.write("b.css", "b{color:red}");
      page.next("tests");
      runs.poll(20, TimeUnit.SECONDS).accept(new TestCommand.Outcome(true, ""));

      List<JsonObject> messages = page.until(message -> "plan".equals(message.getString("t")));

      assertThat(urls(messages.getLast())).containsExactly("add /a.css", "add /b.css");
    }
  }
}
