package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.yaml.Default;
import dev.pirn.yaml.Items;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Range;
import dev.pirn.yaml.Text;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an agent that is alive says of itself: all of it, each time.
///
/// The keys are these names in `snake_case`. Keys that are not known are left out, as agents may be
/// newer than the registry.
///
/// @param agentId its id, 1 to 64 letters, digits, `_` and `-`
/// @param tools what it offers, 1 to 200, each function once
/// @param agentType `mcp_agent` by default, `api`, or `a2a`
/// @param runtime `python`, `typescript` or `java`, if it says so
/// @param name for people, at most 64 characters; its id if it is null
/// @param version its version; 1.0.0 by default
/// @param description at most 256 characters
/// @param httpHost where it listens; 0.0.0.0 by default, which is every address of its machine
/// @param httpPort the port, 0 if it has none
/// @param namespace to whom its tools are offered; `default` by default
/// @param timestamp the agent's own time, which is kept and not relied on
public record Heartbeat(
    @Key("agent_id") @Text(matches = ID, like = "1 to 64 letters, digits, _ and -") String agentId,
    @Items(min = 1, max = 200) List<AgentTool> tools,
    @Key("agent_type") @Default("mcp_agent") Type agentType,
    @Nullable Language runtime,
    @Text(min = 1, max = 64) @Nullable String name,
    @Default("1.0.0") @Text(min = 1, max = 64) String version,
    @Text(max = 256) @Nullable String description,
    @Key("http_host")
        @Default("0.0.0.0")
        @Text(matches = "[A-Za-z0-9._:-]{1,253}", like = "a host like 127.0.0.1")
        String httpHost,
    @Key("http_port") @Default("0") @Range(min = 0, max = 65_535) int httpPort,
    @Default("default") @Text(min = 1, max = 64) String namespace,
    @Text(max = 64) @Nullable String timestamp) {
  static final String ID = "[A-Za-z0-9_-]{1,64}";

  /// Each is looked for with every change of what is offered.
  private static final int MOST_NEEDED = 500;

  private static final Decoder<Heartbeat> DECODER =
      Yaml.decoder(
          Heartbeat.class,
          YamlOptions.defaults().unknownKeys(YamlOptions.UnknownKeys.IGNORE).maxAliases(0));
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

  /// What kind of a thing it is.
  public enum Type {
    /// Offers tools by MCP.
    MCP_AGENT,
    /// Uses tools.
    API,
    /// Speaks A2A.
    A2A
  }

  /// In what it is written.
  public enum Language {
    /// Python.
    PYTHON,
    /// TypeScript.
    TYPESCRIPT,
    /// Java.
    JAVA
  }

  /// @throws IllegalArgumentException if a function is there twice, or the tools together depend on
  ///   more than 500 others
  public Heartbeat {
    Objects.requireNonNull(agentId, "agentId");
    Objects.requireNonNull(agentType, "agentType");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(httpHost, "httpHost");
    Objects.requireNonNull(namespace, "namespace");
    tools = List.copyOf(tools);
    if (!agentId.matches(ID)) {
      throw new IllegalArgumentException("\"%s\" cannot be an agent's id".formatted(agentId));
    }
    Set<String> functions = new HashSet<>();
    for (AgentTool tool : tools) {
      if (!functions.add(tool.functionName())) {
        throw new IllegalArgumentException(
            "the function \"%s\" is there twice".formatted(tool.functionName()));
      }
    }
    int needed = tools.stream().mapToInt(tool -> tool.dependencies().size()).sum();
    if (needed > MOST_NEEDED) {
      throw new IllegalArgumentException(
          "the tools have %d dependencies; an agent may have %d".formatted(needed, MOST_NEEDED));
    }
  }

  /// The heartbeat that a text in JSON is, or all that is wrong with it, by line and column.
  public static Decoded<Heartbeat> read(byte[] json) {
    return DECODER.decode(new Content(Path.of("heartbeat.json"), json));
  }

  /// Where it is called: `http://HOST:PORT`, or `stdio://ID` without a port. An agent that listens
  /// everywhere is called on this machine.
  public String endpoint() {
    if (httpPort == 0) {
      return "stdio://" + agentId;
    }
    String host = EVERYWHERE.contains(httpHost) ? "127.0.0.1" : httpHost;
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, httpPort);
  }
}
