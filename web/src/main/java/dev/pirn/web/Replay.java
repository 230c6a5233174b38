package dev.pirn.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/// A stream of which the beginning was read already, or all of it: gives that, and then the rest.
///
/// **Threading.** Confined to the event loop of its source.
final class Replay implements ReadStream<Buffer> {
  private final Buffer bytes;
  private @Nullable ReadStream<Buffer> rest;

  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Void> endHandler;
  private boolean paused;
  private boolean given;

  private Replay(Buffer bytes, @Nullable ReadStream<Buffer> rest) {
    this.bytes = bytes;
    this.rest = rest;
  }

  /// A stream of these bytes.
  static Replay of(Buffer bytes) {
    return new Replay(bytes, null);
  }

  /// Reads a stream to its end; not further when that is too much, or takes too long.
  ///
  /// @param most how many bytes
  /// @param millis how long
  static Future<Replay> read(Vertx vertx, ReadStream<Buffer> source, int most, long millis) {
    Replay replay = new Replay(Buffer.buffer(), source);
    Promise<Replay> done = Promise.promise();
    Handler<Long> enough =
        _ -> {
          if (!done.future().isComplete()) {
            source.pause();
            done.complete(replay);
          }
        };
    long timer = vertx.setTimer(millis, enough);
    source
        .exceptionHandler(done::tryFail)
        .handler(chunk -> {
          replay.bytes.appendBuffer(chunk);
          if (replay.bytes.length() > most) {
            enough.handle(timer);
          }
        })
        .endHandler(_ -> {
          replay.rest = null;
          done.tryComplete(replay);
        })
        .resume();
    return done.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  /// All of it, or null if there is more.
  @Nullable Buffer whole() {
    return rest == null ? bytes : null;
  }

  @Override
  public Replay exceptionHandler(@Nullable Handler<Throwable> handler) {
    if (rest != null) {
      rest.exceptionHandler(handler);
    }
    return this;
  }

  @Override
  public Replay handler(@Nullable Handler<Buffer> handler) {
    this.handler = handler;
    if (rest != null) {
      rest.handler(handler);
    }
    return this;
  }

  @Override
  public Replay endHandler(@Nullable Handler<Void> handler) {
    endHandler = handler;
    if (rest != null) {
      rest.endHandler(handler);
    }
    return this;
  }

  @Override
  public Replay pause() {
    paused = true;
    if (rest != null) {
      rest.pause();
    }
    return this;
  }

  @Override
  public Replay resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public Replay fetch(long amount) {
    paused = false;
    long more = amount;
    if (!given) {
      given = true;
      more = amount == Long.MAX_VALUE ? amount : amount - 1;
      if (handler != null && bytes.length() > 0) {
        handler.handle(bytes);
      }
    }
    // Whoever was given the bytes may have had enough of them.
    if (paused || more == 0) {
      return this;
    }
    if (rest != null) {
      rest.fetch(more);
    } else if (endHandler != null) {
      Handler<Void> end = endHandler;
      endHandler = null;
      end.handle(null);
    }
    return this;
  }
}
