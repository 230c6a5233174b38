package dev.pirn.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A component of every kind, and none of them required.
record Everything(
    @Nullable String text,
    @Default("false") boolean flag,
    OptionalInt count,
    OptionalLong size,
    OptionalDouble ratio,
    @Nullable BigInteger huge,
    @Nullable BigDecimal price,
    @Nullable Duration timeout,
    @Nullable Path folder,
    @Nullable URI home,
    @Nullable LocalDate day,
    @Nullable Instant moment,
    @Nullable RestartPolicy restart,
    @Nullable Object anything,
    @Nullable YamlMap raw,
    Optional<Server> server,
    List<Server> servers,
    Set<Integer> ids,
    Map<String, Template> templates,
    List<Probe> probes,
    @Key(
            value = "backend_function",
            aliases = {"teradata_function", "sql_function"})
        @Nullable String backend,
    List<List<String>> table) {

  enum RestartPolicy {
    ALWAYS,
    ON_FAILURE,
    NEVER
  }

  record Server(@Default("127.0.0.1") String host, int port) {
    Server {
      if (port < 0) {
        throw new IllegalArgumentException("port must not be negative, was " + port);
      }
      if (port == 0) {
        throw new IllegalStateException("no port");
      }
    }
  }

  sealed interface Template {
    @Scalar
    record Short(String content) implements Template {}

    record Full(String content, List<String> parameters, @Extra Map<String, Object> extra)
        implements Template {}
  }

  @Discriminator("kind")
  sealed interface Probe {
    record HttpProbe(String path) implements Probe {}

    @Key(value = "port", aliases = "tcp")
    record TcpProbe(int port) implements Probe {}
  }
}
