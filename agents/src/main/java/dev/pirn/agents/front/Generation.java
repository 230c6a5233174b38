package dev.pirn.agents.front;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// One process, the requests that are with it, and the connections to it. Confined to the front's
/// event loop.
final class Generation {
  private final Target target;
  private final HttpClientAgent client;
  private final Counters counters;
  private final Set<Exchange> exchanges = new LinkedHashSet<>();
  private @Nullable Draining draining;

  private record Draining(Duration streamLimit, Promise<Void> done) {}

  Generation(Vertx vertx, Target target, FrontOptions options, Counters counters) {
    this.target = target;
    this.counters = counters;
    HttpClientOptions client =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setConnectTimeout((int) options.connectTimeout().toMillis())
            .setMaxInitialLineLength(Limits.LINE)
            .setMaxHeaderSize(2 * Limits.HEADERS)
            .setDecompressionSupported(false);
    PoolOptions pool =
        new PoolOptions()
            // Each client has one request at a time, so clients are the limit.
            .setHttp1MaxSize(options.mostConnections())
            // Whether a connection is too old is looked at when it is used; nothing polls.
            .setCleanerPeriod(0);
    this.client =
        vertx
            .httpClientBuilder()
            .with(client)
            .with(pool)
            .withConnectHandler(Generation::quiet)
            .build();
  }

  Target target() {
    return target;
  }

  String authority() {
    String host = target.host();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + target.port();
  }

  /// Begins a request. Until this is done nothing reaches the process.
  ///
  /// @param own whether it gets a connection of its own
  Future<HttpClientRequest> request(RequestOptions request, boolean own) {
    request.setHost(target.host()).setPort(target.port());
    return own
        ? client
            .connect(new HttpConnectOptions().setHost(target.host()).setPort(target.port()))
            .onSuccess(Generation::quiet)
            .compose(connection -> connection.request(request))
        : client.request(request);
  }

  /// What breaks is told by the request that it concerns; no others need to know.
  private static void quiet(HttpConnection connection) {
    connection.exceptionHandler(_ -> {});
  }

  void enter(Exchange exchange) {
    exchanges.add(exchange);
    counters.inFlight(target.generation(), exchanges.size());
  }

  void leave(Exchange exchange) {
    if (exchanges.remove(exchange)) {
      counters.inFlight(target.generation(), exchanges.size());
      endIfDrained();
    }
  }

  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /// Waits for the last request. It must get no more.
  Future<Void> drain(Duration streamLimit) {
    Promise<Void> done = draining == null ? Promise.promise() : draining.done();
    draining = new Draining(streamLimit, done);
    exchanges().forEach(it -> it.cutAfter(streamLimit));
    endIfDrained();
    return done.future();
  }

  /// How long streams may go on, or null if there is no limit.
  @Nullable Duration streamLimit() {
    return draining == null ? null : draining.streamLimit();
  }

  private void endIfDrained() {
    if (draining != null && exchanges.isEmpty()) {
      // Nothing is sent to it from now on, so its connections must not stay to be used again.
      client.close();
      draining.done().tryComplete();
    }
  }

  boolean drained() {
    return draining != null && draining.done().future().isComplete();
  }

  /// It gets requests again.
  void reuse() {
    if (draining != null) {
      draining
          .done()
          .tryFail(
              new CancellationException(
                  "generation %d gets requests again".formatted(target.generation())));
      draining = null;
      exchanges().forEach(Exchange::keep);
    }
  }

  void close() {
    client.close();
    if (draining != null) {
      draining.done().tryComplete();
    }
  }
}
