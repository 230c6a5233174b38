package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page and its script and style fit together.
class PageTest {
  @TempDir private Path folder;

  private static Set<String> all(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void theScriptUsesWhatThePageHas() {
    try (Server server = Site.in(folder).start()) {
      Http http = Http.of(server);
      String page = http.get("/dashboard").body();
      String script = http.get("/dashboard/page.js").body();
      Set<String> ids = all(page, " id=\"([^\"]+)\"");

      assertThat(all(script, "byId\\('([^']+)'\\)"))
          .isSubsetOf(ids)
          .contains("agents", "patterns", "timeline");
      assertThat(all(page, "aria-labelledby=\"([^\"]+)\"")).isSubsetOf(ids);
      for (String path : all(script, "read\\('([^']+)'\\)")) {
        assertThat(http.get("/api/v1" + path).status()).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void everyPhaseThatIsNoGoodOneIsSeen() {
    try (Server server = Site.in(folder).start()) {
      assertThat(Http.of(server).get("/dashboard/page.css").body())
          .contains(".failed", ".backing_off", ".holding", ".running", ".defer");
    }
  }

  @Test
  void itIsAtTheRootOnlyWhereTheWorkspaceHasNoPage() {
    Site site = Site.in(folder);
    try (Server server = site.start()) {
      Http http = Http.of(server);
      assertThat(http.get("/").body()).isEqualTo(http.get("/dashboard").body());
      assertThat(http.get("/").header("Content-Security-Policy")).contains("default-src 'none'");

      site.write("web/index.html", "<!doctype html><title>Ours</title>");
      Awaitility.await().until(() -> http.get("/").body().contains("Ours"));
      assertThat(http.get("/dashboard").body()).contains("<title>Pirn</title>");
    }
  }
}
