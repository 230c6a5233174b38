package dev.pirn.server;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Takes in the body of a request, up to a size and within a time, and then lets it go on.
final class BodyReader implements Handler<RoutingContext> {
  private static final long SECONDS = 30;
  private static final long PATIENCE_SECONDS = 5;

  private final int mostBytes;
  private final BiConsumer<HttpServerRequest, Refused> refuse;

  BodyReader(int mostBytes, BiConsumer<HttpServerRequest, Refused> refuse) {
    this.mostBytes = mostBytes;
    this.refuse = refuse;
  }

  @Override
  public void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (announced(request) > mostBytes) {
      tooLarge(ctx);
      return;
    }
    new Reading(ctx).start();
  }

  private static long announced(HttpServerRequest request) {
    @Nullable String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /// Refuses it, and lets the client send the rest for a while: one that is cut off while it sends
  /// may never see the answer.
  private void tooLarge(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    long timer =
        ctx.vertx()
            .setTimer(
                TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS), _ -> request.connection().close());
    request.handler(_ -> {});
    request.endHandler(_ -> ctx.vertx().cancelTimer(timer));
    request.exceptionHandler(_ -> ctx.vertx().cancelTimer(timer));
    refuse.accept(request, new Refused(413, Problems.bodyTooLarge(mostBytes)));
  }

  /// The taking in of one body, all of it on the event loop.
  private final class Reading {
    private final RoutingContext ctx;
    private final Buffer body = Buffer.buffer();
    private final long timer;
    private boolean over;

    Reading(RoutingContext ctx) {
      this.ctx = ctx;
      this.timer = vertx().setTimer(TimeUnit.SECONDS.toMillis(SECONDS), _ -> late());
    }

    private Vertx vertx() {
      return ctx.vertx();
    }

    void start() {
      HttpServerRequest request = ctx.request();
      request.exceptionHandler(_ -> end());
      request.handler(this::take);
      request.endHandler(_ -> whole());
      ctx.addEndHandler(_ -> end());
    }

    private void take(Buffer part) {
      if (over) {
        return;
      }
      if (body.length() + part.length() > mostBytes) {
        end();
        tooLarge(ctx);
      } else {
        body.appendBuffer(part);
      }
    }

    private void whole() {
      if (!over) {
        end();
        ctx.put("body", body);
        ctx.next();
      }
    }

    private void late() {
      if (!over) {
        end();
        refuse.accept(ctx.request(), new Refused(408, Problems.tooSlow(SECONDS)));
        ctx.request().connection().close();
      }
    }

    private void end() {
      over = true;
      vertx().cancelTimer(timer);
    }
  }
}
