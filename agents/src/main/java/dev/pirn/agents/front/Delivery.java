package dev.pirn.agents.front;

import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One attempt to give a request to a process. Confined to the front's event loop.
final class Delivery {
  private final Exchange exchange;
  private final Generation generation;
  private final boolean own;
  private @Nullable HttpClientRequest request;
  private boolean complete;
  private boolean ended;

  Delivery(Exchange exchange, Generation generation, boolean own) {
    this.exchange = exchange;
    this.generation = generation;
    this.own = own;
  }

  void start() {
    RequestOptions options =
        new RequestOptions()
            .setMethod(exchange.request().method())
            .setURI(Headers.targetOf(exchange.request()));
    generation.request(options, own).onComplete(this::connected);
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    deliver(result);
    exchange.traffic().connected();
  }

  private void deliver(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      if (!ended) {
        exchange.notReached();
      }
      return;
    }
    request = result.result();
    // What fails is told by the response.
    request.exceptionHandler(_ -> {});
    if (ended) {
      end();
      return;
    }
    exchange.reached();
    send(request);
  }

  private void send(HttpClientRequest out) {
    headers(out);
    out.response().onComplete(this::answered);
    if (exchange.webSocket()) {
      out.connect();
    } else {
      exchange
          .body()
          .sendTo(out)
          .onFailure(_ -> {
            if (!out.response().isComplete()) {
              out.reset();
            }
          });
    }
  }

  private void headers(HttpClientRequest out) {
    MultiMap headers = Headers.toAgent(exchange.request(), exchange.body(), generation.authority());
    for (Map.Entry<String, String> header : headers) {
      out.headers().add(header.getKey(), header.getValue());
    }
    if (exchange.webSocket()) {
      out.putHeader("Connection", "Upgrade").putHeader("Upgrade", "websocket");
    } else if (own) {
      out.putHeader("Connection", "close");
    }
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (ended) {
      return;
    }
    if (result.failed()) {
      exchange.broke();
    } else {
      exchange.answer(result.result());
    }
  }

  /// The request is over. A connection that is still used by it is closed.
  void end() {
    ended = true;
    if (request != null && (own || !complete)) {
      request.connection().close();
    }
  }

  /// The answer has been received whole.
  void complete() {
    complete = true;
  }
}
