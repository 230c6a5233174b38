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

  private final int mostBytes;
  private final BiConsumer<RoutingContext, Refused> refuse;

  BodyReader(int mostBytes, BiConsumer<RoutingContext, Refused> refuse) {
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

  private void tooLarge(RoutingContext ctx) {
    refuse.accept(ctx, new Refused(413, Problems.bodyTooLarge(mostBytes)));
    ctx.request().handler(_ -> {});
    ctx.response().endHandler(_ -> ctx.request().connection().close());
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
        refuse.accept(ctx, new Refused(408, Problems.tooSlow(SECONDS)));
        ctx.request().connection().close();
      }
    }

    private void end() {
      over = true;
      vertx().cancelTimer(timer);
    }
  }
}
