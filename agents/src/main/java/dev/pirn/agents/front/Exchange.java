package dev.pirn.agents.front;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request from its head to the end of its answer.
///
/// Whatever happens, it ends by exactly one of [#finish]: when it is answered, when it is refused,
/// or when its client has left.
///
/// **Threading.** Confined to the front's event loop.
final class Exchange {
  private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD", "OPTIONS");
  private static final int MOST_BREAKS = 3;

  private final Traffic traffic;
  private final Client client;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Body body;
  private final boolean changesNothing;
  private final boolean webSocket;

  private Phase phase = Phase.RECEIVING;
  private @Nullable Generation generation;
  private @Nullable Delivery delivery;
  private @Nullable Stream stream;
  private int deliveries;
  private int breaks;
  private long waitingSince;
  private long waited;
  private long timer = -1;

  private enum Phase {
    /// Its body is received.
    RECEIVING,
    /// It waits for a process.
    WAITING,
    /// It is with a process that has not answered.
    SENT,
    /// Its answer is passed on.
    ANSWERING,
    DONE
  }

  /// An answer on its way to the client.
  interface Stream {
    /// Ends it, in the way that tells the client most.
    void cut();

    /// The client is gone.
    void abandon();
  }

  Exchange(Traffic traffic, Client client, HttpServerRequest request) {
    this.traffic = traffic;
    this.client = client;
    this.request = request;
    this.response = request.response();
    this.body = new Body(traffic.vertx(), traffic.options(), traffic.room());
    this.changesNothing = CHANGING_NOTHING.contains(request.method().name());
    this.webSocket = Headers.webSocket(request);
  }

  void start() {
    traffic.counters().requests.incrementAndGet();
    response.exceptionHandler(_ -> left());
    response.closeHandler(_ -> left());
    response.endHandler(_ -> client.answered(request));
    request.exceptionHandler(_ -> left());
    new Intake(this).start();
  }

  /// Refuses it because of what it is; the connection ends with that.
  void refuseAsLast(Refusal refusal) {
    lastRequest();
    refuse(refusal);
  }

  /// Its connection ends with its answer.
  void lastRequest() {
    client.lastRequest();
    response.putHeader("Connection", "close");
  }

  /// Head and body are there.
  void complete() {
    if (phase == Phase.RECEIVING) {
      client.ourTurn();
      traffic.counters().bytesIn.addAndGet(body.length());
      phase = Phase.WAITING;
      waitingSince = System.nanoTime();
      traffic.ready(this);
    }
  }

  long bodyLength() {
    return body.length();
  }

  Body body() {
    return body;
  }

  HttpServerRequest request() {
    return request;
  }

  Client client() {
    return client;
  }

  Traffic traffic() {
    return traffic;
  }

  boolean webSocket() {
    return webSocket;
  }

  boolean asksForHealth() {
    String path = request.path();
    return changesNothing
        && !webSocket
        && path != null
        && (path.equals("/health") || path.equals(traffic.options().readinessPath()));
  }

  private long remainingNanos() {
    return traffic.options().holdLimit().toNanos() - waited - (System.nanoTime() - waitingSince);
  }

  /// Whether there is time left to give it to a process.
  boolean mayWait() {
    return remainingNanos() > 0;
  }

  Refusal heldTooLong() {
    return Refusal.heldTooLong(traffic.options().holdLimit(), breaks > 0);
  }

  /// It is among those that wait.
  void waits() {
    setTimer(
        remainingNanos() / 1_000_000 + 1,
        () -> {
          traffic.forget(this);
          refuse(heldTooLong());
        });
  }

  void sendTo(Generation next) {
    cancelTimer();
    if (deliveries++ > 0) {
      traffic.counters().replayed.incrementAndGet();
    }
    phase = Phase.SENT;
    generation = next;
    next.enter(this);
    delivery = new Delivery(this, next, !changesNothing || webSocket || breaks > 0);
    delivery.start();
  }

  /// The process has taken the connection; from now on it may get something of the request.
  void reached() {
    waited += System.nanoTime() - waitingSince;
    traffic.counters().waited(waited);
    traffic.reached();
  }

  /// Nothing of the request has reached the process.
  void notReached() {
    Generation failed = giveBack();
    if (failed != null) {
      traffic.notReached(this, failed);
    }
  }

  /// The connection broke before an answer came.
  void broke() {
    Generation failed = giveBack();
    if (failed == null) {
      return;
    }
    waitingSince = System.nanoTime();
    breaks++;
    if (!changesNothing) {
      refuse(Refusal.mayHaveRun());
    } else if (breaks >= MOST_BREAKS) {
      refuse(Refusal.broken(breaks));
    } else {
      traffic.ready(this);
    }
  }

  private @Nullable Generation giveBack() {
    Generation from = generation;
    if (phase != Phase.SENT || from == null) {
      return null;
    }
    phase = Phase.WAITING;
    delivery = null;
    generation = null;
    from.leave(this);
    return from;
  }

  /// The head of the answer is there.
  void answer(HttpClientResponse answer) {
    if (phase != Phase.SENT || generation == null) {
      return;
    }
    phase = Phase.ANSWERING;
    boolean switching = webSocket && answer.statusCode() == 101;
    if (answer.statusCode() < 200 && !switching) {
      breakOff(Refusal.badAnswer());
      return;
    }
    if (switching) {
      Tunnel tunnel = new Tunnel(this, answer);
      stream = tunnel;
      tunnel.start();
    } else {
      ResponseRelay relay = new ResponseRelay(this, answer);
      stream = relay;
      relay.start();
    }
    Duration limit = generation == null ? null : generation.streamLimit();
    if (limit != null) {
      cutAfter(limit);
    }
  }

  /// The process must go: an answer that is under way may go on for a while.
  void cutAfter(Duration limit) {
    if (phase == Phase.ANSWERING) {
      setTimer(Math.max(1, limit.toMillis()), this::cut);
    }
  }

  /// The process need not go after all.
  void keep() {
    if (phase == Phase.ANSWERING) {
      cancelTimer();
    }
  }

  private void cut() {
    if (phase == Phase.ANSWERING && stream != null) {
      traffic.counters().cut.incrementAndGet();
      stream.cut();
    }
  }

  /// The front closes: an answer that is under way ends now.
  void cutNow() {
    cancelTimer();
    cut();
  }

  /// The front closes: no more time for an answer.
  void end() {
    if (phase == Phase.SENT) {
      refuse(Refusal.mayHaveRun());
    } else {
      cut();
    }
  }

  /// The agent broke off in the middle of its answer; nothing can be said any more if its head has
  /// been sent.
  void breakOff(Refusal refusal) {
    if (phase != Phase.DONE) {
      if (response.headWritten()) {
        traffic.counters().failed.incrementAndGet();
        response.reset();
        finish();
      } else {
        response.headers().clear();
        response.trailers().clear();
        refuse(refusal);
      }
    }
  }

  void restarting() {
    if (phase != Phase.DONE) {
      Reply.restarting(response);
      finish();
    }
  }

  /// Answers it ourselves.
  void refuse(Refusal refusal) {
    if (phase == Phase.DONE) {
      return;
    }
    Counters counters = traffic.counters();
    (refusal.clients() ? counters.refused : counters.failed).incrementAndGet();
    if (phase == Phase.WAITING) {
      counters.waited(waited + System.nanoTime() - waitingSince);
    }
    if (!client.open()) {
      response.putHeader("Connection", "close");
    }
    boolean call = refusal.status() == 503 && phase != Phase.RECEIVING;
    if (!call || !Reply.jsonRpc(response, body.inMemory(), refusal)) {
      Reply.problem(response, refusal);
    }
    finish();
  }

  private void left() {
    if (phase != Phase.DONE) {
      traffic.counters().left.incrementAndGet();
      traffic.forget(this);
      if (stream != null) {
        stream.abandon();
      }
      finish();
    }
  }

  /// The agent's answer has been received whole; its connection may serve others.
  void received() {
    if (delivery != null) {
      delivery.complete();
    }
  }

  /// A WebSocket is over; its connection is none for requests any more.
  void tunnelEnded() {
    traffic.clients().remove(request.connection());
    finish();
  }

  /// The answer has been passed on whole, or ended for the client as well as it can be.
  void finish() {
    if (phase == Phase.DONE) {
      return;
    }
    phase = Phase.DONE;
    cancelTimer();
    if (delivery != null) {
      delivery.end();
    }
    body.discard();
    client.itsTurn();
    if (generation != null) {
      generation.leave(this);
    }
  }

  private void setTimer(long millis, Runnable task) {
    cancelTimer();
    timer =
        traffic
            .vertx()
            .setTimer(
                millis,
                _ -> {
                  timer = -1;
                  task.run();
                });
  }

  private void cancelTimer() {
    if (timer >= 0) {
      traffic.vertx().cancelTimer(timer);
      timer = -1;
    }
  }
}
