package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReloadTest {
  @TempDir private Path folder;

  @Test
  void speaksProtocolSeven() {
    try (WebServer server = WebServer.of(folder)) {
      server.write("a.css", "a{}");
      server.write("page.html", "<p>");
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 2);
      try (PageClient client =
          PageClient.connect(server.vertx(), server.port(), "/livereload", server.url())) {
        client.say(
            new JsonObject()
                .put("command", "hello")
                .put(
                    "protocols",
                    new JsonArray(
                        List.of(
                            "http://livereload.com/protocols/official-6",
                            "http://livereload.com/protocols/official-7")))
                .put("ver", "4.0.2"));
        JsonObject hello = client.next();
        assertThat(hello.getString("command")).isEqualTo("hello");
        assertThat(hello.getJsonArray("protocols"))
            .isEqualTo(new JsonArray().add("http://livereload.com/protocols/official-7"));
        client.say(
            new JsonObject()
                .put("command", "info")
                .put("plugins", new JsonObject())
                .put("url", server.url() + "/"));

        server.write("a.css", "a{color:red}");
        assertThat(client.next())
            .isEqualTo(
                new JsonObject()
                    .put("command", "reload")
                    .put("path", "/a.css")
                    .put("liveCSS", true)
                    .put("reloadMissingCSS", false));
        server.write("page.html", "<p>x");
        assertThat(client.next())
            .isEqualTo(new JsonObject().put("command", "reload").put("path", "/page.html"));
        server.web().alert("the loom has stopped");
        assertThat(client.next())
            .isEqualTo(
                new JsonObject().put("command", "alert").put("message", "the loom has stopped"));
        client.say("nonsense");
        assertThat(client.closeCode()).isEqualTo((short) 1002);
      }
    }
  }
}
