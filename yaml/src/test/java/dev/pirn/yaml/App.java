package dev.pirn.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The record of `docs/guide/errors/yaml.md`.
record App(
    String name,
    @Default("8080") int port,
    @Nullable Duration timeout,
    @Nullable Restart restart,
    Set<String> tags,
    @Key(value = "host", aliases = "hostname") @Nullable String host,
    Map<String, Limits> limits) {

  enum Restart {
    ALWAYS,
    ON_FAILURE,
    NEVER
  }

  record Limits(int memory, @Default("1") int threads, @Extra Map<String, Object> extra) {
    Limits {
      if (memory < 1) {
        throw new IllegalArgumentException("memory must be positive, was " + memory);
      }
    }
  }
}
