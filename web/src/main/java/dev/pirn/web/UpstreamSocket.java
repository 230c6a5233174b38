package dev.pirn.web;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;

/// A WebSocket of the upstream. Its bytes are passed on as they are, whatever its two ends agreed
/// upon, and no faster than they are taken.
///
/// **Threading.** Confined to the event loop of the request.
final class UpstreamSocket {
  private final UpstreamAddress address;
  private final HttpServerRequest request;

  UpstreamSocket(UpstreamAddress address, HttpServerRequest request) {
    this.address = address;
    this.request = request;
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
      answer.pipeTo(response).onFailure(_ -> response.reset());
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

  private static void join(NetSocket client, NetSocket upstream) {
    upstream.pipeTo(client).onComplete(_ -> client.close());
    client.pipeTo(upstream).onComplete(_ -> upstream.close());
  }
}
