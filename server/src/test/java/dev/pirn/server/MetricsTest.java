package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  @TempDir private Path folder;

  @Test
  void countsAndMeasuresWhatHappens() {
    Site site = Site.in(folder);
    try (Server server = site.start();
        Http.Events events = Http.of(server).events("?type=pattern.*,config.*")) {
      Http http = Http.of(server);
      site.pattern("alpha", "Changed");
      events.take(1);
      site.write("patterns/beta.yaml", "name: [");
      events.take(2);

      String text = http.get("/metrics").body();
      assertThat(text)
          .contains(
              "pirn_reload_seconds_count{outcome=\"applied\",source=\"patterns\"} 1",
              "pirn_reload_seconds_count{outcome=\"rejected\",source=\"patterns\"} 1",
              "pirn_reload_seconds_bucket{outcome=\"applied\",source=\"patterns\",le=\"0.001\"}",
              "pirn_edit_visible_seconds_count{source=\"patterns\"} 1",
              "pirn_config_last_reload_successful{source=\"patterns\"} 0.0",
              "pirn_config_last_reload_successful{source=\"config\"} 1.0",
              "pirn_config_last_reload_success_timestamp_seconds{source=\"patterns\"}",
              "pirn_config_generation{source=\"patterns\"} 2.0",
              "pirn_patterns{state=\"active\"} 1.0",
              "pirn_patterns{state=\"quarantined\"} 1.0",
              "pirn_watch_folders{source=\"patterns\"} 1.0",
              "pirn_watch_resyncs{source=\"patterns\"}",
              "pirn_events_readers 1.0",
              "jvm_memory_used_bytes",
              "process_uptime_seconds");
      site.pattern("beta", "Mended");
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(http.get("/metrics").body())
                  .contains("pirn_config_last_reload_successful{source=\"patterns\"} 1.0"));
    }
  }

  private static final String REGISTRY =
      """
      version: "1.0"
      agents:
        greeter:
          name: Greeter
          category: production
          environment: production
          owner: front-desk
          version: 2.1.0
          location: agents/greeter
      config:
        validation:
          validate_location: false
      """;

  private static final List<String> SOURCES = List.of("config", "patterns", "registry", "settings");

  @Test
  void everySourceHasTheSameFigures() {
    try (Server server = Site.in(folder).start()) {
      String text = Http.of(server).get("/metrics").body();
      for (String source : SOURCES) {
        for (String name :
            List.of(
                "config_generation",
                "config_last_reload_successful",
                "config_last_reload_success_timestamp_seconds",
                "watch_folders",
                "watch_files",
                "watch_resyncs",
                "watch_problems")) {
          assertThat(text).contains("\npirn_%s{source=\"%s\"} ".formatted(name, source));
        }
        assertThat(text).contains(successful(source, 1));
      }
    }
  }

  private static String successful(String source, int value) {
    return "pirn_config_last_reload_successful{source=\"%s\"} %d.0".formatted(source, value);
  }

  @Test
  void whatIsBrokenAtTheStartIsNoSuccess() {
    Site site = Site.in(folder);
    site.config("server: [\n");
    site.write(".env", "SIZE\n");
    site.write("patterns/beta.yaml", "name: [");
    site.write("agent_registry.yaml", "version: [\n");
    try (Server server = site.start()) {
      Http http = Http.of(server);
      String text = http.get("/metrics").body();
      for (String source : SOURCES) {
        assertThat(text).contains(successful(source, 0));
      }
      site.config("history: { keep: 9 }\n");
      site.write(".env", "SIZE=1\n");
      site.pattern("beta", "Mended");
      site.write("agent_registry.yaml", REGISTRY);
      Awaitility.await()
          .untilAsserted(() ->
              assertThat(http.get("/metrics").body())
                  .contains(SOURCES.stream().map(it -> successful(it, 1)).toList()));
    }
  }

  @Test
  void whatIsPutBackAsItWasIsASuccessAgain() {
    Site site = Site.in(folder);
    site.write(".env", "SIZE=1\n");
    try (Server server = site.start()) {
      Http http = Http.of(server);
      for (String env : List.of("SIZE\n", "SIZE=1\n")) {
        site.write(".env", env);
        String expected = successful("settings", env.contains("=") ? 1 : 0);
        Awaitility.await()
            .untilAsserted(() -> assertThat(http.get("/metrics").body()).contains(expected));
      }
    }
  }
}
