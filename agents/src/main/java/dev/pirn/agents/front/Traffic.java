package dev.pirn.agents.front;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Decides where requests go: to a generation, to the waiting ones, or back.
///
/// **Threading.** Confined to the front's event loop.
final class Traffic {
  /// How many connections are made at once. More would not be faster, and when many requests that
  /// waited are let go together, the last would run into their time limits.
  private static final int MOST_CONNECTING = 64;

  private static final int FIRST_RETRY_MILLIS = 20;
  private static final int LAST_RETRY_MILLIS = 500;

  private final Vertx vertx;
  private final FrontOptions options;
  private final Counters counters;
  private final Room room = new Room();
  private final Clients clients;
  private final HoldQueue held;
  private final SequencedSet<Exchange> next = new LinkedHashSet<>();
  private final Map<Long, Generation> generations = new HashMap<>();

  private Way way = new Way.Hold(System.nanoTime());
  private int retryMillis = FIRST_RETRY_MILLIS;
  private boolean retrying;
  private int connecting;
  private boolean sending;

  /// What becomes of a request.
  private sealed interface Way {
    record Forward(Generation generation) implements Way {}

    record Hold(long since) implements Way {}

    record Refuse(String reason, Duration retryAfter) implements Way {}
  }

  Traffic(Vertx vertx, FrontOptions options, Counters counters) {
    this.vertx = vertx;
    this.options = options;
    this.counters = counters;
    this.clients = new Clients(vertx, options);
    this.held = new HoldQueue(options, counters);
  }

  Vertx vertx() {
    return vertx;
  }

  FrontOptions options() {
    return options;
  }

  Counters counters() {
    return counters;
  }

  Clients clients() {
    return clients;
  }

  Room room() {
    return room;
  }

  void forwardTo(Target target) {
    Generation generation =
        generations.computeIfAbsent(
            target.generation(), _ -> new Generation(vertx, target, options, counters));
    generation.reuse();
    retryMillis = FIRST_RETRY_MILLIS;
    go(new Way.Forward(generation));
  }

  void hold() {
    if (!(way instanceof Way.Hold)) {
      go(new Way.Hold(System.nanoTime()));
    }
  }

  void refuse(String reason, Duration retryAfter) {
    go(new Way.Refuse(reason, retryAfter));
  }

  private void go(Way newWay) {
    way = newWay;
    List<Exchange> all = new ArrayList<>();
    if (!(newWay instanceof Way.Hold)) {
      all.addAll(held.takeAll());
    }
    all.addAll(next);
    next.clear();
    all.forEach(this::ready);
  }

  /// A request has arrived with its body, or has come back and may be sent anew.
  void ready(Exchange exchange) {
    if (!exchange.mayWait()) {
      exchange.refuse(exchange.heldTooLong());
      return;
    }
    switch (way) {
      case Way.Forward _ -> {
        next.add(exchange);
        send();
        if (next.contains(exchange)) {
          exchange.waits();
        }
      }
      case Way.Hold(long since) -> {
        // Who asks for health wants to know whether requests will be answered; they will, as long
        // as a request that comes now could have waited since then.
        if (exchange.asksForHealth() && System.nanoTime() - since < options.holdLimit().toNanos()) {
          exchange.restarting();
        } else {
          wait(exchange);
        }
      }
      case Way.Refuse(String reason, Duration retryAfter) ->
          exchange.refuse(Refusal.refused(reason, retryAfter));
    }
  }

  private void send() {
    if (sending) {
      return;
    }
    sending = true;
    while (connecting < MOST_CONNECTING
        && !next.isEmpty()
        && way instanceof Way.Forward(Generation generation)) {
      connecting++;
      next.removeFirst().sendTo(generation);
    }
    sending = false;
  }

  /// A process has accepted a connection, or has not.
  void connected() {
    connecting--;
    send();
  }

  /// A request could not be given to a generation.
  void notReached(Exchange exchange, Generation generation) {
    if (way instanceof Way.Forward(Generation now) && now == generation) {
      wait(exchange);
      retry();
    } else {
      ready(exchange);
    }
  }

  /// A process that does not accept connections may do so again without anybody's being told, and
  /// no event tells of it; so it is tried, less and less often.
  private void retry() {
    if (!retrying) {
      retrying = true;
      vertx.setTimer(
          retryMillis,
          _ -> {
            retrying = false;
            retryMillis = Math.min(LAST_RETRY_MILLIS, 2 * retryMillis);
            if (way instanceof Way.Forward) {
              held.takeAll().forEach(this::ready);
            }
          });
    }
  }

  /// A process has accepted a connection.
  void reached() {
    retryMillis = FIRST_RETRY_MILLIS;
  }

  private void wait(Exchange exchange) {
    if (!exchange.mayWait()) {
      exchange.refuse(exchange.heldTooLong());
    } else if (held.add(exchange)) {
      exchange.waits();
    } else {
      exchange.refuse(Refusal.tooManyHeld(options.mostHeld()));
    }
  }

  /// A request waits no longer.
  void forget(Exchange exchange) {
    held.remove(exchange);
    next.remove(exchange);
  }

  /// Waits for the last request of a generation.
  Future<Void> drain(long number, Duration streamLimit) {
    Generation generation = generations.get(number);
    if (generation == null) {
      return Future.succeededFuture();
    }
    if (way instanceof Way.Forward(Generation now) && now == generation) {
      return Future.failedFuture(
          new IllegalStateException(
              "generation %d still gets requests; hold, refuse or forward them first"
                  .formatted(number)));
    }
    return generation
        .drain(streamLimit)
        .andThen(_ -> {
          if (generation.drained()) {
            generations.remove(number, generation);
          }
        });
  }

  /// Takes no more requests.
  ///
  /// @return those that are with a process
  List<Exchange> end() {
    refuse("the front is closing", Duration.ofSeconds(1));
    List<Exchange> all = new ArrayList<>();
    generations.values().forEach(it -> all.addAll(it.exchanges()));
    return all;
  }

  void close() {
    generations.values().forEach(Generation::close);
    generations.clear();
  }
}
