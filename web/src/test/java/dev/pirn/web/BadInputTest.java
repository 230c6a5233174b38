package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.testkit.Scribe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  @TempDir private Path folder;

  @Test
  void nobodyIsEverGivenHalfOfAFile() {
    try (WebServer server = WebServer.of(folder)) {
      Path file = server.write("style.css", "a{}");
      Awaitility.await().until(() -> server.web().follows("/style.css"));
      String whole = "a{color:red}b{color:blue}";
      Scribe.of(file)
          .inPieces(
              List.of("a{color:red}", "b{color", ":blue}"),
              _ -> assertThat(Raw.get(server, "/style.css").body()).isEqualTo("a{}"));

      Awaitility.await().until(() -> Raw.get(server, "/style.css").body().equals(whole));
    }
  }

  @Test
  void anEmptiedFileIsNotServedEmptyWhileItIsBeingWritten() {
    try (WebServer server = WebServer.of(folder);
        PageClient page = PageClient.page(server)) {
      Path file = server.write("style.css", "a{}");
      Awaitility.await().until(() -> server.web().follows("/style.css"));
      page.hi(null, null, null);
      Scribe scribe = Scribe.of(file);
      scribe.truncate();
      scribe.inPlace("a{color:red}");

      JsonObject plan = page.next("plan");

      assertThat(plan.getJsonArray("files")).hasSize(1);
      assertThat(Raw.get(server, "/style.css").body()).isEqualTo("a{color:red}");
    }
  }

  @Test
  void tenThousandFilesAtOnceAreOneReloadAndAllServed() {
    try (WebServer server = WebServer.of(folder)) {
      JsonObject hi;
      try (PageClient page = PageClient.page(server)) {
        hi = page.hi(null, null, null);
      }
      for (int i = 0; i < 10_000; i++) {
        server.write("many/%d/f%d.css".formatted(i % 100, i), "a{order:%d}".formatted(i));
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.web().status().getInteger("files") == 10_000);
      try (PageClient back = PageClient.page(server)) {
        back.hi(null, hi.getString("epoch"), hi.getLong("seq"));
        JsonObject plan = back.next("plan");
        assertThat(plan.getString("reload")).isEqualTo("10,000 files have changed");
        assertThat(plan.getLong("seq")).isEqualTo(server.web().status().getLong("seq"));
        server.write("many/7/f7.css", "a{order:-1}");
        assertThat(back.next("plan").getJsonArray("files").getJsonObject(0).getString("u"))
            .isEqualTo("/many/7/f7.css");
      }
      assertThat(Raw.get(server, "/many/99/f9999.css").body()).isEqualTo("a{order:9999}");
    }
  }

  @Test
  void aFileThatIsTooLargeKeepsItsLastVersionAndPagesShowWhy() throws IOException {
    try (WebServer server = WebServer.of(folder);
        PageClient page = PageClient.page(server)) {
      Path file = server.write("style.css", "a{}");
      Awaitility.await().until(() -> server.web().follows("/style.css"));
      page.hi(null, null, null);
      Path next = Files.createTempFile(folder, "large", "");
      try (RandomAccessFile large = new RandomAccessFile(next.toFile(), "rw")) {
        large.setLength(LiveWeb.MOST_BYTES + 1);
      }
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);

      JsonArray items =
          page.next(message -> !message.getJsonArray("items", new JsonArray()).isEmpty())
              .getJsonArray("items");

      assertThat(items).hasSize(1);
      assertThat(items.getJsonObject(0).getString("text"))
          .contains("web/style.css")
          .contains("  = the version of generation")
          .doesNotContain(folder.toString());
      assertThat(server.web().diagnostics()).hasSize(1);
      assertThat(Raw.get(server, "/style.css").body()).isEqualTo("a{}");
      Files.delete(file);
      server.write("style.css", "a{color:red}");
      page.next(message ->
          "problems".equals(message.getString("t")) && message.getJsonArray("items").isEmpty());
      Awaitility.await().until(() -> Raw.get(server, "/style.css").body().equals("a{color:red}"));
    }
  }

  @Test
  void namesThatNeedEncodingAreServedAndTold() {
    try (WebServer server = WebServer.of(folder);
        PageClient page = PageClient.page(server)) {
      page.hi(null, null, null);
      server.write("a b/ü#?%+.css", "a{}");

      JsonObject plan = page.next("plan");

      String url = plan.getJsonArray("files").getJsonObject(0).getString("u");
      assertThat(url).isEqualTo("/a%20b/%C3%BC%23%3F%25+.css");
      assertThat(Raw.get(server, url).body()).isEqualTo("a{}");
    }
  }
}
