package dev.pirn.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A server with pages, for tests: on the loopback, with a folder to write into.
final class WebServer implements AutoCloseable {
  static final int MOST_FRAME_BYTES = 64 * 1024;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final Path folder;
  private final @Nullable TestCommand tests;
  private WebOptions options;
  private LiveWeb web;
  private HttpServer server;

  private WebServer(Path folder, WebOptions options, @Nullable TestCommand tests) {
    this.folder = folder;
    this.tests = tests;
    this.options = options;
    this.web = LiveWeb.open(vertx, options, tests);
    this.server = listen(0);
  }

  static WebServer of(Path folder) {
    return of(folder, options -> options, null);
  }

  static WebServer of(Path folder, UnaryOperator<WebOptions> with, @Nullable TestCommand tests) {
    WebOptions options = WebOptions.of(folder.resolve("web")).base(folder);
    return new WebServer(folder, with.apply(options), tests);
  }

  private HttpServer listen(int port) {
    HttpServerOptions http =
        new HttpServerOptions()
            .addWebSocketSubProtocol(LiveWeb.SUBPROTOCOL)
            .setMaxWebSocketFrameSize(MOST_FRAME_BYTES)
            .setMaxWebSocketMessageSize(MOST_FRAME_BYTES)
            .setIdleTimeout(60)
            .setReuseAddress(true);
    return await(
        vertx
            .createHttpServer(http)
            .requestHandler(request ->
                web.handle(request, () -> request.response().setStatusCode(404).end("nothing")))
            .listen(port, "127.0.0.1"));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ends everything and begins anew at the same address, as another process would.
  void restart(UnaryOperator<WebOptions> with) {
    stop();
    options = with.apply(options);
    start();
  }

  /// Nobody answers any more.
  void stop() {
    web.close();
    await(server.close());
  }

  /// Somebody answers again.
  void start() {
    web = LiveWeb.open(vertx, options, tests);
    server = listen(server.actualPort());
  }

  LiveWeb web() {
    return web;
  }

  Vertx vertx() {
    return vertx;
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  /// Writes a file below `web`, in one go.
  Path write(String file, String text) {
    Path path = folder.resolve("web").resolve(file);
    try {
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  @Override
  public void close() {
    web.close();
    await(vertx.close());
  }
}
