package dev.pirn.server;

import dev.pirn.live.Reload;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is counted and measured, for `GET /metrics`.
///
/// Names of patterns are never a tag: there may be any number of them.
final class Metrics implements AutoCloseable {
  /// The buckets of everything that takes time.
  static final Duration[] BUCKETS = {
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
  }

  /// Counts the outcome of a reload.
  ///
  /// @param source the name of what was reloaded
  void reload(String source, Reload<?> reload) {
    Timer.builder("pirn.reload")
        .description("How long reloads took")
        .tags("source", source, "outcome", Views.outcome(reload))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(reload.timings().total());
    Duration lag = reload.timings().lag();
    if (reload instanceof Reload.Applied<?> && lag != null) {
      lag(source, lag);
    }
  }

  private void lag(String source, Duration lag) {
    Timer.builder("pirn.edit.visible")
        .description("From the modification of a file to its being in force")
        .tags("source", source)
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(lag.isNegative() ? Duration.ZERO : lag);
  }

  /// Shows a number that is asked for when the metrics are.
  void gauge(
      String name,
      String description,
      @Nullable String tag,
      String value,
      Supplier<Number> number) {
    Gauge.Builder<Supplier<Number>> gauge =
        Gauge.builder(name, number).description(description).strongReference(true);
    if (tag != null) {
      gauge.tag(tag, value);
    }
    gauge.register(registry);
  }

  /// Where other things are measured.
  MeterRegistry registry() {
    return registry;
  }

  /// Everything in the text format of Prometheus.
  String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    registry.close();
  }
}
