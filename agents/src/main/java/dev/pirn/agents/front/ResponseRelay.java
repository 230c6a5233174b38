package dev.pirn.agents.front;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;

/// Passes an answer on as it comes, no faster than the client takes it.
///
/// The head waits for what comes in the same turn of the event loop, so that a short answer is one
/// write.
///
/// **Threading.** Confined to the front's event loop.
final class ResponseRelay implements Exchange.Stream {
  private final Exchange exchange;
  private final HttpClientResponse from;
  private final HttpServerResponse to;
  private final Counters counters;
  private final boolean bodyless;
  private final boolean events;
  private final long announced;
  private long passed;
  private boolean agentLeft;
  private boolean over;

  ResponseRelay(Exchange exchange, HttpClientResponse from) {
    this.exchange = exchange;
    this.from = from;
    this.to = exchange.request().response();
    this.counters = exchange.traffic().counters();
    int status = from.statusCode();
    this.bodyless =
        exchange.request().method().name().equals("HEAD") || status == 204 || status == 304;
    String type = from.getHeader("Content-Type");
    this.events = type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    this.announced = bodyless ? -1 : announcedLength(from);
  }

  private static long announcedLength(HttpClientResponse from) {
    String length = from.getHeader("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  void start() {
    head();
    from.exceptionHandler(_ -> agentLeft());
    from.handler(this::pass);
    from.endHandler(_ -> end());
    exchange.traffic().vertx().runOnContext(_ -> sendHead());
  }

  private void head() {
    to.setStatusCode(from.statusCode());
    if (from.statusCode() != 304 && !to.getStatusMessage().equals(from.statusMessage())) {
      to.setStatusMessage(from.statusMessage());
    }
    Headers.toClient(from.headers(), to.headers());
    if (!exchange.client().open()) {
      to.putHeader("Connection", "close");
    }
    if (announced < 0 && !bodyless) {
      if (exchange.request().version() == HttpVersion.HTTP_1_0) {
        // Only the end of the connection tells where such an answer ends.
        exchange.client().lastRequest();
        to.headersEndHandler(_ -> to.headers().set("Connection", "close"));
      } else {
        to.setChunked(true);
      }
    }
  }

  private void sendHead() {
    if (!over && !to.headWritten() && !bodyless) {
      if (exchange.request().version() == HttpVersion.HTTP_1_0) {
        to.write(Buffer.buffer());
      } else {
        to.writeHead();
      }
    }
  }

  private void pass(Buffer chunk) {
    if (over || bodyless) {
      return;
    }
    passed += chunk.length();
    counters.bytesOut.addAndGet(chunk.length());
    if (passed == announced) {
      over = true;
      to.end(chunk).onComplete(_ -> exchange.client().itsTurn());
      return;
    }
    to.write(chunk);
    if (to.writeQueueFull() && !agentLeft) {
      from.pause();
      exchange.client().itsTurn();
      to.drainHandler(_ -> {
        exchange.client().ourTurn();
        from.resume();
      });
    }
  }

  private void end() {
    exchange.received();
    if (!over) {
      over = true;
      if (to.isChunked()) {
        Headers.toClient(from.trailers(), to.trailers());
      }
      to.end();
    }
    exchange.finish();
  }

  /// Vert.x tells that a connection was closed at once, and hands over what came by it before,
  /// which may be all that there is, only as it is asked for. There is not much of it, and nobody
  /// to be held back any more.
  private void agentLeft() {
    agentLeft = true;
    from.resume();
    // It is handed over in turns that were asked for before this one.
    exchange.traffic().vertx().runOnContext(_ -> broke());
  }

  private void broke() {
    if (over) {
      exchange.finish();
    } else {
      over = true;
      exchange.breakOff(Refusal.mayHaveRun());
    }
  }

  /// Events end as they do when there are no more, so that clients come again; anything else must
  /// not look as if it were whole.
  @Override
  public void cut() {
    if (over) {
      return;
    }
    over = true;
    if (events && to.isChunked()) {
      to.end();
    } else {
      to.reset();
    }
    exchange.finish();
  }

  @Override
  public void abandon() {
    over = true;
  }
}
