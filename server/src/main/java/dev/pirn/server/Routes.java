package dev.pirn.server;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The routes of the server: what is registered, and how a request gets to its answer and back.
///
/// Answers are made on a virtual thread each, never on the event loop, so they may wait.
final class Routes {
  private static final Logger LOG = System.getLogger("dev.pirn.server");

  private final Router router;
  private final Executor executor;
  private final Views views;
  private final Access access;
  private final Map<String, Set<String>> methods = new LinkedHashMap<>();
  private final Set<String> streams = new HashSet<>();

  /// Makes an answer; may block.
  @FunctionalInterface
  interface Maker {
    /// The answer to a request.
    ///
    /// @throws Refused if there is none
    Answer answer(Call call);
  }

  Routes(Router router, Executor executor, Views views, Access access) {
    this.router = router;
    this.executor = executor;
    this.views = views;
    this.access = access;
  }

  /// A route that is no part of a page.
  private Route route(HttpMethod method, String path) {
    return router
        .route(method, path)
        .handler(ctx -> {
          if (access.isForPagesOnly(ctx.request())) {
            refuse(ctx.request(), new Refused(401, Problems.noToken()));
          } else {
            ctx.next();
          }
        });
  }

  /// A route that only reads.
  ///
  /// @param parameters the query's parameters that it knows
  void get(String path, Set<String> parameters, Maker handler) {
    known(path, "GET");
    route(HttpMethod.GET, path).handler(ctx -> run(ctx, parameters, handler));
    route(HttpMethod.HEAD, path).handler(ctx -> run(ctx, parameters, handler));
  }

  /// A route that changes something.
  ///
  /// @param mostBytes how large the body may be
  void post(String path, Set<String> parameters, int mostBytes, Maker handler) {
    change(HttpMethod.POST, path, parameters, mostBytes, handler);
  }

  /// A route that puts something there.
  ///
  /// @param mostBytes how large the body may be
  void put(String path, Set<String> parameters, int mostBytes, Maker handler) {
    change(HttpMethod.PUT, path, parameters, mostBytes, handler);
  }

  /// A route that takes something away.
  ///
  /// @param mostBytes how large the body may be
  void delete(String path, Set<String> parameters, int mostBytes, Maker handler) {
    change(HttpMethod.DELETE, path, parameters, mostBytes, handler);
  }

  private void change(
      HttpMethod method, String path, Set<String> parameters, int mostBytes, Maker handler) {
    known(path, method.name());
    route(method, path)
        .handler(new BodyReader(mostBytes, this::refuse))
        .handler(ctx -> run(ctx, parameters, handler));
  }

  /// A route for one of the other methods, without a body.
  void on(HttpMethod method, String path, Maker handler) {
    known(path, method.name());
    route(method, path).handler(ctx -> run(ctx, Set.of(), handler));
  }

  /// A route that answers on its own, on the event loop, and for long.
  void stream(String path, Consumer<RoutingContext> handler) {
    stream(path, route(HttpMethod.GET, path), handler);
  }

  /// The same, as a part of the pages, which devices may look at that were let in.
  void pages(String path, Consumer<RoutingContext> handler) {
    stream(path, router.route(HttpMethod.GET, path), handler);
  }

  private void stream(String path, Route route, Consumer<RoutingContext> handler) {
    known(path, "GET");
    streams.add(path);
    route.handler(ctx -> {
      try {
        handler.accept(ctx);
      } catch (Refused e) {
        refuse(ctx.request(), e);
      }
    });
  }

  private void known(String path, String method) {
    methods.computeIfAbsent(path, _ -> new TreeSet<>()).add(method);
  }

  /// The paths with their methods.
  Map<String, Set<String>> registered() {
    return methods;
  }

  /// Refuses what there is no route for.
  void nothing(RoutingContext ctx) {
    refuse(ctx.request(), new Refused(404, Problems.noRoute(path(ctx))));
  }

  /// Whether who asks may see pages only.
  boolean isForPagesOnly(RoutingContext ctx) {
    return access.isForPagesOnly(ctx.request());
  }

  /// Answers whatever no route takes. To be called when all routes are there.
  ///
  /// @param last takes what is at no address of these
  void finish(Handler<RoutingContext> last) {
    methods.forEach((path, allowed) -> {
      Set<String> all = new TreeSet<>(allowed);
      if (all.contains("GET") && !streams.contains(path)) {
        all.add("HEAD");
      }
      String allow = String.join(", ", all);
      router
          .route(path)
          .handler(ctx ->
              send(
                  ctx.request(),
                  problem(
                          new Refused(
                              405,
                              Problems.wrongMethod(
                                  ctx.request().method().name(), path(ctx), allow)))
                      .header("Allow", allow)));
    });
    router.route().handler(last);
    router
        .route()
        .failureHandler(ctx -> {
          Throwable failure = ctx.failure();
          if (failure != null) {
            send(ctx.request(), failed(failure));
          } else {
            int status = ctx.statusCode() < 400 ? 500 : ctx.statusCode();
            refuse(
                ctx.request(), new Refused(status, Problems.brokenRequest(Answer.title(status))));
          }
        });
  }

  private static String path(RoutingContext ctx) {
    return Objects.requireNonNullElse(ctx.request().path(), "");
  }

  private void run(RoutingContext ctx, Set<String> parameters, Maker handler) {
    MultiMap query = query(ctx, parameters);
    if (query == null) {
      return;
    }
    Buffer body = ctx.<Buffer>get("body", Buffer.buffer());
    Call call = new Call(Map.copyOf(ctx.pathParams()), query, ctx.request().headers(), body);
    later(ctx, () -> answer(call, handler));
  }

  /// Sends an answer that is made on a thread of its own.
  void later(RoutingContext ctx, Supplier<Answer> answer) {
    Context context = ctx.vertx().getOrCreateContext();
    try {
      executor.execute(() -> {
        Answer made = answer.get();
        context.runOnContext(_ -> send(ctx.request(), made));
      });
    } catch (RejectedExecutionException e) {
      // The server is being closed, and the connection with it.
      ctx.request().connection().close();
    }
  }

  private @Nullable MultiMap query(RoutingContext ctx, Set<String> parameters) {
    try {
      return Queries.read(ctx, parameters);
    } catch (Refused e) {
      refuse(ctx.request(), e);
      return null;
    }
  }

  private Answer answer(Call call, Maker handler) {
    try {
      Answer answer = handler.answer(call).tagged();
      String known = call.header("If-None-Match");
      return known == null ? answer : answer.unlessKnown(known);
    } catch (Throwable e) {
      return failed(e);
    }
  }

  private Answer failed(Throwable e) {
    if (e instanceof Refused refused) {
      return problem(refused);
    }
    LOG.log(Logger.Level.ERROR, "a request could not be answered", e);
    return problem(new Refused(500, Problems.failed(e.getClass().getSimpleName())));
  }

  private Answer problem(Refused refused) {
    return Answer.problem(refused.status(), refused.diagnostics(), views);
  }

  /// Sends a refusal.
  void refuse(HttpServerRequest request, Refused refused) {
    Answer answer = problem(refused);
    send(request, refused.status() == 401 ? answer.header("WWW-Authenticate", "Bearer") : answer);
  }

  static void send(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (!response.headers().contains("Cache-Control")) {
      response.putHeader("Cache-Control", "no-cache");
    }
    if (answer.status() == 304 || answer.status() == 204) {
      response.end();
      return;
    }
    response.putHeader("Content-Type", answer.type());
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader("Content-Length", String.valueOf(answer.body().length()));
      response.end();
    } else {
      response.end(answer.body());
    }
  }
}
