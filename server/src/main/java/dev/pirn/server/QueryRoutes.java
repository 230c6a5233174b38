package dev.pirn.server;

import dev.pirn.patterns.FormattedPattern;
import dev.pirn.patterns.PatternFormat;
import dev.pirn.patterns.Recommendation;
import dev.pirn.registry.AgentRegistry;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/// Which agent and which pattern are in force for what somebody asks.
final class QueryRoutes {
  private static final int MOST_TOKENS = 1_000_000;

  private final LiveWorkspace live;

  QueryRoutes(LiveWorkspace live) {
    this.live = live;
  }

  void register(Routes routes) {
    routes.get("/api/v1/query", Set.of("agent", "text", "intent", "budget"), this::query);
  }

  private Answer query(Call call) {
    String id = call.required("agent");
    String text = call.required("text");
    String intent = call.parameter("intent");
    int budget =
        call.number(
            "budget", PatternFormat.DEFAULT_BUDGET, PatternFormat.LEAST_BUDGET, MOST_TOKENS);
    JsonObject agent =
        live.registry()
            .use(it -> {
              AgentRegistry agents = it.registry().agents();
              return it.views().agent(RegistryRoutes.find(agents, id), agents);
            });
    return live.library()
        .use(it -> {
          Recommendation found =
              it.patterns().recommend(text, intent).stream().findFirst().orElse(null);
          FormattedPattern formatted =
              found == null ? null : PatternFormat.format(found.pattern().pattern(), budget);
          return Answer.json(
              RegistryViews.query(
                  agent,
                  text,
                  found,
                  it.patterns().live().quarantined().keySet(),
                  live.library().views(it),
                  budget,
                  formatted));
        });
  }
}
