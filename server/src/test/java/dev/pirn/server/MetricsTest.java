package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
}
