package dev.pirn.agents.front;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The part of a front that runs on its event loop: the server, and what becomes of requests.
final class Front extends VerticleBase {
  private static final int BACKLOG = 4_096;

  private final FrontOptions options;
  private final Counters counters;
  private @Nullable HttpServer server;
  private @Nullable Traffic traffic;

  Front(FrontOptions options, Counters counters) {
    this.options = options;
    this.counters = counters;
  }

  @Override
  public Future<?> start() {
    Traffic decides = new Traffic(vertx, options, counters);
    traffic = decides;
    HttpServer fresh =
        vertx
            .createHttpServer(serverOptions())
            .connectionHandler(decides.clients()::add)
            .requestHandler(request -> take(decides, request))
            .invalidRequestHandler(request -> unreadable(decides, request));
    server = fresh;
    return fresh.listen(options.port(), options.host());
  }

  private static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(Limits.LINE)
        .setMaxHeaderSize(Limits.HEADERS)
        .setDecompressionSupported(false)
        .setCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setTcpNoDelay(true)
        .setReuseAddress(true)
        .setAcceptBacklog(BACKLOG);
  }

  private static void take(Traffic traffic, HttpServerRequest request) {
    Client client = traffic.clients().get(request.connection());
    // What follows the last request of a connection is not read as one, even if it looks like it.
    if (client != null && client.open()) {
      new Exchange(traffic, client, request).start();
    }
  }

  private static void unreadable(Traffic traffic, HttpServerRequest request) {
    Client client = traffic.clients().get(request.connection());
    if (client != null && client.open()) {
      traffic.counters().requests.incrementAndGet();
      traffic.counters().refused.incrementAndGet();
      client.lastRequest();
      request.response().putHeader("Connection", "close");
      Reply.problem(
          request.response(), Refusal.unreadable(String.valueOf((Object) request.decoderResult())));
    }
    request.connection().close();
  }

  Context context() {
    return context;
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  Traffic traffic() {
    if (traffic == null) {
      throw new IllegalStateException("the front has not been started");
    }
    return traffic;
  }

  /// Ends what waits at once and what streams properly, and gives the rest some time.
  Future<Void> end(long graceMillis) {
    Traffic decides = traffic();
    decides.end().forEach(Exchange::cutNow);
    vertx.setTimer(graceMillis, _ -> decides.end().forEach(Exchange::end));
    Future<Void> closed =
        server == null
            ? Future.succeededFuture()
            : server.shutdown(graceMillis + 1_500, TimeUnit.MILLISECONDS);
    return closed.eventually(() -> {
      decides.close();
      return Future.succeededFuture();
    });
  }
}
