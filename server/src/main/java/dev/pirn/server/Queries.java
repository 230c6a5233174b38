package dev.pirn.server;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.TreeSet;

/// Reads the parameters of a request's query.
final class Queries {
  private Queries() {}

  /// @param parameters those that the route knows
  /// @throws Refused if it has another, or cannot be read
  static MultiMap read(RoutingContext ctx, Set<String> parameters) {
    MultiMap query;
    try {
      query = ctx.queryParams();
    } catch (RuntimeException e) {
      throw new Refused(400, Problems.badParameter("the query", "well encoded", null));
    }
    for (String name : query.names()) {
      if (!parameters.contains(name)) {
        String known =
            parameters.isEmpty()
                ? "left out, as this takes no parameters"
                : "one of " + String.join(", ", new TreeSet<>(parameters));
        throw Call.bad(name, known, null);
      }
    }
    return query;
  }
}
