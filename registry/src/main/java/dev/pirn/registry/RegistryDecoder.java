package dev.pirn.registry;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.YamlOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a registry's file. An agent that is broken stays as it is in force, unless the file is
/// strict; anything else that is wrong refuses the file.
///
/// Of a file that has changed in a few lines only those agents are read again: see [AgentLines].
/// The result is the same.
///
/// **Threading.** Safe for use by several threads.
final class RegistryDecoder implements Decoder<AgentRegistry> {
  /// Twenty thousand agents have 10 MB.
  static final int MOST_BYTES = 32 * 1024 * 1024;

  static final YamlOptions OPTIONS = YamlOptions.defaults().maxBytes(MOST_BYTES);

  private static final int MOST_PROBLEMS = 100;

  /// What was read last without a mistake outside of agents; the next file is mostly the same. Any
  /// file will do, so threads may overwrite it.
  private volatile @Nullable Declared last;

  @Override
  public Decoded<AgentRegistry> decode(Content content) {
    return decode(content, null);
  }

  @Override
  public Decoded<AgentRegistry> decode(Content content, @Nullable AgentRegistry inForce) {
    Declared before = last;
    Declared now = before == null ? null : before.again(content);
    if (now == null) {
      now = Declared.of(content);
    }
    if (now.canBeReadAgain()) {
      last = now;
    }
    List<Diagnostic> found = new ArrayList<>(now.said());
    AgentRegistry around = now.around();
    boolean strict = around != null && around.config().validation().strictMode();
    boolean onlyIt = around != null && !strict;
    Map<String, Agent> agents = LinkedHashMap.newLinkedHashMap(now.agents().size());
    Map<String, List<Diagnostic>> refused = new LinkedHashMap<>();
    for (DeclaredAgent agent : now.agents()) {
      AgentDefinition definition = agent.definition();
      if (definition != null) {
        agents.put(agent.id(), new Agent(agent.id(), definition, agent.place()));
        found.addAll(agent.said());
      } else {
        Agent stays = onlyIt && inForce != null ? inForce.get(agent.id()).orElse(null) : null;
        if (stays != null) {
          agents.put(agent.id(), stays);
        }
        List<Diagnostic> why = onlyIt ? withInForce(agent, stays) : agent.said();
        refused.put(agent.id(), why);
        found.addAll(why);
      }
    }
    return around == null || (strict && !refused.isEmpty())
        ? Decoded.failed(bounded(found))
        : Decoded.partly(around.with(agents, refused), bounded(found));
  }

  private static List<Diagnostic> withInForce(DeclaredAgent agent, @Nullable Agent stays) {
    String inForce =
        stays == null
            ? "no agent \"%s\" is in force".formatted(agent.id())
            : "the last good definition of \"%s\" stays in force".formatted(agent.id());
    return agent.said().stream().map(d -> d.isError() ? d.inForce(inForce) : d).toList();
  }

  /// Sorted by place, and not more than anybody reads.
  private static List<Diagnostic> bounded(List<Diagnostic> found) {
    found.sort(Diagnostic.BY_PLACE);
    if (found.size() <= MOST_PROBLEMS) {
      return found;
    }
    List<Diagnostic> first = new ArrayList<>(found.subList(0, MOST_PROBLEMS));
    first.add(Problems.more(found.size() - MOST_PROBLEMS, Diagnostic.anyError(found)));
    return first;
  }
}
