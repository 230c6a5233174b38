package dev.pirn.web;

import dev.pirn.watch.Glob;
import dev.pirn.watch.Watcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which pages are served, and how they follow their files.
///
/// ```java
/// WebOptions.of(Path.of("web")).proxy(URI.create("http://127.0.0.1:3000"))
/// ```
///
/// Immutable: every method returns a changed copy.
///
/// @param dirs the folders that are served, which need not exist yet; where an address is there
///   twice, the earlier folder has it
/// @param patterns globs, relative to their folder, of the files that pages follow
/// @param base the folder that files are named relative to, wherever they are named
/// @param live whether pages follow their files; if not, there is neither a script nor a socket,
///   and files are served as they are
/// @param proxy the server whose pages are shown instead of the files, or null
/// @param origins other servers whose pages may follow the files, such as `http://localhost:3000`
/// @param sync whether what is done in one page is done in the others on the same path; false by
///   default
/// @param holdOnErrors whether pages that have shown errors wait with loading anew; false by
///   default
/// @param gate whether pages are told of a change only when [TestCommand] has passed; false by
///   default
/// @param debounce how long a file must be at rest; zero by default
/// @param watcher a watcher to share, or null for one of its own
public record WebOptions(
    List<Path> dirs,
    List<String> patterns,
    Path base,
    boolean live,
    @Nullable URI proxy,
    List<String> origins,
    boolean sync,
    boolean holdOnErrors,
    boolean gate,
    Duration debounce,
    @Nullable Watcher watcher) {
  /// What pages follow by default.
  public static final List<String> DEFAULT_PATTERNS =
      List.of(
          "**/*.{html,htm,css,js,mjs,md,json}",
          "**/*.{svg,png,jpg,jpeg,gif,webp,avif,ico}",
          "**/*.{woff,woff2,ttf,otf}");

  public WebOptions {
    if (dirs.isEmpty()) {
      throw new IllegalArgumentException("pages need at least one folder");
    }
    dirs = dirs.stream().map(dir -> dir.toAbsolutePath().normalize()).distinct().toList();
    patterns = List.copyOf(patterns);
    patterns.forEach(Glob::of);
    base = base.toAbsolutePath().normalize();
    origins = List.copyOf(origins);
    Objects.requireNonNull(debounce, "debounce");
    if (proxy != null && !("http".equals(proxy.getScheme()) && proxy.getHost() != null)) {
      throw new IllegalArgumentException("a proxy goes to an http:// address, was " + proxy);
    }
  }

  /// The defaults, for these folders.
  public static WebOptions of(Path... dirs) {
    return new WebOptions(
        List.of(dirs),
        DEFAULT_PATTERNS,
        Path.of(""),
        true,
        null,
        List.of(),
        false,
        false,
        false,
        Duration.ZERO,
        null);
  }

  /// Following other files.
  public WebOptions patterns(List<String> patterns) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Naming files relative to another folder.
  public WebOptions base(Path base) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Following files, or not.
  public WebOptions live(boolean live) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// In front of another server.
  ///
  /// @throws IllegalArgumentException if it is not an `http` address
  public WebOptions proxy(@Nullable URI proxy) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Heard by pages of other servers.
  public WebOptions origins(List<String> origins) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Keeping several devices in step, or not.
  public WebOptions sync(boolean sync) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Waiting while a page shows errors, or not.
  public WebOptions holdOnErrors(boolean holdOnErrors) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Waiting for the tests, or not.
  public WebOptions gate(boolean gate) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// With another debounce.
  public WebOptions debounce(Duration debounce) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }

  /// Sharing a watcher.
  public WebOptions watcher(@Nullable Watcher watcher) {
    return new WebOptions(
        dirs, patterns, base, live, proxy, origins, sync, holdOnErrors, gate, debounce, watcher);
  }
}
