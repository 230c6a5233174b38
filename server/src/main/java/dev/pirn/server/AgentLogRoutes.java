package dev.pirn.server;

import dev.pirn.agents.Agents;
import dev.pirn.agents.LogLine;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// What agents print: the last lines as an array, or with what comes as Server-Sent Events.
final class AgentLogRoutes {
  private static final String AT = "/api/v1/agents";
  private static final int DEFAULT_TAIL = 100;
  private static final int LONGEST_TAIL = 1_000;
  private static final int MOST_WAITING = 64 * 1024;

  private final HttpFront front;
  private final LiveAgents live;

  AgentLogRoutes(HttpFront front, LiveAgents live) {
    this.front = front;
    this.live = live;
  }

  void register(Routes routes) {
    routes.stream(AT + "/logs", ctx -> logs(ctx, routes, null));
    routes.stream(AT + "/:id/logs", ctx -> logs(ctx, routes, ctx.pathParam("id")));
  }

  /// @param agent whose lines; null for those of all
  private void logs(RoutingContext ctx, Routes routes, @Nullable String agent) {
    MultiMap query = Queries.read(ctx, Set.of("tail"));
    HttpServerRequest request = ctx.request();
    Call call = new Call(Map.of(), query, request.headers(), Buffer.buffer());
    int tail = call.number("tail", DEFAULT_TAIL, 0, LONGEST_TAIL);
    String accept = request.getHeader("Accept");
    boolean follow = accept != null && accept.contains("text/event-stream");
    Context context = ctx.vertx().getOrCreateContext();
    try {
      // Agents may still be about to be opened.
      front
          .executor()
          .execute(() -> {
            try {
              Agents agents = known(agent);
              context.runOnContext(_ -> {
                if (follow) {
                  stream(request.response(), agents, agent, tail);
                } else {
                  JsonArray lines = Views.array(tail(agents, agent, tail), AgentViews::line);
                  Routes.send(request, Answer.json(lines).header("Cache-Control", "no-store"));
                }
              });
            } catch (Refused e) {
              context.runOnContext(_ -> routes.refuse(request, e));
            }
          });
    } catch (RejectedExecutionException e) {
      // The server is being closed, and the connection with it.
      request.connection().close();
    }
  }

  private Agents known(@Nullable String agent) {
    Agents agents = live.open();
    if (agent != null && agents.get(agent).isEmpty()) {
      throw new Refused(404, agents.notFound(agent));
    }
    return agents;
  }

  private static List<LogLine> tail(Agents agents, @Nullable String agent, int most) {
    if (agent != null) {
      return agents.lastLines(agent, most);
    }
    List<LogLine> all =
        agents.list().stream()
            .flatMap(state -> agents.lastLines(state.name(), most).stream())
            .sorted(Comparator.comparing(LogLine::time))
            .toList();
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  private void stream(
      HttpServerResponse response, Agents agents, @Nullable String agent, int tail) {
    if (response.closed()) {
      // The client left meanwhile, and nobody would tell of it any more.
      return;
    }
    response
        .setChunked(true)
        .setWriteQueueMaxSize(MOST_WAITING)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    // Tells at once that the stream is there.
    response.write(": the last lines, and what comes\n\n");
    LogStream stream = new LogStream(front.vertx(), response);
    Runnable unfollow =
        live.reporter()
            .feed()
            .follow(line -> {
              if (agent == null || agent.equals(line.agent())) {
                stream.line(line);
              }
            });
    response.exceptionHandler(_ -> stream.close(unfollow));
    response.closeHandler(_ -> stream.close(unfollow));
    // Asked after following, so that no line is missed between the two.
    stream.begin(tail(agents, agent, tail));
  }
}
