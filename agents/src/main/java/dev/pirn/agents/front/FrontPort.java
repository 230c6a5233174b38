package dev.pirn.agents.front;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.BindException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The address of an agent, which stays while its processes come and go.
///
/// ```java
/// try (FrontPort front = FrontPort.listen(vertx, FrontOptions.DEFAULTS)) {
///   front.forwardTo(new Target(1, "127.0.0.1", 40001));
///   // a new process is ready
///   front.forwardTo(new Target(2, "127.0.0.1", 40002));
///   front.drain(1, Duration.ofSeconds(30)).thenRun(first::stop);
/// }
/// ```
///
/// A request is taken in whole, head and body, before it is decided which process gets it. If that
/// process accepts no connection, nothing has reached it, and the request is given to the next one.
/// A request that changes nothing (GET, HEAD, OPTIONS) is also repeated when the connection broke
/// before it was answered. Any other may have been carried out then: it is answered with 502 and
/// never repeated. Answers are passed on as they come.
///
/// Until it is told where to forward, requests wait.
///
/// While they wait by [#hold], `GET /health` and the readiness path are answered with 200 and
/// `{"status":"restarting"}`: requests are taken and will be answered, and a balancer or a script
/// that saw anything else would leave an address that works. Once a request would have waited too
/// long they wait, and fail, like any other.
///
/// **Threading.** All methods may be called by any thread. Commands take effect in the order in
/// which a thread gives them, a moment after they return; the stage that they return is done when
/// they have, on the event loop. All state is confined to one event loop; [#statistics] reads
/// counters. [#listen] and [#close] block, and must not be called on an event loop.
///
/// **Life cycle.** [#close] refuses what waits, ends streams, gives requests half a second to be
/// answered, and returns after 5 s at most. The Vert.x instance is not closed.
///
/// **Failure.** See [#listen]. Whatever a client or a process does is answered to clients as
/// `application/problem+json`, and counted; calls by JSON-RPC that could not be sent get an error
/// of JSON-RPC.
///
/// **Units and defaults.** See [FrontOptions]. There is no limit to how long an agent may think.
public final class FrontPort implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.pirn.agents.front");
  private static final long START_SECONDS = 10;
  private static final long GRACE_MILLIS = 500;
  private static final long CLOSE_SECONDS = 5;

  private final Vertx vertx;
  private final Front front;
  private final PortClaim claim;
  private final String deployment;
  private final String host;
  private final int port;
  private final Counters counters;
  private final Map<Long, Target> targets = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private FrontPort(
      Vertx vertx,
      Front front,
      PortClaim claim,
      String deployment,
      String host,
      Counters counters) {
    this.vertx = vertx;
    this.front = front;
    this.claim = claim;
    this.deployment = deployment;
    this.host = host;
    this.port = front.port();
    this.counters = counters;
  }

  /// Opens a front.
  ///
  /// @throws FrontException if it cannot listen there
  public static FrontPort listen(Vertx vertx, FrontOptions options) {
    Objects.requireNonNull(options, "options");
    offLoop("listen");
    Counters counters = new Counters();
    Front front = new Front(options, counters);
    String host = options.host();
    PortClaim claim;
    try {
      claim = new PortClaim(vertx, host, options.port());
    } catch (IOException e) {
      throw cannotListen(options, e);
    }
    try {
      String deployment = await(vertx.deployVerticle(front), START_SECONDS);
      return new FrontPort(vertx, front, claim, deployment, host, counters);
    } catch (ExecutionException e) {
      claim.close();
      throw cannotListen(options, Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      claim.close();
      throw cannotListen(options, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      claim.close();
      throw cannotListen(options, e);
    }
  }

  private static FrontException cannotListen(FrontOptions options, Throwable cause) {
    String reason = String.valueOf(cause.getMessage());
    boolean taken = cause instanceof BindException && reason.contains("in use");
    String message =
        taken
            ? "port %d of %s is in use by somebody else; choose another, or stop who listens there"
                .formatted(options.port(), options.host())
            : "cannot listen on port %d of %s: %s"
                .formatted(options.port(), options.host(), reason);
    return new FrontException(message, options.host(), options.port(), taken, cause);
  }

  private static void offLoop(String method) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException(method + " blocks, and was called on an event loop");
    }
  }

  private static <T> T await(Future<T> future, long seconds)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
  }

  /// The address that it listens on.
  public String host() {
    return host;
  }

  /// The port that it listens on.
  public int port() {
    return port;
  }

  /// Sends requests to a process from now on, those that wait first. Requests that are with another
  /// process stay there.
  ///
  /// @return done when it is so
  /// @throws IllegalArgumentException if the same generation was elsewhere and is not drained
  @CanIgnoreReturnValue
  public CompletionStage<Void> forwardTo(Target target) {
    Target known = targets.putIfAbsent(target.generation(), target);
    if (known != null && !known.equals(target)) {
      throw new IllegalArgumentException(
          "generation %d is at %s:%d, and cannot be at %s:%d too"
              .formatted(
                  target.generation(), known.host(), known.port(), target.host(), target.port()));
    }
    return onLoop(traffic -> {
      traffic.forwardTo(target);
      return Future.succeededFuture();
    });
  }

  /// Lets requests wait from now on.
  ///
  /// @return done when it is so
  @CanIgnoreReturnValue
  public CompletionStage<Void> hold() {
    return onLoop(traffic -> {
      traffic.hold();
      return Future.succeededFuture();
    });
  }

  /// Answers requests with 503 from now on, those that wait as well.
  ///
  /// @param reason what happened, for clients; without a full stop
  /// @param retryAfter when clients should try again
  /// @return done when it is so
  @CanIgnoreReturnValue
  public CompletionStage<Void> refuse(String reason, Duration retryAfter) {
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(retryAfter, "retryAfter");
    return onLoop(traffic -> {
      traffic.refuse(reason, retryAfter);
      return Future.succeededFuture();
    });
  }

  /// Waits until all requests that are with a generation are answered; it must get no more. A
  /// request that is not answered at all is waited for: whoever ends the process ends it. An answer
  /// that has begun may go on for some time, and is ended then: a WebSocket with the code 1012, an
  /// event stream as if there were no more events, anything else so that it does not look whole.
  ///
  /// @param streamLimit how long answers may go on
  /// @return done at once if the generation is unknown or has no requests; failed with an
  ///   [IllegalStateException] if it still gets requests, and with a
  ///   [java.util.concurrent.CancellationException] if it gets requests again meanwhile
  public CompletionStage<Void> drain(long generation, Duration streamLimit) {
    Objects.requireNonNull(streamLimit, "streamLimit");
    Target target = targets.get(generation);
    return onLoop(traffic ->
        traffic
            .drain(generation, streamLimit)
            .onSuccess(_ -> {
              if (target != null) {
                targets.remove(generation, target);
              }
            }));
  }

  /// What it has done so far.
  public FrontStatistics statistics() {
    return counters.read();
  }

  private CompletionStage<Void> onLoop(Function<Traffic, Future<Void>> action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (closed.get()) {
      done.complete(null);
    } else {
      front
          .context()
          .runOnContext(_ ->
              action
                  .apply(front.traffic())
                  .onSuccess(done::complete)
                  .onFailure(done::completeExceptionally));
    }
    return done;
  }

  /// Closing twice does nothing.
  @Override
  public void close() {
    offLoop("close");
    if (closed.getAndSet(true)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    front
        .context()
        .runOnContext(_ ->
            front
                .end(GRACE_MILLIS)
                .eventually(() -> vertx.undeploy(deployment))
                .onComplete(_ -> ended.complete(null)));
    try {
      ended.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.log(Logger.Level.WARNING, "the front at port " + port + " was not closed in time", e);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    claim.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
