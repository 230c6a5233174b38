package dev.pirn.server;

import dev.pirn.live.Decoded;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.registry.Agent;
import dev.pirn.registry.AgentPage;
import dev.pirn.registry.AgentQuery;
import dev.pirn.registry.AgentRegistry;
import dev.pirn.registry.AgentSort;
import dev.pirn.registry.AgentStatus;
import dev.pirn.registry.Registry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is read of the agent registry, its reloading, and its way back.
final class RegistryRoutes {
  static final String AT = "/api/v1/registry";
  static final int NO_BODY = 64 * 1024;

  private static final int PAGE_SIZE = 50;
  private static final int MOST_PAGE_SIZE = 100_000;
  private static final Set<String> FILTERS =
      Set.of(
          "category",
          "environment",
          "status",
          "owner",
          "deprecated",
          "tags",
          "match",
          "search",
          "sort",
          "order",
          "page",
          "page_size");

  private final LiveRegistry registry;

  RegistryRoutes(LiveRegistry registry) {
    this.registry = registry;
  }

  void register(Routes routes) {
    routes.get(AT + "/agents", FILTERS, this::list);
    routes.get(AT + "/agents/:id", Set.of(), this::get);
    routes.get(AT + "/stats", Set.of(), this::statistics);
    routes.get(AT + "/schema", Set.of(), _ -> Answer.json(new JsonObject(Registry.schema())));
    routes.get(AT + "/history", Set.of(), this::history);
    routes.post(AT + "/reload", Set.of(), NO_BODY, this::reload);
    routes.post(AT + "/rollback", Set.of(), NO_BODY, this::rollback);
  }

  private Answer list(Call call) {
    AgentQuery query = query(call);
    return registry.use(it -> {
      AgentRegistry agents = it.registry().agents();
      Decoded<AgentPage> listed = agents.list(query);
      AgentPage page = listed.value();
      if (page == null) {
        throw new Refused(422, listed.diagnostics());
      }
      return Answer.json(it.views().agents(page.agents(), agents))
          .header("Pirn-Total", String.valueOf(page.total()))
          .header("Pirn-Page", String.valueOf(page.page()))
          .header("Pirn-Pages", String.valueOf(page.totalPages()));
    });
  }

  private static AgentQuery query(Call call) {
    String tags = call.parameter("tags");
    boolean any = "any".equals(word(call, "match", Set.of("any", "all")));
    AgentQuery query =
        AgentQuery.ALL
            .category(call.parameter("category"))
            .environment(call.parameter("environment"))
            .status(constant(call, "status", AgentStatus.values()))
            .owner(call.parameter("owner"))
            .deprecated(deprecated(call))
            .sort(constant(call, "sort", AgentSort.values()))
            .descending("desc".equals(word(call, "order", Set.of("asc", "desc"))));
    if (tags != null) {
      query = any ? query.anyTag(words(tags)) : query.tags(words(tags));
    }
    String search = call.parameter("search");
    if (search != null) {
      query = query.text(search);
    }
    boolean paged = call.parameter("page") != null || call.parameter("page_size") != null;
    return paged
        ? query.page(
            call.number("page", 1, 1, Integer.MAX_VALUE),
            call.number("page_size", PAGE_SIZE, 1, MOST_PAGE_SIZE))
        : query;
  }

  private static Set<String> words(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static @Nullable Boolean deprecated(Call call) {
    String word = word(call, "deprecated", Set.of("true", "false"));
    return word == null ? null : Boolean.valueOf(word);
  }

  private static <E extends Enum<E>> @Nullable E constant(Call call, String name, E[] all) {
    Set<String> allowed = Arrays.stream(all).map(Views::word).collect(Collectors.toSet());
    String word = word(call, name, allowed);
    return word == null
        ? null
        : Arrays.stream(all).filter(it -> Views.word(it).equals(word)).findFirst().orElseThrow();
  }

  /// A parameter that is one of some words, or null.
  static @Nullable String word(Call call, String name, Set<String> allowed) {
    String given = call.parameter(name);
    String word = given == null ? null : given.toLowerCase(Locale.ROOT);
    if (word != null && !allowed.contains(word)) {
      String all = allowed.stream().sorted().collect(Collectors.joining(", "));
      throw Call.bad(name, "one of " + all, given);
    }
    return word;
  }

  private Answer get(Call call) {
    return registry.use(it -> {
      Snapshot<AgentRegistry> now = it.registry().live().snapshot();
      Agent agent = find(now.value(), call.part("id"));
      Answer answer = Answer.json(it.views().agent(agent, now.value(), now.digest()));
      // The ETag is that of the file; what is kept of a broken agent is not what that file says.
      return now.value().refused().containsKey(agent.id()) ? answer : answer.etag(now.digest());
    });
  }

  static Agent find(AgentRegistry agents, String id) {
    return agents.get(id).orElseThrow(() -> new Refused(404, agents.notFound(id)));
  }

  private Answer statistics(Call call) {
    return registry.use(it -> Answer.json(it.views().statistics(it.registry().statistics())));
  }

  private Answer history(Call call) {
    return registry.use(it -> Answer.json(history(it)));
  }

  private static JsonArray history(OpenRegistry it) {
    return it.views().views().history(it.registry().live().history());
  }

  private Answer reload(Call call) {
    return registry.use(it -> {
      Reload<AgentRegistry> reload = it.registry().reload();
      if (reload instanceof Reload.Rejected<AgentRegistry>) {
        throw new Refused(422, reload.diagnostics());
      }
      return Answer.json(it.views().views().reload(reload));
    });
  }

  private Answer rollback(Call call) {
    JsonObject json = call.json();
    if (!(json.getValue("generation") instanceof Number wanted) || json.size() != 1) {
      throw new Refused(422, Problems.badBody("must be {\"generation\": NUMBER}"));
    }
    return registry.use(it -> {
      Reload<AgentRegistry> reload =
          it.registry().live().rollback(wanted.longValue() - it.generationsBefore());
      if (reload instanceof Reload.Rejected<AgentRegistry>) {
        throw new Refused(422, Problems.notKept(wanted.longValue(), Histories.range(history(it))));
      }
      return Answer.json(it.views().views().reload(reload));
    });
  }
}
