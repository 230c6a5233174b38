package dev.pirn.registry;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// All agents that are declared at one moment, and what the file says beside them.
///
/// ```java
/// registry.get("helper").ifPresent(agent -> start(agent.definition().location()));
/// registry.list(AgentQuery.ALL.category("production").text("revew")).value();
/// ```
///
/// **Threading.** Immutable; may be used by any number of threads.
public final class AgentRegistry {
  private static final AgentRegistry EMPTY =
      new AgentRegistry(
          "",
          null,
          Map.of(),
          Map.of(),
          Map.of(),
          TagTaxonomy.EMPTY,
          RegistryConfig.DEFAULTS,
          Map.of());

  private final String version;
  private final @Nullable RegistryInfo info;
  private final Map<String, Agent> agents;
  private final Map<String, AgentCategory> categories;
  private final Map<String, AgentEnvironment> environments;
  private final TagTaxonomy taxonomy;
  private final RegistryConfig config;
  private final Map<String, List<Diagnostic>> refused;
  private volatile @Nullable AgentSearch search;

  private AgentRegistry(
      String version,
      @Nullable RegistryInfo info,
      Map<String, Agent> agents,
      Map<String, AgentCategory> categories,
      Map<String, AgentEnvironment> environments,
      TagTaxonomy taxonomy,
      RegistryConfig config,
      Map<String, List<Diagnostic>> refused) {
    this.version = version;
    this.info = info;
    this.agents = Collections.unmodifiableMap(agents);
    this.categories = categories;
    this.environments = environments;
    this.taxonomy = taxonomy;
    this.config = config;
    this.refused = Collections.unmodifiableMap(refused);
  }

  /// What a file says beside its agents.
  static AgentRegistry around(RegistryYaml written) {
    return new AgentRegistry(
        written.version(),
        written.registry(),
        Map.of(),
        written.categories(),
        written.environments(),
        Objects.requireNonNullElse(written.tagTaxonomy(), TagTaxonomy.EMPTY),
        written.configOrDefaults(),
        Map.of());
  }

  /// The same with agents.
  ///
  /// @param agents by id, in the order of the file; handed over
  /// @param refused why agents are not as the file says, by id; handed over
  AgentRegistry with(Map<String, Agent> agents, Map<String, List<Diagnostic>> refused) {
    return new AgentRegistry(
        version, info, agents, categories, environments, taxonomy, config, refused);
  }

  /// A registry without agents, which is in force while there is no file.
  public static AgentRegistry empty() {
    return EMPTY;
  }

  /// The version of the file's form, `1.0`; empty without a file.
  public String version() {
    return version;
  }

  /// What the registry says of itself.
  public Optional<RegistryInfo> info() {
    return Optional.ofNullable(info);
  }

  /// What the file says of categories, by their names.
  public Map<String, AgentCategory> describedCategories() {
    return categories;
  }

  /// What the file says of environments, by their names.
  public Map<String, AgentEnvironment> describedEnvironments() {
    return environments;
  }

  /// The tags that the file suggests.
  public TagTaxonomy tagTaxonomy() {
    return taxonomy;
  }

  /// How the registry wants to be treated.
  public RegistryConfig config() {
    return config;
  }

  /// The agents whose version in the file is broken, and what is wrong with each, by id. Of each,
  /// the last good definition is among the agents if there was one.
  public Map<String, List<Diagnostic>> refused() {
    return refused;
  }

  /// The agent with this id.
  public Optional<Agent> get(String id) {
    return Optional.ofNullable(agents.get(id));
  }

  /// What to tell somebody who asked for an id that is not there, with the ids that are like it.
  public Diagnostic notFound(String id) {
    return Problems.notFound(id, agents.keySet());
  }

  /// All agents, in the order of the file.
  public Collection<Agent> agents() {
    return agents.values();
  }

  /// All ids, in the order of the file.
  public Set<String> ids() {
    return agents.keySet();
  }

  /// The number of agents.
  public int size() {
    return agents.size();
  }

  /// The agents that a query asks for.
  ///
  /// @return a page of them, or an error where the file's `config.discovery` does not offer this
  public Decoded<AgentPage> list(AgentQuery query) {
    RegistryConfig.Discovery discovery = config.discovery();
    if (query.category() != null && !discovery.enableCategoryFiltering()) {
      return Decoded.failed(Problems.notOffered("category", "enable_category_filtering"));
    }
    if (!query.tags().isEmpty() && !discovery.enableTagFiltering()) {
      return Decoded.failed(Problems.notOffered("tags", "enable_tag_filtering"));
    }
    boolean searched = !query.text().isBlank();
    Collection<Agent> from = searched ? search().ranked(query.text()) : agents.values();
    List<Agent> found = new ArrayList<>();
    for (Agent agent : from) {
      if (matches(agent.definition(), query)) {
        found.add(agent);
      }
    }
    AgentSort sort = query.sort();
    if (sort != null || !searched) {
      found.sort(
          Objects.requireNonNullElse(sort, discovery.defaultSort()).order(query.descending()));
    }
    int start = (int) Math.min(found.size(), (query.page() - 1L) * query.pageSize());
    int end = (int) Math.min(found.size(), start + (long) query.pageSize());
    return Decoded.of(
        new AgentPage(found.subList(start, end), query.page(), query.pageSize(), found.size()));
  }

  private static boolean matches(AgentDefinition agent, AgentQuery query) {
    return is(query.category(), agent.category())
        && is(query.environment(), agent.environment())
        && is(query.owner(), agent.owner())
        && is(query.status(), agent.status())
        && is(query.deprecated(), agent.deprecated())
        && hasTags(agent, query);
  }

  private static boolean is(@Nullable Object wanted, Object found) {
    return wanted == null || wanted.equals(found);
  }

  private static boolean hasTags(AgentDefinition agent, AgentQuery query) {
    if (query.tags().isEmpty()) {
      return true;
    }
    return query.anyTag()
        ? query.tags().stream().anyMatch(agent.tags()::contains)
        : agent.tags().containsAll(query.tags());
  }

  /// Made on the first search, as most generations are never searched.
  private AgentSearch search() {
    AgentSearch made = search;
    if (made == null) {
      made = new AgentSearch(agents.values(), config.discovery());
      search = made;
    }
    return made;
  }

  /// All categories in use, sorted.
  public Set<String> categories() {
    return each(agent -> List.of(agent.category()));
  }

  /// All environments in use, sorted.
  public Set<String> environments() {
    return each(agent -> List.of(agent.environment()));
  }

  /// All tags in use, sorted.
  public Set<String> tags() {
    return each(AgentDefinition::tags);
  }

  private Set<String> each(Function<AgentDefinition, List<String>> words) {
    Set<String> all = new TreeSet<>();
    agents.values().forEach(agent -> all.addAll(words.apply(agent.definition())));
    return Collections.unmodifiableSet(all);
  }

  /// The differences from another registry, mostly an earlier one, to this one.
  public Difference since(AgentRegistry before) {
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Agent agent : agents.values()) {
      Agent old = before.agents.get(agent.id());
      if (old == null) {
        added.add(agent.id());
      } else if (!old.definition().equals(agent.definition())) {
        changed.add(agent.id());
      }
    }
    List<String> removed = new ArrayList<>(before.ids());
    removed.removeAll(new HashSet<>(ids()));
    return new Difference(added, changed, removed);
  }

  /// How one registry differs from another, by ids in the order of the files.
  ///
  /// @param added the agents that were not there before
  /// @param changed the agents whose definition is another
  /// @param removed the agents that are there no more
  public record Difference(List<String> added, List<String> changed, List<String> removed) {
    public Difference {
      added = List.copyOf(added);
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
    }
  }

  /// Whether both say the same of the same agents and of themselves; where it stands in the file
  /// does not matter.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AgentRegistry registry && parts().equals(registry.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<@Nullable Object> parts() {
    Map<String, AgentDefinition> definitions = new LinkedHashMap<>();
    agents.forEach((id, agent) -> definitions.put(id, agent.definition()));
    List<@Nullable Object> parts = new ArrayList<>();
    Collections.addAll(
        parts, version, info, definitions, categories, environments, taxonomy, config, refused);
    return parts;
  }

  /// Only the size: a registry is too long to print.
  @Override
  public String toString() {
    return "AgentRegistry[%d agents]".formatted(size());
  }
}
