package dev.pirn.registry;

import dev.pirn.live.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds agents by words.
///
/// Every word of a query must be found in an agent. A word that is part of its id, name, tags or
/// description weighs the more the nearer it is to being one of them; one that is only like words
/// of them, where that is allowed, weighs least. What weighs the same is sorted by name.
///
/// **Threading.** Immutable; may be used by any number of threads.
final class AgentSearch {
  private static final int WHOLE = 100;
  private static final int START = 60;
  private static final int IN_NAME = 40;
  private static final int IN_TAG = 30;
  private static final int IN_DESCRIPTION = 10;
  private static final int LIKE = 1;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /// An agent with the texts in which it is found.
  private record Entry(
      Agent agent, String id, String name, List<String> tags, String description) {}

  private final boolean capitals;
  private final boolean fuzzy;
  private final List<Entry> entries = new ArrayList<>();

  /// The words of ids, names and tags, and in which entries each is.
  private final Map<String, Set<Entry>> words = new HashMap<>();

  AgentSearch(Collection<Agent> agents, RegistryConfig.Discovery discovery) {
    this.capitals = discovery.caseSensitiveSearch();
    this.fuzzy = discovery.enableFuzzySearch();
    for (Agent agent : agents) {
      AgentDefinition definition = agent.definition();
      String description = definition.description();
      Entry entry =
          new Entry(
              agent,
              normal(agent.id()),
              normal(definition.name()),
              definition.tags().stream().map(this::normal).toList(),
              description == null ? "" : normal(description));
      entries.add(entry);
      if (fuzzy) {
        words(entry.id + " " + entry.name + " " + String.join(" ", entry.tags))
            .forEach(word -> words.computeIfAbsent(word, _ -> new HashSet<>()).add(entry));
      }
    }
  }

  private String normal(String text) {
    return capitals ? text : text.toLowerCase(Locale.ROOT);
  }

  private static List<String> words(String text) {
    return BETWEEN_WORDS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }

  /// The agents that a query finds, best first.
  List<Agent> ranked(String query) {
    record Hit(Agent agent, int weight) {}
    List<String> wanted =
        Pattern.compile("\\s+").splitAsStream(normal(query.strip())).distinct().toList();
    Map<String, Set<Entry>> like =
        fuzzy ? wanted.stream().collect(Collectors.toMap(word -> word, this::like)) : Map.of();
    List<Hit> hits = new ArrayList<>();
    for (Entry entry : entries) {
      int sum = 0;
      for (String word : wanted) {
        int weight = weight(word, entry);
        if (weight == 0 && like.getOrDefault(word, Set.of()).contains(entry)) {
          weight = LIKE;
        }
        if (weight == 0) {
          sum = 0;
          break;
        }
        sum += weight;
      }
      if (sum > 0) {
        hits.add(new Hit(entry.agent, sum));
      }
    }
    hits.sort(
        Comparator.comparingInt((Hit hit) -> -hit.weight)
            .thenComparing(Hit::agent, AgentSort.NAME.order(false)));
    return hits.stream().map(Hit::agent).toList();
  }

  private static int weight(String word, Entry entry) {
    if (entry.id.equals(word) || entry.name.equals(word)) {
      return WHOLE;
    }
    if (entry.id.startsWith(word) || entry.name.startsWith(word)) {
      return START;
    }
    if (entry.id.contains(word) || entry.name.contains(word)) {
      return IN_NAME;
    }
    if (entry.tags.stream().anyMatch(tag -> tag.contains(word))) {
      return IN_TAG;
    }
    return entry.description.contains(word) ? IN_DESCRIPTION : 0;
  }

  /// The entries that have one of the three words most like it.
  private Set<Entry> like(String word) {
    Set<Entry> found = new HashSet<>();
    // What is like a word of one or two letters is like it by chance.
    if (word.length() > 2) {
      Nearest.to(word, words.keySet())
          .forEach(near -> found.addAll(words.getOrDefault(near, Set.of())));
    }
    return found;
  }
}
