package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Part;
import dev.pirn.live.Snapshot;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plans against a model: what a page that applies them has, however late and however seldom it
/// asks, is what the folder has.
class StandingTest {
  private static final Path ROOT = Path.of("/web");

  /// A file of the model: what it says, since when, and what it refers to.
  private record Made(String digest, long since, List<String> references) {}

  private static Part<WebFile> part(String url, Made made) {
    Path file = ROOT.resolve(url.substring(1));
    WebFile web = new WebFile(url, file, FileKind.of(url), 1, null, null, made.references());
    return new Part<>(ROOT, file, web, made.digest(), made.since());
  }

  private static Snapshot<Tree> snapshot(long seq, Map<String, Made> files) {
    List<Part<WebFile>> parts = new ArrayList<>();
    new TreeMap<>(files).forEach((url, made) -> parts.add(part(url, made)));
    Tree tree = Tree.assemble(parts).value();
    return new Snapshot<>(tree, seq, "d" + seq, Instant.EPOCH, Set.of());
  }

  static List<Long> seeds() {
    Long seed = Long.getLong("pirn.seed");
    int runs = Integer.getInteger("pirn.simulations", 200);
    return seed != null
        ? List.of(seed)
        : IntStream.range(0, runs).mapToObj(i -> 20261122L + i).toList();
  }

  /// A page: what it has, and up to where it was told.
  private static final class Page {
    final Map<String, String> has = new HashMap<>();
    long told;

    Page(Standing standing) {
      told = standing.seq();
      standing.tree().files().forEach((url, part) -> has.put(url, part.digest()));
    }

    void take(Standing standing) {
      Plan plan = standing.plan(told);
      assertThat(plan.reload()).isNull();
      for (Plan.File file : plan.files()) {
        boolean had = has.containsKey(file.url());
        switch (file.operation()) {
          case ADDED -> has.put(file.url(), file.digest());
          case MODIFIED -> {
            assertThat(had).as("%s was there, said %s", file.url(), plan).isTrue();
            has.put(file.url(), file.digest());
          }
          case DELETED -> has.remove(file.url());
        }
      }
      told = standing.seq();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whoTakesEachPlanHasWhatTheFolderHas(long seed) {
    Random random = new Random(seed);
    List<String> urls =
        IntStream.range(0, 12).mapToObj(i -> "/f" + i + (i % 2 == 0 ? ".js" : ".css")).toList();
    Map<String, Made> disk = new HashMap<>();
    Standing standing = Standing.first(snapshot(1, disk));
    List<Page> pages = new ArrayList<>(List.of(new Page(standing), new Page(standing)));
    for (long seq = 2; seq < 60; seq++) {
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        String url = urls.get(random.nextInt(urls.size()));
        if (random.nextInt(4) == 0) {
          disk.remove(url);
        } else {
          List<String> references =
              random
                  .ints(random.nextInt(3), 0, urls.size())
                  .distinct()
                  .mapToObj(urls::get)
                  .toList();
          disk.put(url, new Made("d" + seed + "-" + seq + "-" + edits, seq, references));
        }
      }
      standing = standing.next(snapshot(seq, disk));
      for (Page page : pages) {
        if (random.nextInt(4) == 0) {
          page.take(standing);
        }
      }
      if (random.nextInt(10) == 0) {
        pages.add(new Page(standing));
      }
      versionsAreThoseOfTheReachable(standing, disk);
      importersAreAllWhoReach(standing, disk, random.nextLong(seq));
    }
    Map<String, String> expected = new HashMap<>();
    disk.forEach((url, made) -> expected.put(url, made.digest()));
    for (Page page : pages) {
      page.take(standing);
      assertThat(page.has).as("seed %d", seed).isEqualTo(expected);
      assertThat(standing.difference(page.has).isEmpty()).isTrue();
    }
  }

  private static void versionsAreThoseOfTheReachable(Standing standing, Map<String, Made> disk) {
    disk.forEach((url, made) -> {
      long greatest = 0;
      for (String reached : reachable(url, disk)) {
        Made there = disk.get(reached);
        greatest = Math.max(greatest, there == null ? 0 : there.since());
      }
      // What is gone counts too: who refers to it is not what it was.
      assertThat(standing.version(url)).isGreaterThanOrEqualTo(greatest);
      if (disk.keySet().containsAll(reachable(url, disk))) {
        assertThat(standing.version(url)).as(url).isEqualTo(greatest);
      }
    });
  }

  private static void importersAreAllWhoReach(
      Standing standing, Map<String, Made> disk, long since) {
    Plan plan = standing.plan(since);
    for (Plan.File file : plan.files()) {
      for (String url : disk.keySet()) {
        if (!url.equals(file.url()) && reachable(url, disk).contains(file.url())) {
          assertThat(climb(file.url(), plan.importers())).as(plan.toString()).contains(url);
        }
      }
    }
  }

  private static Set<String> reachable(String url, Map<String, Made> disk) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(url));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next) && disk.get(next) != null) {
        open.addAll(disk.get(next).references());
      }
    }
    return seen;
  }

  private static Set<String> climb(String url, Map<String, List<String>> importers) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(List.of(url));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (seen.add(next)) {
        open.addAll(importers.getOrDefault(next, List.of()));
      }
    }
    return seen;
  }

  @Test
  void whatCameAndWentMeanwhileIsToldAsGone() {
    Standing standing = Standing.first(snapshot(1, Map.of()));
    standing = standing.next(snapshot(2, Map.of("/a.css", new Made("x", 2, List.of()))));
    standing = standing.next(snapshot(3, Map.of()));

    assertThat(standing.plan(2).toString()).isEqualTo("plan 2..3 deleted /a.css");
    assertThat(standing.plan(1).toString()).isEqualTo("plan 1..3 deleted /a.css");
    assertThat(standing.plan(3).isEmpty()).isTrue();
  }

  @Test
  void moreThanAThousandFilesAreAReload() {
    Map<String, Made> many = new HashMap<>();
    for (int i = 0; i < 1_001; i++) {
      many.put("/f" + i + ".css", new Made("d" + i, 2, List.of()));
    }
    Standing standing = Standing.first(snapshot(1, Map.of())).next(snapshot(2, many));

    assertThat(standing.plan(1).json())
        .isEqualTo(
            new JsonObject(
                "{\"t\":\"plan\",\"seq\":2,\"since\":1,\"reload\":\"1,001 files have changed\"}"));
  }

  @Test
  void whoWasAwayForLongerThanWhatIsRememberedLoadsAnew() {
    Standing standing = Standing.first(snapshot(1, Map.of()));
    long seq = 2;
    for (int round = 0; round < 11; round++) {
      Map<String, Made> many = new HashMap<>();
      for (int i = 0; i < 1_000; i++) {
        many.put("/r%d-%d.css".formatted(round, i), new Made("d", seq, List.of()));
      }
      standing = standing.next(snapshot(seq++, many));
    }
    assertThat(standing.plan(1).reload()).isEqualTo("11,000 files have changed");
    standing = standing.next(snapshot(seq++, Map.of()));
    assertThat(standing.plan(1).reload()).isEqualTo("more files have gone than are remembered");
  }
}
