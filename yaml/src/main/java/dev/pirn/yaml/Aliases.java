package dev.pirn.yaml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The anchors and aliases of one file, and what they add up to.
///
/// An alias shares the anchored node. What makes aliases dangerous is the size and the depth of the
/// tree that somebody walks who follows them all. So every node is counted, and an alias counts as
/// if it were a copy.
final class Aliases {
  /// How many nodes all the aliases of a file may repeat.
  static final int MOST_REPEATED = 10_000;

  /// A node with an anchor: the node, null until it is complete; how many nodes it has, and how far
  /// down they reach.
  private record Anchored(@Nullable YamlNode node, long size, int height) {}

  /// The state before an anchored node.
  ///
  /// @param depth where the node is
  /// @param nodes how many nodes there were before
  /// @param deepest how deep they reached
  record Before(String anchor, int depth, long nodes, int deepest) {}

  private final YamlOptions options;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int aliases;
  private long repeated;
  private long nodes;
  private int deepest;

  Aliases(YamlOptions options) {
    this.options = options;
  }

  /// Counts a node.
  ///
  /// @throws Stop if it is nested too deep
  void count(int depth) {
    nodes++;
    reach(depth);
  }

  /// An anchored node begins. It is counted after this.
  Before begin(String anchor, int depth) {
    anchors.put(anchor, new Anchored(null, 0, 0));
    Before before = new Before(anchor, depth, nodes, deepest);
    deepest = depth;
    return before;
  }

  /// An anchored node is complete.
  void complete(Before before, YamlNode node) {
    anchors.put(
        before.anchor(), new Anchored(node, nodes - before.nodes(), deepest - before.depth()));
    deepest = Math.max(deepest, before.deepest());
  }

  /// The node that an alias stands for.
  ///
  /// @throws Stop if there is none, or the aliases repeat too much
  YamlNode resolve(String name, int depth) {
    Anchored target = anchors.get(name);
    if (target == null) {
      throw new Stop(
          Code.UNKNOWN_ALIAS,
          "the alias \"*%s\" has no anchor \"&%s\" before it".formatted(name, name),
          "put the text in quotes if no alias is meant");
    }
    if (target.node == null) {
      throw new Stop(
          Code.ENDLESS_ALIAS,
          "the alias \"*%s\" stands inside its own anchor".formatted(name),
          "an alias can only repeat what is complete");
    }
    aliases++;
    if (aliases > options.maxAliases()) {
      throw new Stop(
          Code.TOO_MANY_ALIASES,
          "the file has more than %s aliases".formatted(options.maxAliases()),
          "write some of them out");
    }
    nodes += target.size;
    repeated += target.size;
    if (repeated > MOST_REPEATED) {
      throw new Stop(
          Code.ALIASES_TOO_LARGE,
          "the aliases of the file repeat more than %s values".formatted(MOST_REPEATED),
          "use fewer aliases, or smaller ones");
    }
    reach(depth + target.height);
    return target.node;
  }

  private void reach(int depth) {
    deepest = Math.max(deepest, depth);
    if (depth > options.maxDepth()) {
      throw new Stop(
          Code.TOO_DEEP,
          "lists and mappings are nested more than %s deep".formatted(options.maxDepth()),
          "nest less; perhaps a bracket is not closed");
    }
  }
}
