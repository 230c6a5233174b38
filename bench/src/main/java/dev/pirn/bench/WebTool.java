package dev.pirn.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server whose pages follow their files, as its documentation says to start it: Pirn, or a peer.
/// All listen on the loopback, open no browser, and else have their defaults.
///
/// @param title how it is called in the table
/// @param program where it is, or null if it is not installed
/// @param folder where its workspace has the pages
/// @param words what comes after the program to serve the folder that it is started in at a port
record WebTool(
    String title, @Nullable Path program, String folder, IntFunction<List<String>> words) {
  private static final long START_NANOS = 60_000_000_000L;
  private static final long TRY_NANOS = 20_000_000L;

  /// It serves.
  ///
  /// @param port where
  /// @param process its own, and for Pirn that of the JVM
  /// @param log what it prints
  record Serving(int port, Process process, Path log) implements AutoCloseable {
    String url() {
      return "http://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() throws IOException {
      Programs.end(process);
      Files.deleteIfExists(log);
    }
  }

  /// `pirn serve` of the checkout.
  static WebTool pirn(Path home) {
    return new WebTool(
        "pirn",
        home.resolve("pirn"),
        "web",
        port -> List.of("serve", ".", "--port", Integer.toString(port)));
  }

  static List<WebTool> peers(Path home) {
    Path npm = home.resolve("bench/node_modules/.bin");
    return List.of(
        new WebTool(
            "vite",
            Programs.executable(npm.resolve("vite")),
            "",
            port -> List.of("--host", "127.0.0.1", "--port", Integer.toString(port))),
        new WebTool(
            "live-server",
            Programs.executable(npm.resolve("live-server")),
            "",
            port -> List.of("--host=127.0.0.1", "--port=" + port, "--no-browser")),
        new WebTool(
            "browser-sync",
            Programs.executable(npm.resolve("browser-sync")),
            "",
            port ->
                List.of(
                    "start",
                    "--server",
                    "--files",
                    "*",
                    "--listen",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port),
                    "--no-open",
                    "--no-online",
                    "--no-ui")));
  }

  /// What is missing here and how to get it; null if it can be used.
  @Nullable String missing() {
    return program == null ? "it is not installed: npm ci --prefix bench" : null;
  }

  /// Starts it in a workspace, and waits until somebody listens.
  Serving serve(Path workspace) throws IOException {
    int port = Programs.freePort();
    Path log = Files.createTempFile("pirn-bench-web-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(String.valueOf(program)), words.apply(port).stream())
                    .toList())
            .directory(workspace.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // `bench/run` has built Pirn; and it would make its start-up cache beside what is measured.
    builder.environment().put("PIRN_BUILD", "no");
    builder.environment().put("PIRN_CACHE", "no");
    Serving serving = new Serving(port, builder.start(), log);
    try {
      awaitListening(serving);
      return serving;
    } catch (IOException e) {
      serving.close();
      throw e;
    }
  }

  private void awaitListening(Serving serving) throws IOException {
    long limit = System.nanoTime() + START_NANOS;
    while (true) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), serving.port())) {
        return;
      } catch (IOException e) {
        if (!serving.process().isAlive() || System.nanoTime() > limit) {
          throw new IOException(
              "%s does not listen:\n%s".formatted(title, Files.readString(serving.log())), e);
        }
        LockSupport.parkNanos(TRY_NANOS);
      }
    }
  }
}
