package dev.pirn.agents.state;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request for the state of an agent; done by the agent's thread.
final class StateCall {
  private final AgentState state;
  private final String key;
  private final List<String> ifMatch;
  private final List<String> ifNoneMatch;

  StateCall(AgentState state, HttpServerRequest request, @Nullable String key) {
    this.state = state;
    this.key = key == null ? "" : key;
    this.ifMatch = request.headers().getAll("If-Match");
    this.ifNoneMatch = request.headers().getAll("If-None-Match");
  }

  StateReply list() {
    JsonArray keys = new JsonArray();
    long bytes = 0;
    for (AgentState.Listed it : state.list()) {
      keys.add(
          new JsonObject()
              .put("key", it.key())
              .put("bytes", it.bytes())
              .put("etag", "\"" + it.etag() + "\""));
      bytes += it.bytes();
    }
    return StateReply.json(new JsonObject().put("keys", keys).put("bytes", bytes));
  }

  StateReply get() {
    AgentState.Value value = state.get(key);
    if (!ifMatch.isEmpty() && !Tags.matches(ifMatch, value == null ? null : value.etag(), false)) {
      return StateReply.notHeld(value == null ? null : value.etag());
    }
    if (value == null) {
      return StateReply.problem(404, "nothing is kept as \"%s\"".formatted(key));
    }
    if (Tags.matches(ifNoneMatch, value.etag(), true)) {
      return StateReply.empty(304, value.etag());
    }
    return StateReply.value(value.bytes(), value.etag());
  }

  StateReply put(byte[] value) {
    Outcome outcome = state.put(key, value, Tags.of(ifMatch, ifNoneMatch));
    return outcome.done()
        ? StateReply.empty(outcome.existed() ? 204 : 201, outcome.etag())
        : StateReply.notHeld(outcome.etag());
  }

  StateReply delete() {
    Outcome outcome = state.delete(key, Tags.of(ifMatch, ifNoneMatch));
    if (!outcome.done()) {
      return StateReply.notHeld(outcome.etag());
    }
    return outcome.existed()
        ? StateReply.empty(204, null)
        : StateReply.problem(404, "nothing is kept as \"%s\"".formatted(key));
  }
}
