package dev.pirn.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletionException;

/// An agent that does next to nothing, so that what is between it and its clients shows: it answers
/// a GET with its port, and anything else with the body that came.
final class FastAgent {
  private FastAgent() {}

  /// Listens on `$PORT` until it is ended.
  public static void main(String[] arguments) throws CompletionException {
    String port = System.getenv().getOrDefault("PORT", "8080");
    Buffer own = Buffer.buffer(port);
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> {
          if (request.method() == HttpMethod.GET) {
            request.response().end(own);
          } else {
            request.body().onSuccess(request.response()::end);
          }
        })
        .listen(Integer.parseInt(port), "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
