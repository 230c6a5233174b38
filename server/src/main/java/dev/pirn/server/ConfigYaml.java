package dev.pirn.server;

import dev.pirn.watch.Glob;
import dev.pirn.yaml.Default;
import dev.pirn.yaml.Scalar;
import dev.pirn.yaml.YamlNode;
import dev.pirn.yaml.YamlScalar;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `pirn.yaml` as it is written. The keys are these names in `snake_case`.
record ConfigYaml(
    @Default("{}") Server server,
    @Default("{}") Patterns patterns,
    @Default("{}") Registry registry,
    @Default("{}") Settings settings,
    @Default("{}") Agents agents,
    @Default("{}") Web web,
    @Default("{}") History history,
    @Default("{}") HotReload hotReload) {

  record Server(
      @Nullable YamlScalar host,
      @Nullable Port port,
      @Default("false") boolean allowRemote,
      List<HostName> names) {}

  record Patterns(
      @Nullable List<Path> dirs,
      List<GlobText> exclude,
      @Nullable Debounce debounce,
      @Default("false") boolean strict) {}

  record Registry(@Nullable Path file) {}

  record Settings(@Nullable List<Path> files, List<KeyPattern> secrets) {}

  record Agents(@Nullable List<Path> dirs, @Default("true") boolean enabled) {}

  record Web(
      @Nullable List<Path> dirs,
      @Nullable List<GlobText> patterns,
      @Nullable HttpAddress proxy,
      List<Origin> origins,
      @Default("false") boolean sync,
      @Default("false") boolean holdOnErrors,
      @Nullable YamlNode test,
      @Default("false") boolean gate) {}

  record History(@Nullable Keep keep) {}

  /// The keys of the seeds' systems, for whoever brings such a file along.
  ///
  /// @param debounceMs stands for `patterns.debounce`
  /// @param watchDirs stands for `web.dirs`
  /// @param patterns stands for `web.patterns`
  record HotReload(
      @Default("true") boolean enabled,
      @Nullable Milliseconds debounceMs,
      @Nullable List<Path> watchDirs,
      @Nullable List<GlobText> patterns) {}

  @Scalar
  record Port(int value) {
    Port {
      check("a port", value, 0, 65_535);
    }
  }

  @Scalar
  record Keep(int value) {
    Keep {
      check("the number of generations to keep", value, 1, 1_000);
    }
  }

  @Scalar
  record Milliseconds(int value) {
    Milliseconds {
      check("a debounce in milliseconds", value, 0, 5_000);
    }
  }

  /// `auto`, or a duration that [ConfigDecoder] reads.
  @Scalar
  record Debounce(YamlScalar written) {}

  @Scalar
  record GlobText(String text) {
    GlobText {
      Glob.of(text);
    }
  }

  /// Which keys have secrets: `*` stands for anything, a `!` before it makes an exception.
  @Scalar
  record KeyPattern(String text) {
    private static final Pattern FORM = Pattern.compile("!?[A-Za-z0-9_.*]+");

    KeyPattern {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is not a pattern of keys, such as *_DSN".formatted(text));
      }
    }
  }

  @Scalar
  record HostName(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

    HostName {
      if (!FORM.matcher(text).matches()) {
        throw new IllegalArgumentException("\"%s\" is not a host's name".formatted(text));
      }
    }
  }

  /// Where another server answers.
  @Scalar
  record HttpAddress(String text) {
    HttpAddress {
      if (server(text).filter(uri -> "http".equals(uri.getScheme())).isEmpty()) {
        throw new IllegalArgumentException(
            "\"%s\" is not an address such as http://127.0.0.1:3000".formatted(text));
      }
    }

    URI uri() {
      return URI.create(text);
    }
  }

  /// What browsers call the server of a page.
  @Scalar
  record Origin(String text) {
    Origin {
      if (server(text)
          .filter(uri -> "http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          .isEmpty()) {
        throw new IllegalArgumentException(
            "\"%s\" is not an origin such as http://localhost:3000".formatted(text));
      }
    }
  }

  /// An address that names a server and nothing on it.
  private static Optional<URI> server(String text) {
    try {
      URI uri = new URI(text);
      boolean bare =
          uri.getHost() != null
              && uri.getRawPath().isEmpty()
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && uri.getRawUserInfo() == null;
      return bare ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static void check(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is from %d to %d, was %d".formatted(what, least, most, value));
    }
  }
}
