package dev.pirn.agents.front;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A WebSocket whose bytes are passed on as they are, whatever extensions its two ends agreed upon.
/// When its process must go, both ends get a frame that closes it, between two of their own.
///
/// **Threading.** Confined to the front's event loop.
final class Tunnel implements Exchange.Stream {
  private static final int SERVICE_RESTART = 1012;
  private static final int GOING_AWAY = 1001;
  private static final long GOODBYE_MILLIS = 1_000;

  private final Exchange exchange;
  private final HttpClientResponse answer;
  private final FrameTracker fromAgent = new FrameTracker();
  private final FrameTracker fromClient = new FrameTracker();
  private @Nullable NetSocket agent;
  private @Nullable NetSocket client;
  private boolean agentToldToClose;
  private boolean clientToldToClose;
  private boolean cut;
  private boolean agentLeft;
  private boolean over;

  Tunnel(Exchange exchange, HttpClientResponse answer) {
    this.exchange = exchange;
    this.answer = answer;
  }

  void start() {
    NetSocket upstream = answer.netSocket();
    agent = upstream;
    // It may have sent its first frame with its answer.
    upstream.pause();
    HttpServerResponse response = exchange.request().response();
    Headers.toClient(answer.headers(), response.headers());
    response.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
    exchange
        .request()
        .toNetSocket()
        .onFailure(_ -> end())
        .onSuccess(socket -> {
          client = socket;
          if (over) {
            socket.close();
          } else {
            join(socket, upstream);
          }
        });
  }

  private void join(NetSocket toClient, NetSocket toAgent) {
    Counters counters = exchange.traffic().counters();
    toAgent.handler(bytes -> {
      int end = passed(fromAgent, bytes, clientToldToClose);
      pass(bytes, end, toAgent, toClient, counters.bytesOut);
      sayGoodbye();
    });
    toClient.handler(bytes -> {
      int end = passed(fromClient, bytes, agentToldToClose);
      pass(bytes, end, toClient, toAgent, counters.bytesIn);
      sayGoodbye();
      if (cut && fromClient.closeSeen()) {
        end();
      }
    });
    toAgent.exceptionHandler(_ -> {});
    toAgent.closeHandler(_ -> agentLeft(toAgent));
    toClient.exceptionHandler(_ -> end());
    toClient.closeHandler(_ -> end());
    toAgent.resume();
    if (cut) {
      sayGoodbye();
    }
  }

  /// Vert.x tells that a connection was closed at once, and hands over what came by it before only
  /// as it is asked for. There is not much of it, and nobody to be held back any more.
  private void agentLeft(NetSocket toAgent) {
    agentLeft = true;
    toAgent.resume();
    // It is handed over in turns that were asked for before this one.
    exchange.traffic().vertx().runOnContext(_ -> end());
  }

  /// How many of the bytes are still passed on: up to the end of a frame, if it is to be closed.
  private int passed(FrameTracker tracker, Buffer bytes, boolean toldToClose) {
    int at = 0;
    while (at < bytes.length() && !(cut && !toldToClose && at > 0 && tracker.betweenFrames())) {
      at = tracker.next(bytes, at);
    }
    return toldToClose ? 0 : at;
  }

  private void pass(Buffer bytes, int end, NetSocket from, NetSocket to, AtomicLong counter) {
    if (end == 0) {
      return;
    }
    counter.addAndGet(end);
    to.write(end == bytes.length() ? bytes : bytes.slice(0, end));
    if (to.writeQueueFull() && !agentLeft) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }

  /// Tells each end as soon as no frame to it is under way.
  private void sayGoodbye() {
    if (!cut || over || client == null || agent == null) {
      return;
    }
    if (!clientToldToClose && fromAgent.betweenFrames()) {
      clientToldToClose = true;
      client.write(closing(SERVICE_RESTART, false));
    }
    if (!agentToldToClose && fromClient.betweenFrames()) {
      agentToldToClose = true;
      agent.write(closing(GOING_AWAY, true));
    }
  }

  private static Buffer closing(int code, boolean masked) {
    byte[] reason = "service restart".getBytes(StandardCharsets.US_ASCII);
    byte[] payload = new byte[2 + reason.length];
    payload[0] = (byte) (code >> 8);
    payload[1] = (byte) code;
    System.arraycopy(reason, 0, payload, 2, reason.length);
    Buffer frame = Buffer.buffer().appendByte((byte) 0x88);
    if (!masked) {
      return frame.appendByte((byte) payload.length).appendBytes(payload);
    }
    byte[] mask = new byte[4];
    ThreadLocalRandom.current().nextBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return frame.appendByte((byte) (0x80 | payload.length)).appendBytes(mask).appendBytes(payload);
  }

  @Override
  public void cut() {
    if (!cut && !over) {
      cut = true;
      sayGoodbye();
      exchange.traffic().vertx().setTimer(GOODBYE_MILLIS, _ -> end());
    }
  }

  @Override
  public void abandon() {
    end();
  }

  private void end() {
    if (over) {
      return;
    }
    over = true;
    if (client != null) {
      client.close();
    }
    if (agent != null) {
      agent.close();
    }
    exchange.tunnelEnded();
  }
}
