package dev.pirn.web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// What comes by a connection, to its end.
///
/// Vert.x tells that a connection was closed at once, as a failure, and hands over what came by it
/// before, which may be all that there is, only as it is asked for. Here it is asked for first.
/// There is not much of it, and nobody to be held back any more.
///
/// **Threading.** Confined to the event loop of its source.
final class WholeStream implements ReadStream<Buffer> {
  private final Vertx vertx;
  private final ReadStream<Buffer> source;
  private boolean closed;

  WholeStream(Vertx vertx, ReadStream<Buffer> source) {
    this.vertx = vertx;
    this.source = source;
  }

  @Override
  public WholeStream exceptionHandler(@Nullable Handler<Throwable> handler) {
    source.exceptionHandler(
        handler == null
            ? null
            : cause -> {
              closed = true;
              source.resume();
              // It is handed over in turns that were asked for before this one.
              vertx.runOnContext(_ -> handler.handle(cause));
            });
    return this;
  }

  @Override
  public WholeStream handler(@Nullable Handler<Buffer> handler) {
    source.handler(handler);
    return this;
  }

  @Override
  public WholeStream endHandler(@Nullable Handler<Void> handler) {
    source.endHandler(handler);
    return this;
  }

  @Override
  public WholeStream pause() {
    if (!closed) {
      source.pause();
    }
    return this;
  }

  @Override
  public WholeStream resume() {
    source.resume();
    return this;
  }

  @Override
  public WholeStream fetch(long amount) {
    source.fetch(amount);
    return this;
  }
}
