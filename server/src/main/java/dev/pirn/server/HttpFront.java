package dev.pirn.server;

import dev.pirn.web.LiveWeb;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.lang.System.Logger;
import java.net.BindException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The HTTP port: limits on what comes in, and who may come in.
final class HttpFront implements AutoCloseable {
  static final int MOST_CONNECTIONS = 1_000;

  private static final Logger LOG = System.getLogger("dev.pirn.server");
  private static final int MOST_FRAME_BYTES = 64 * 1024;
  private static final int IDLE_SECONDS = 60;
  private static final long START_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  private final Vertx vertx;
  private final HttpServer server;
  private final Router router;
  private final ExecutorService executor =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("pirn-http-", 0).factory());
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  HttpFront() {
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                // Nothing blocks an event loop here, and an idle server should not wake up to look.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    router = Router.router(vertx);
    server = vertx.createHttpServer(options()).connectionHandler(this::connected);
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(8 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .addWebSocketSubProtocol(LiveWeb.SUBPROTOCOL)
        .setMaxWebSocketFrameSize(MOST_FRAME_BYTES)
        .setMaxWebSocketMessageSize(MOST_FRAME_BYTES)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setIdleTimeout(IDLE_SECONDS)
        .setTcpNoDelay(true)
        .setReuseAddress(true);
  }

  private void connected(HttpConnection connection) {
    connections.add(connection);
    connection.closeHandler(_ -> connections.remove(connection));
    if (connections.size() > MOST_CONNECTIONS) {
      connection.close();
    }
  }

  /// A connection that became a WebSocket was closed, of which nobody else hears.
  void closed(HttpConnection connection) {
    connections.remove(connection);
  }

  Vertx vertx() {
    return vertx;
  }

  /// Runs what may block, on a virtual thread each.
  ExecutorService executor() {
    return executor;
  }

  int connections() {
    return connections.size();
  }

  /// Sets up what every request goes through first.
  Routes routes(Views views, Access access) {
    Routes routes = new Routes(router, executor, views, access);
    server.requestHandler(request -> {
      request
          .response()
          .putHeader("X-Content-Type-Options", "nosniff")
          .putHeader("Cross-Origin-Resource-Policy", "same-origin")
          .putHeader("Referrer-Policy", "no-referrer");
      letIn(request, routes, access);
    });
    server.invalidRequestHandler(request -> invalid(request, views));
    return routes;
  }

  private void letIn(HttpServerRequest request, Routes routes, Access access) {
    try {
      access.check(request);
    } catch (Refused e) {
      routes.refuse(request, e);
      return;
    }
    router.handle(request);
  }

  /// What cannot be read as a request.
  private static void invalid(HttpServerRequest request, Views views) {
    // Names the exception of Netty, whose modules this one does not read.
    String result = String.valueOf((Object) request.decoderResult());
    int status = result.contains("TooLongHttpLine") ? 414 : result.contains("TooLong") ? 431 : 400;
    Answer answer =
        Answer.problem(status, List.of(Problems.brokenRequest(Answer.title(status))), views);
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", answer.type())
        .putHeader("Connection", "close")
        .end(answer.body());
    request.connection().close();
  }

  /// Begins to listen.
  ///
  /// @return the port
  /// @throws ServerException if it cannot
  int listen(String host, int port) {
    try {
      wait(server.listen(port, host), START_SECONDS);
      return server.actualPort();
    } catch (ExecutionException e) {
      throw cannotListen(host, port, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw new ServerException(
          Problems.cannotListen(host, port, "no answer within %d s".formatted(START_SECONDS)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException(Problems.cannotListen(host, port, "interrupted"), e);
    }
  }

  private static ServerException cannotListen(String host, int port, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    return new ServerException(
        cause instanceof BindException && reason.contains("in use")
            ? Problems.portTaken(host, port)
            : Problems.cannotListen(host, port, reason),
        cause);
  }

  private static <T> void wait(Future<T> future, long seconds)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
  }

  /// Lets requests that are being answered finish for half a second, and disconnects everybody.
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      wait(server.shutdown(500, TimeUnit.MILLISECONDS), CLOSE_SECONDS);
      wait(vertx.close(), CLOSE_SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Logger.Level.WARNING, "the HTTP port could not be closed in time", e);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    executor.shutdownNow();
    try {
      executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
