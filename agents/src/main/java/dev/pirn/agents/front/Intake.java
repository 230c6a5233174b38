package dev.pirn.agents.front;

import io.vertx.core.http.HttpServerRequest;

/// Takes a request in, head and body. Confined to the front's event loop.
final class Intake implements Body.Outcome {
  private final Exchange exchange;
  private final HttpServerRequest request;
  private final FrontOptions options;

  Intake(Exchange exchange) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.options = exchange.traffic().options();
  }

  void start() {
    if (request.headers().contains("Transfer-Encoding")) {
      // The parser takes away a Content-Length that stood beside it, and then nobody can tell
      // whether somebody before us took what follows for another request.
      exchange.lastRequest();
    }
    Refusal refusal = Refusal.ofHead(request);
    if (refusal != null) {
      exchange.refuseAsLast(refusal);
    } else if (announcedLength() > options.mostBody()) {
      tooLarge();
    } else {
      if (request.headers().contains("Expect")) {
        request.response().writeContinue();
      }
      exchange.body().receive(request, this);
    }
  }

  private long announcedLength() {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException _) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public void complete() {
    exchange.complete();
  }

  @Override
  public void tooLarge() {
    exchange.refuseAsLast(Refusal.tooLarge(options.mostBody()));
  }

  @Override
  public void noRoom(String reason) {
    exchange.refuseAsLast(Refusal.noRoom(reason));
  }
}
