package dev.pirn.registry;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A lease that somebody else holds for an agent: who runs its processes, and knows that it is
/// there while these come and go.
///
/// What is said here goes before what the agent says of itself. Its tools are its own to tell.
///
/// @param agentId its id, as in a [Heartbeat]
/// @param name for people, or null for what it says itself
/// @param version its version, or null for what it says itself
/// @param description what it does, or null for what it says itself
/// @param tags by what it may be found
/// @param host where it is called
/// @param port the port at which it is called
public record HeldLease(
    String agentId,
    @Nullable String name,
    @Nullable String version,
    @Nullable String description,
    List<String> tags,
    String host,
    int port) {
  private static final String UNKNOWN_VERSION = "1.0.0";
  private static final String NAMESPACE = "default";

  /// @throws IllegalArgumentException if the id is none, or the port out of range
  public HeldLease {
    Objects.requireNonNull(host, "host");
    tags = List.copyOf(tags);
    if (!agentId.matches(Heartbeat.ID) || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "\"%s\" at port %d cannot be an agent".formatted(agentId, port));
    }
  }

  /// All that is said of the agent.
  ///
  /// @param said what it says of itself; null for nothing
  Heartbeat with(@Nullable Heartbeat said) {
    return new Heartbeat(
        agentId,
        said == null ? List.of() : said.tools(),
        said == null ? Heartbeat.Type.MCP_AGENT : said.agentType(),
        said == null ? null : said.runtime(),
        name != null || said == null ? name : said.name(),
        version != null ? version : said == null ? UNKNOWN_VERSION : said.version(),
        description != null || said == null ? description : said.description(),
        host,
        port,
        said == null ? NAMESPACE : said.namespace(),
        said == null ? null : said.timestamp());
  }
}
