package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.testkit.Scribe;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each bug of the seed's code, by its number, with the seed's own protocol. Those of its client
/// (9) are in `src/test/browser/seed.test.mjs`.
class SeedBugsTest {
  @TempDir private Path folder;

  private static String path(JsonObject message) {
    return message.getString("path");
  }

  private static PageClient connected(WebServer server) {
    PageClient client = PageClient.seed(server);
    assertThat(client.next())
        .isEqualTo(new JsonObject().put("type", "connected").put("message", "Hot-reload enabled"));
    return client;
  }

  @Test
  void bug01ABurstLosesNothing() {
    try (WebServer server = WebServer.of(folder);
        PageClient client = connected(server)) {
      Set<String> expected = new HashSet<>();
      for (int i = 0; i < 200; i++) {
        server.write("f" + i + ".css", "a{}");
        expected.add("web/f" + i + ".css");
      }
      Set<String> seen = new HashSet<>();
      while (!seen.equals(expected)) {
        assertThat(seen.add(path(client.next()))).as("each file is told once").isTrue();
      }
      assertThat(client.waiting()).isZero();
    }
  }

  @Test
  void bug02OneSaveIsOneMessageAndNothingWithoutAChange() {
    try (WebServer server = WebServer.of(folder)) {
      Scribe file = Scribe.of(server.write("a.css", "a{}"));
      Awaitility.await().until(() -> server.web().status().getInteger("files") == 1);
      try (PageClient client = connected(server)) {
        file.touch();
        file.chmod("rw-------");
        file.again();
        file.inPlace("a{color:red}");
        JsonObject message = client.next();
        assertThat(path(message)).isEqualTo("web/a.css");
        assertThat(message.getString("type")).isEqualTo("file_changed");
        assertThat(message.getString("operation")).isEqualTo("modified");
        assertThat(message.getLong("timestamp"))
            .isBetween(1_700_000_000L, System.currentTimeMillis() / 1_000 + 1);
        file.viaRename("a{color:blue}");
        assertThat(client.next().getString("operation")).isEqualTo("modified");
        server.write("last.css", "a{}");
        assertThat(client.next().getString("operation")).isEqualTo("created");
        file.delete();
        assertThat(client.next().getString("operation")).isEqualTo("deleted");
        assertThat(client.waiting()).isZero();
      }
    }
  }

  @Test
  void bug03And04NewFoldersAreWatchedAndStarsReachDown() {
    try (WebServer server =
            WebServer.of(folder, options -> options.patterns(List.of("**/*.js")), null);
        PageClient client = connected(server)) {
      server.write("js/deep/er/app.js", "1");
      assertThat(path(client.next())).isEqualTo("web/js/deep/er/app.js");
      server.write("top.css", "a{}");
      server.write("top.js", "1");
      assertThat(path(client.next())).isEqualTo("web/top.js");
    }
  }

  @Test
  void bug05SeveralFoldersAreOneSourceAndAMissingOneIsWaitedFor() throws IOException {
    try (WebServer server =
            WebServer.of(
                folder,
                options ->
                    new WebOptions(
                        List.of(folder.resolve("web"), folder.resolve("personas")),
                        options.patterns(),
                        options.base(),
                        true,
                        null,
                        List.of(),
                        false,
                        false,
                        false,
                        options.debounce(),
                        null),
                null);
        PageClient client = connected(server)) {
      List<String> told = new ArrayList<>();
      for (int round = 0; round < 10; round++) {
        Files.createDirectories(folder.resolve("personas"));
        Files.writeString(folder.resolve("personas/a.md"), "round " + round);
        told.add(path(client.next()));
        server.write("b.md", "round " + round);
        told.add(path(client.next()));
      }
      for (int round = 0; round < 10; round++) {
        assertThat(told.get(2 * round)).isEqualTo("personas/a.md");
        assertThat(told.get(2 * round + 1)).isEqualTo("web/b.md");
      }
    }
  }

  @Test
  void bug06WritesWithoutAPauseAreToldAllTheSame() throws Exception {
    try (WebServer server = WebServer.of(folder);
        PageClient client = connected(server)) {
      CountDownLatch enough = new CountDownLatch(1);
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; !enough.await(40, TimeUnit.MILLISECONDS); i++) {
                    server.write("busy.css", "a{order:%d}".formatted(i));
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      for (int i = 0; i < 5; i++) {
        assertThat(path(client.next())).isEqualTo("web/busy.css");
      }
      assertThat(writer.isAlive()).isTrue();
      enough.countDown();
      writer.join();
    }
  }

  @Test
  void bug07ConnectingWhileFilesChangeBreaksNothingAndAStuckOneStopsNobody() {
    try (WebServer server = WebServer.of(folder);
        PageClient stuck = connected(server);
        PageClient quick = connected(server)) {
      stuck.pause();
      for (int i = 0; i < 100; i++) {
        server.write("f%d.css".formatted(i), "a{}");
        try (PageClient client = PageClient.seed(server)) {
          assertThat(client.next().getString("type")).isEqualTo("connected");
        }
      }
      quick.next(message -> "web/f99.css".equals(path(message)));
      Awaitility.await().until(() -> server.web().connections() == 2);
      server.web().close();
      server.web().close();
      assertThat(quick.closeCode()).isEqualTo((short) 1001);
      server.write("after.css", "a{}");
    }
  }

  @Test
  void bug08OthersPagesDoNotListenAndPathsOfTheDiskDoNotLeak() {
    try (WebServer server = WebServer.of(folder)) {
      assertThat(PageClient.refusal(server, "/ws/hotreload", "http://evil.example")).isEqualTo(403);
      try (PageClient simple = connected(server);
          PageClient page = PageClient.page(server)) {
        page.hi(null, null, null);
        server.write("a.css", "a{}");
        assertThat(simple.next().encode()).doesNotContain(folder.toString());
        assertThat(page.next("plan").encode()).doesNotContain(folder.toString());
        assertThat(server.web().status().encode()).doesNotContain(folder.toString());
        assertThat(server.web().timeline().encode()).doesNotContain(folder.toString());
      }
    }
  }

  @Test
  void bug10FilesThatToolsUseWhileTheySaveAreNotTold() {
    try (WebServer server = WebServer.of(folder, options -> options.patterns(List.of("**")), null);
        PageClient client = connected(server)) {
      for (String name : List.of(".a.css.swp", "a.css~", "4913", ".hidden.css", "a.css.tmp")) {
        server.write(name, "x");
      }
      server.write("node_modules/x/y.js", "x");
      server.write("a.css", "a{}");
      assertThat(path(client.next())).isEqualTo("web/a.css");
      assertThat(client.waiting()).isZero();
    }
  }
}
