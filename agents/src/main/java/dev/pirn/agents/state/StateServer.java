package dev.pirn.agents.state;

import dev.pirn.agents.state.Tenants.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes the requests for agents' state. Confined to one event loop, but for [#tokenOf] and the
/// work on files.
final class StateServer extends VerticleBase {
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int IDLE_SECONDS = 120;
  private static final long GRACE_MILLIS = 500;
  private static final long LET_SEND_MILLIS = 5_000;

  private final String host;
  private final Tenants tenants;
  private @Nullable HttpServer server;
  private int connections;

  StateServer(String host, StateStore store) {
    this.host = host;
    this.tenants = new Tenants(store);
  }

  @Override
  public Future<?> start() {
    HttpServer fresh =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setMaxInitialLineLength(4 * 1024)
                    .setMaxHeaderSize(16 * 1024)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setTcpNoDelay(true))
            .connectionHandler(this::connected)
            .requestHandler(this::take)
            .invalidRequestHandler(StateServer::unreadable);
    server = fresh;
    return fresh.listen(0, host);
  }

  private void connected(HttpConnection connection) {
    connections++;
    connection.exceptionHandler(_ -> {});
    connection.closeHandler(_ -> connections--);
    if (connections > MOST_CONNECTIONS) {
      connection.close();
    }
  }

  int port() {
    return server == null ? 0 : server.actualPort();
  }

  String tokenOf(String agent) {
    return tenants.of(agent).token();
  }

  Future<Void> end() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void stopWriting(long seconds) {
    tenants.close(seconds);
  }

  private static void unreadable(HttpServerRequest request) {
    StateReply.problem(400, "this is no HTTP/1.1 request").close().write(request);
    request.connection().close();
  }

  /// The parts of an address: the secret, and the key if there is one.
  private record Address(String token, @Nullable String key) {
    static Address of(String path) {
      int slash = path.indexOf('/', 1);
      if (slash < 0) {
        return new Address(path.substring(Math.min(1, path.length())), null);
      }
      String rest = path.substring(slash + 1);
      return new Address(path.substring(1, slash), rest.isEmpty() ? null : rest);
    }

    /// The key as it was meant, or null if it cannot be read.
    @Nullable String decodedKey() {
      if (key == null) {
        return null;
      }
      try {
        return URLDecoder.decode(key, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException _) {
        return "";
      }
    }
  }

  private void take(HttpServerRequest request) {
    request.response().exceptionHandler(_ -> {});
    String path = request.path();
    Address address = Address.of(path == null ? "" : path);
    Tenant tenant = tenants.find(address.token());
    if (tenant == null) {
      refuse(request, StateReply.problem(404, "there is nothing here"));
      return;
    }
    String key = address.decodedKey();
    StateCall call = new StateCall(tenant.state(), request, key);
    switch (request.method().name()) {
      case "GET", "HEAD" -> answer(request, tenant, key == null ? call::list : call::get);
      case "DELETE" -> {
        if (key == null) {
          refuse(request, StateReply.notAllowed("GET, HEAD"));
        } else {
          answer(request, tenant, call::delete);
        }
      }
      case "PUT" -> {
        if (key == null) {
          refuse(request, StateReply.notAllowed("GET, HEAD"));
        } else {
          receive(request)
              .onSuccess(body -> answer(request, tenant, () -> call.put(body.getBytes())))
              .onFailure(e -> {
                if (e instanceof StateException too) {
                  refuse(request, StateReply.of(too));
                }
              });
        }
      }
      default ->
          refuse(
              request, StateReply.notAllowed(key == null ? "GET, HEAD" : "GET, HEAD, PUT, DELETE"));
    }
  }

  private void refuse(HttpServerRequest request, StateReply reply) {
    String length = request.getHeader("Content-Length");
    boolean body =
        request.headers().contains("Transfer-Encoding") || (length != null && !length.equals("0"));
    if (request.isEnded() || !body) {
      reply.write(request);
      return;
    }
    HttpConnection connection = request.connection();
    reply.close().write(request);
    // One that is cut off while it still sends may never see the answer.
    request.handler(_ -> {});
    request.endHandler(_ -> connection.close());
    vertx.setTimer(LET_SEND_MILLIS, _ -> connection.close());
  }

  private static Future<Buffer> receive(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    if (length != null
        && (length.length() > 9 || Long.parseLong(length) > AgentState.MOST_VALUE_BYTES)) {
      return Future.failedFuture(AgentState.tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    Promise<Buffer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(done::tryFail);
    request.handler(chunk -> {
      if (body.length() + chunk.length() > AgentState.MOST_VALUE_BYTES) {
        done.tryFail(AgentState.tooLarge());
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> done.tryComplete(body));
    return done.future();
  }

  private void answer(HttpServerRequest request, Tenant tenant, Supplier<StateReply> work) {
    Promise<StateReply> done = Promise.promise();
    try {
      tenant
          .executor()
          .execute(() -> {
            StateReply reply;
            try {
              reply = work.get();
            } catch (StateException e) {
              reply = StateReply.of(e);
            } catch (UncheckedIOException e) {
              reply = StateReply.problem(500, "the state cannot be reached: " + e.getCause());
            }
            StateReply result = reply;
            context.runOnContext(_ -> done.complete(result));
          });
    } catch (RejectedExecutionException _) {
      done.complete(StateReply.problem(503, "the server is closing"));
    }
    done.future().onSuccess(reply -> reply.write(request));
  }
}
