package dev.pirn.agents.state;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where agents reach their state, by HTTP on the loopback.
///
/// ```java
/// try (StateEndpoint endpoint = StateEndpoint.listen(vertx, store)) {
///   environment.put("PIRN_STATE_URL", endpoint.url("greeter").toString());
/// }
/// ```
///
/// ```
/// curl -X PUT --data-binary 41 $PIRN_STATE_URL/counter
/// curl $PIRN_STATE_URL/counter
/// curl $PIRN_STATE_URL                                       # what there is
/// curl -X PUT -H 'If-Match: "ETAG"' --data-binary 42 $PIRN_STATE_URL/counter
/// curl -X PUT -H 'If-None-Match: *' --data-binary 0 $PIRN_STATE_URL/counter
/// curl -X DELETE $PIRN_STATE_URL/counter
/// ```
///
/// The address of an agent holds a secret that no other agent knows, so that it is all that a
/// script needs; with any other secret there is nothing to be found.
///
/// **Threading.** All methods may be called by any thread. [#listen] and [#close] block, and must
/// not be called on an event loop. Requests are read on one event loop; the files of an agent are
/// read and written by a virtual thread of its own, in the order in which its requests came.
///
/// **Life cycle.** Addresses hold until [#close], which lets what has begun be written and returns
/// after 5 s at most. Neither the store nor the Vert.x instance is closed.
///
/// **Failure.** Refusals are `application/problem+json`: 400 for a key that is none, 404, 405, 412,
/// 413 for a value that is too large, 409 when an agent may keep no more, 500 for what is damaged
/// or cannot be reached.
public final class StateEndpoint implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.pirn.agents.state");
  private static final String HOST = "127.0.0.1";
  private static final long SECONDS = 5;

  private final Vertx vertx;
  private final StateServer server;
  private final String deployment;
  private final AtomicBoolean closed = new AtomicBoolean();

  private StateEndpoint(Vertx vertx, StateServer server, String deployment) {
    this.vertx = vertx;
    this.server = server;
    this.deployment = deployment;
  }

  /// Begins to listen on any free port.
  ///
  /// @throws StateException if it cannot
  public static StateEndpoint listen(Vertx vertx, StateStore store) {
    offLoop("listen");
    StateServer server = new StateServer(HOST, Objects.requireNonNull(store, "store"));
    try {
      return new StateEndpoint(vertx, server, await(vertx.deployVerticle(server)));
    } catch (ExecutionException | TimeoutException e) {
      throw cannotListen(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannotListen(e);
    }
  }

  private static StateException cannotListen(Exception e) {
    Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
    return new StateException(
        StateException.Kind.BROKEN, "cannot listen on %s: %s".formatted(HOST, cause), cause);
  }

  private static void offLoop(String method) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(method + " blocks, and was called on an event loop");
    }
  }

  private static <T> T await(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /// The address under which an agent, and nobody else, reaches its state; always the same. It is a
  /// secret.
  ///
  /// @throws IllegalArgumentException if it can be the name of no agent
  public URI url(String agent) {
    return URI.create("http://%s:%d/%s".formatted(HOST, server.port(), server.tokenOf(agent)));
  }

  /// Closing twice does nothing.
  @Override
  public void close() {
    offLoop("close");
    if (closed.getAndSet(true)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      await(server.end().eventually(() -> vertx.undeploy(deployment)));
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Logger.Level.WARNING, "the endpoint for the state was not closed in time", e);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    server.stopWriting(SECONDS);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
