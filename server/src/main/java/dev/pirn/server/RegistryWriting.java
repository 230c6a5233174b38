package dev.pirn.server;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.registry.AgentDefinition;
import dev.pirn.registry.AgentRegistry;
import dev.pirn.registry.SyncOptions;
import dev.pirn.registry.WrittenAgents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Changing the agents of a registry's file, and comparing them with folders.
final class RegistryWriting {
  private static final int MOST_BYTES = 1024 * 1024;

  /// What is shown of an agent beside its definition, and may come back with it.
  private static final Set<String> SHOWN = Set.of("id", "file", "line", "state", "digest");

  private static final Set<String> SYNC_KEYS =
      Set.of("add", "update", "remove", "scanDirectories", "exclude");

  private final LiveRegistry registry;

  RegistryWriting(LiveRegistry registry) {
    this.registry = registry;
  }

  void register(Routes routes) {
    String agents = RegistryRoutes.AT + "/agents";
    String agent = agents + "/:id";
    routes.post(agents, Set.of(), MOST_BYTES, this::register);
    routes.put(agent, Set.of(), MOST_BYTES, this::replace);
    routes.delete(agent, Set.of(), RegistryRoutes.NO_BODY, this::remove);
    routes.post(RegistryRoutes.AT + "/sync", Set.of("dry_run"), MOST_BYTES, this::sync);
  }

  private Answer register(Call call) {
    JsonObject json = call.json();
    String id = Call.requiredText(json, "id");
    String ifMatch = ifMatch(call);
    return registry.use(it ->
        answer(it, it.registry().register(id, fields(json), ifMatch), ifMatch)
            .status(201)
            .header("Location", RegistryRoutes.AT + "/agents/" + encoded(id)));
  }

  /// Makes an agent what the body says. Only the fields that have another value are written, so
  /// that the lines of the others stay as they are.
  private Answer replace(Call call) {
    JsonObject json = call.json();
    String id = call.part("id");
    if (json.containsKey("id") && !id.equals(json.getValue("id"))) {
      throw new Refused(422, Problems.badBody("must have the \"id\" of the path, or none"));
    }
    String ifMatch = ifMatch(call);
    return registry.use(it -> {
      AgentRegistry now = it.registry().agents();
      AgentDefinition definition = RegistryRoutes.find(now, id).definition();
      // Of a broken agent the file says something else than what is in force.
      Map<String, @Nullable Object> changes =
          now.refused().containsKey(id)
              ? new LinkedHashMap<>(fields(json))
              : changes(definition, fields(json));
      return answer(it, it.registry().update(id, changes, ifMatch), ifMatch);
    });
  }

  private static Map<String, @Nullable Object> changes(
      AgentDefinition now, Map<String, Object> wanted) {
    Map<String, Object> known = RegistryViews.fields(now);
    Map<String, @Nullable Object> changes = new LinkedHashMap<>();
    wanted.forEach((key, value) -> {
      if (!Objects.equals(value, known.get(key))) {
        changes.put(key, value);
      }
    });
    now.toMap()
        .keySet()
        .forEach(key -> {
          if (!wanted.containsKey(key)) {
            changes.put(key, null);
          }
        });
    return changes;
  }

  private Answer remove(Call call) {
    String ifMatch = ifMatch(call);
    return registry.use(it -> answer(it, it.registry().remove(call.part("id"), ifMatch), ifMatch));
  }

  private static Answer answer(
      OpenRegistry it, Decoded<WrittenAgents> decoded, @Nullable String ifMatch) {
    WrittenAgents written = decoded.value();
    if (written == null) {
      throw new Refused(status(decoded.diagnostics(), ifMatch != null), decoded.diagnostics());
    }
    boolean inForce = it.registry().live().snapshot().digest().equals(written.digest());
    JsonObject json = it.views().written(written, decoded.diagnostics()).put("inForce", inForce);
    return Answer.json(json).etag(written.digest());
  }

  /// Codes of the module `registry`, which are stable.
  private static int status(List<Diagnostic> diagnostics, boolean conditional) {
    return switch (diagnostics.getFirst().code()) {
      case "PIRN-R020" -> 404;
      case "PIRN-R030" -> 409;
      case "PIRN-R031" -> conditional ? 412 : 409;
      case "PIRN-R032" -> 500;
      default -> 422;
    };
  }

  private static @Nullable String ifMatch(Call call) {
    String given = call.header("If-Match");
    if (given == null || given.strip().equals("*")) {
      return null;
    }
    String digest = ETags.digest(given);
    return digest == null ? "" : digest;
  }

  private static Map<String, Object> fields(JsonObject json) {
    Map<String, Object> fields = new LinkedHashMap<>(json.getMap());
    fields.keySet().removeAll(SHOWN);
    return fields;
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Answer sync(Call call) {
    JsonObject json = call.body().length() == 0 ? new JsonObject() : call.json();
    for (String key : json.fieldNames()) {
      if (!SYNC_KEYS.contains(key)) {
        throw new Refused(422, Problems.badBody("has an unknown key \"%s\"".formatted(key)));
      }
    }
    String dry = RegistryRoutes.word(call, "dry_run", Set.of("true", "false"));
    return registry.use(it -> {
      SyncOptions how = SyncOptions.of(it.registry().agents().config().autoSync());
      if (json.containsKey("add") || json.containsKey("update") || json.containsKey("remove")) {
        how = how.apply(flag(json, "add"), flag(json, "update"), flag(json, "remove"));
      }
      List<String> scan = texts(json, "scanDirectories");
      List<String> exclude = texts(json, "exclude");
      how = scan == null ? how : how.scan(inside(scan));
      how = exclude == null ? how : how.exclude(exclude);
      how = dry == null ? how : how.dryRun(Boolean.parseBoolean(dry));
      return Answer.json(it.views().sync(it.registry().sync(how)));
    });
  }

  private static boolean flag(JsonObject json, String key) {
    return switch (json.getValue(key)) {
      case null -> false;
      case Boolean flag -> flag;
      default ->
          throw new Refused(
              422, Problems.badBody("must have true or false as \"%s\"".formatted(key)));
    };
  }

  private static @Nullable List<String> texts(JsonObject json, String key) {
    return switch (json.getValue(key)) {
      case null -> null;
      case JsonArray array when array.stream().allMatch(String.class::isInstance) ->
          array.stream().map(String.class::cast).toList();
      default ->
          throw new Refused(
              422, Problems.badBody("must have a list of texts as \"%s\"".formatted(key)));
    };
  }

  /// Nobody has folders outside of the workspace listed.
  private static List<String> inside(List<String> folders) {
    for (String folder : folders) {
      boolean outside = folder.startsWith("/") || List.of(folder.split("[/\\\\]")).contains("..");
      if (outside || folder.contains(":")) {
        throw new Refused(
            422,
            Problems.badBody("must name folders of the workspace, found \"%s\"".formatted(folder)));
      }
    }
    return folders;
  }
}
