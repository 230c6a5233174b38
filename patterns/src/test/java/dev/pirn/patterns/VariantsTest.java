package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariantsTest {
  private final PatternLibrary library =
      Tree.of(
              "a.yaml", Sample.pattern("ask", "c"),
              "b.yaml", Sample.pattern("ask.short", "c"),
              "c.yaml", Sample.pattern("ask.long", "c"),
              "d.yaml", Sample.pattern("ask.long.er", "c"),
              "e.yaml", Sample.pattern("asked", "c"))
          .library();

  @Test
  void theVariantsOfABaseHaveOneMorePart() {
    assertThat(library.variants("ask").stream().map(LoadedPattern::name))
        .containsExactly("ask.long", "ask.short");
    assertThat(library.variants("asked")).isEmpty();
  }

  @Test
  void anExplicitVariantIsTakenAndAnUnknownOneGivesTheBase() {
    assertThat(select(new Selector.Explicit("short"))).isEqualTo("ask.short");
    assertThat(select(new Selector.Explicit("none"))).isEqualTo("ask");
    assertThat(select(new Selector.Explicit(Selector.BASE))).isEqualTo("ask");
    assertThat(library.select("none", new Selector.Explicit("x"))).isEmpty();
  }

  @Test
  void theHashOfASessionAlwaysChoosesTheSameAndSpreadsEvenly() {
    Map<String, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      Selector selector = new Selector.Hash("session-" + i);
      assertThat(select(selector)).isEqualTo(select(selector));
      counts.merge(select(selector), 1, Integer::sum);
    }
    assertThat(counts.keySet()).containsExactly("ask", "ask.long", "ask.short");
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void theHashIsFnv1aOf64Bits() {
    assertThat(Variants.fnv1a("")).isEqualTo(0xcbf29ce484222325L);
    assertThat(Variants.fnv1a("a")).isEqualTo(0xaf63dc4c8601ec8cL);
    assertThat(Variants.fnv1a("foobar")).isEqualTo(0x85944171f73967e8L);
  }

  @Test
  void weightsAreKeptBySessionsAndByChance() {
    Map<String, Integer> canary = Map.of(Selector.BASE, 90, "short", 10, "long", 0);
    long bySession =
        IntStream.range(0, 10_000)
            .filter(i -> select(new Selector.Weighted(canary, "s" + i)).equals("ask.short"))
            .count();
    assertThat(bySession).isBetween(850L, 1150L);
    Selector random = new Selector.Random(canary, new Random(7));
    long byChance =
        IntStream.range(0, 10_000).filter(_ -> select(random).equals("ask.short")).count();
    assertThat(byChance).isBetween(850L, 1150L);
  }

  @Test
  void anUnknownWeightedVariantGivesTheBase() {
    assertThat(select(new Selector.Weighted(Map.of("none", 1), "s"))).isEqualTo("ask");
  }

  @Test
  void weightsMustMakeSense() {
    assertThatThrownBy(() -> new Selector.Weighted(Map.of("a", -1), "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight of \"a\" must not be negative, was -1");
    assertThatThrownBy(() -> new Selector.Weighted(Map.of("a", 0), "s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one weight must be over 0, were {a=0}");
  }

  private String select(Selector selector) {
    return library.select("ask", selector).orElseThrow().name();
  }
}
