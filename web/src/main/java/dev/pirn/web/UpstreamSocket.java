package dev.pirn.web;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;

/// A WebSocket of the upstream. Its bytes are passed on as they are, whatever its two ends agreed
/// upon, and no faster than they are taken.
///
/// A port disconnects who says nothing for long. So that this one does not do that to two ends that
/// have nothing to say, the client is told a pong now and then that nobody has asked for, which
/// means nothing (RFC 6455, 5.5.3), where one frame has ended and the next has not begun.
///
/// **Threading.** Confined to the event loop of the request.
final class UpstreamSocket {
  private static final Buffer PONG = Buffer.buffer(new byte[] {(byte) 0x8a, 0});

  private final Vertx vertx;
  private final UpstreamAddress address;
  private final HttpServerRequest request;
  private final long pongMillis;
  private boolean upstreamLeft;

  /// @param pongMillis how often the client is told a pong
  UpstreamSocket(Vertx vertx, UpstreamAddress address, HttpServerRequest request, long pongMillis) {
    this.vertx = vertx;
    this.address = address;
    this.request = request;
    this.pongMillis = pongMillis;
  }

  /// Fails as long as the client has been told nothing.
  Future<Void> open(Future<HttpClientRequest> connected) {
    request.pause();
    return connected.compose(this::ask).compose(this::answered);
  }

  private Future<HttpClientResponse> ask(HttpClientRequest upstream) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
    address.toUpstream(request, headers);
    headers.remove("Host");
    upstream.setMethod(request.method()).setURI(request.uri());
    upstream.headers().addAll(headers);
    upstream.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
    return upstream.connect();
  }

  private Future<Void> answered(HttpClientResponse answer) {
    HttpServerResponse response = request.response();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(answer.headers());
    address.toClient(request, headers);
    response.headers().addAll(headers);
    if (answer.statusCode() != 101) {
      request.resume();
      response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
      response.setChunked(!headers.contains("Content-Length"));
      new WholeStream(vertx, answer).pipeTo(response).onFailure(_ -> response.reset());
      return Future.succeededFuture();
    }
    NetSocket upstream = answer.netSocket();
    // It may have sent its first message with its answer.
    upstream.pause();
    response.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
    request
        .toNetSocket()
        .onSuccess(client -> join(client, upstream))
        .onFailure(_ -> upstream.close());
    return Future.succeededFuture();
  }

  private void join(NetSocket client, NetSocket upstream) {
    FrameEnds frames = new FrameEnds();
    long timer =
        vertx.setPeriodic(
            pongMillis,
            _ -> {
              if (frames.between() && !client.writeQueueFull()) {
                var _ = client.write(PONG);
              }
            });
    upstream.handler(bytes -> {
      frames.pass(bytes);
      var _ = client.write(bytes);
      if (client.writeQueueFull() && !upstreamLeft) {
        upstream.pause();
        client.drainHandler(_ -> upstream.resume());
      }
    });
    upstream.exceptionHandler(_ -> {});
    // Vert.x tells this at once, and hands over what came before only as it is asked for, in turns
    // of their own. There is not much of it, and nobody to be held back any more.
    upstream.closeHandler(_ -> {
      upstreamLeft = true;
      upstream.resume();
      vertx.runOnContext(_ -> client.end());
    });
    client.closeHandler(_ -> {
      vertx.cancelTimer(timer);
      upstream.close();
    });
    client.pipeTo(upstream).onComplete(_ -> upstream.close());
    upstream.resume();
  }
}
