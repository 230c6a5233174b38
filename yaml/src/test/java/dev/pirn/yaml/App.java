package dev.pirn.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The record of `docs/guide/errors/yaml.md`.
record App(
    @Text(max = 40) String name,
    @Default("8080") int port,
    @Nullable Duration timeout,
    @Nullable Restart restart,
    @Items(max = 3) Set<String> tags,
    @Key(value = "host", aliases = "hostname") @Nullable String host,
    Map<String, Limits> limits,
    @Text(matches = "\\d+\\.\\d+", like = "a version like 1.0") @Nullable String version) {

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
