package dev.pirn.patterns;

import java.util.Map;
import java.util.random.RandomGenerator;

/// How one of a pattern's variants is chosen; see [PatternLibrary#select].
public sealed interface Selector {
  /// The name under which [Weighted] and [Random] speak of the pattern without a variant.
  String BASE = "";

  /// The variant of this name, or the base when there is none of it.
  ///
  /// @param variant the part of the name after `base.`
  record Explicit(String variant) implements Selector {}

  /// Always the same variant for a session, each as likely as the others; the base takes part.
  ///
  /// @param session what stays the same for a user or a conversation
  record Hash(String session) implements Selector {}

  /// Always the same variant for a session, each as likely as its weight says.
  ///
  /// @param weights the weight of each variant, and of the base as [#BASE]; at least one over 0
  /// @param session what stays the same for a user or a conversation
  record Weighted(Map<String, Integer> weights, String session) implements Selector {
    public Weighted {
      weights = Weights.checked(weights);
    }
  }

  /// A variant by chance, each as likely as its weight says.
  ///
  /// @param weights the weight of each variant, and of the base as [#BASE]; at least one over 0
  /// @param source where the chance comes from
  record Random(Map<String, Integer> weights, RandomGenerator source) implements Selector {
    public Random {
      weights = Weights.checked(weights);
    }
  }
}
