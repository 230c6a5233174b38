package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Random programs on the real disk: after each step that has been taken up, two sources that share
/// a watcher are as a simple model of them says. `-Dpirn.programs=N` runs more programs,
/// `-Dpirn.seed=S` begins with that one.
class ModelTest {
  private static final int STEPS = 60;
  private static final int KEEP = 20;

  @TempDir Path temp;

  @Test
  @Timeout(value = 8, unit = TimeUnit.HOURS)
  void everyProgramEndsEachStepAsTheModelDoes() {
    long first = Long.getLong("pirn.seed", System.nanoTime());
    for (int i = 0; i < Integer.getInteger("pirn.programs", 4); i++) {
      new Program(new Desk(temp), "p" + i, first + i).run();
    }
  }

  /// A source and what it must be like.
  private record Pair(Live<SortedMap<String, String>> live, Oracle oracle) {}

  private static final class Program {
    private final Desk desk;
    private final String folder;
    private final long seed;
    private final Random random;
    private final boolean strict;
    private final SortedMap<String, String> disk = new TreeMap<>();
    private final List<String> steps = new ArrayList<>();
    private int texts;
    private boolean disturbed;

    Program(Desk desk, String folder, long seed) {
      this.desk = desk;
      this.folder = folder;
      this.seed = seed;
      this.random = new Random(seed);
      this.strict = random.nextInt(3) == 0;
    }

    void run() {
      write("keep.txt", "v0");
      Source<SortedMap<String, String>> source =
          Desk.tree(WatchSpec.tree(desk.at(folder)).include("**/*.txt"));
      try (Watcher watcher = Watcher.open();
          Live<SortedMap<String, String>> one = open(source.strict(strict), watcher);
          Live<SortedMap<String, String>> two = open(source, watcher)) {
        List<Pair> pairs =
            List.of(
                new Pair(one, new Oracle(disk, strict, KEEP)),
                new Pair(two, new Oracle(disk, false, KEEP)));
        for (int i = 0; i < STEPS && !disturbed; i++) {
          step(pairs);
        }
      } catch (AssertionError e) {
        throw new AssertionError(
            "program with -Dpirn.seed=%d, strict %s, after:%n  %s%n%s"
                .formatted(seed, strict, String.join("\n  ", steps), e.getMessage()),
            e);
      }
    }

    private static Live<SortedMap<String, String>> open(
        Source<SortedMap<String, String>> source, Watcher watcher) {
      return Live.of(source)
          .check(all ->
              all.values().stream().anyMatch(Oracle::refused)
                  ? Verdict.refuse("a file says no")
                  : Verdict.ok())
          .watcher(watcher)
          .keep(KEEP)
          .open();
    }

    private void step(List<Pair> pairs) {
      // What is done to several files may be seen in several sets. Their order does not matter only
      // while nothing can be refused as a whole.
      boolean free =
          !strict
              && disk.values().stream().noneMatch(Oracle::refused)
              && pairs.stream()
                  .noneMatch(pair ->
                      pair.oracle.holdsBack()
                          || pair.oracle.inForce().values().stream().anyMatch(Oracle::refused));
      int choice = random.nextInt(100);
      boolean several = free && choice >= 70;
      if (choice < 10) {
        steps.add("reload");
        pairs.forEach(pair -> {
          Reload<?> outcome = pair.live.reload();
          pair.oracle.reload(disk);
          if (outcome.diagnostics().stream().anyMatch(d -> d.code().equals(Codes.BEING_WRITTEN))) {
            // Nobody writes: the system has lost events, and the watch looks at all files again.
            assertThat(pair.live.status().watch().resyncs()).isPositive();
            disturbed = true;
          }
        });
        if (disturbed) {
          return;
        }
      } else if (choice < 20) {
        pairs.forEach(this::rollback);
      } else {
        steps.add(several ? several() : single());
        pairs.forEach(pair -> pair.oracle.change(disk));
      }
      pairs.forEach(pair -> {
        Desk.sync(pair.live);
        compare(pair.live, pair.oracle, several);
      });
    }

    private void rollback(Pair pair) {
      long back = pair.live.generation() - random.nextInt(KEEP + 5);
      if (pair.oracle.knows(back) || !pair.oracle.kept(back)) {
        steps.add("roll back to " + back);
        Reload<?> outcome = pair.live.rollback(back);
        assertThat(outcome instanceof Reload.Rejected).isEqualTo(!pair.oracle.kept(back));
        if (pair.oracle.kept(back)) {
          pair.oracle.rollback(back);
        }
      }
    }

    private void compare(Live<SortedMap<String, String>> live, Oracle oracle, boolean several) {
      assertThat(live.get()).as("value").isEqualTo(oracle.inForce());
      assertThat(live.quarantined().keySet().stream().map(this::relative))
          .as("quarantine")
          .containsExactlyElementsOf(oracle.quarantine());
      long least = oracle.generation() + (oracle.changed() ? 1 : 0);
      // Where the system has lost events, what changed at once may come in parts.
      boolean parts = several || live.status().watch().resyncs() > 0;
      assertThat(live.generation()).as("generation").isBetween(least, least + (parts ? 9 : 0));
      oracle.entered(live.generation());
    }

    private String relative(Path file) {
      return desk.at(folder).relativize(file).toString();
    }

    private String single() {
      String name = name();
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          if (disk.remove(name) != null) {
            desk.delete(folder + "/" + name);
          }
          return "delete " + name;
        }
        case 2 -> {
          if (disk.containsKey(name)) {
            String text = disk.get(name);
            desk.write(folder + "/" + name, text);
            return "write the same to " + name;
          }
          return "nothing";
        }
        case 3 -> {
          if (disk.containsKey(name)) {
            desk.delete(folder + "/" + name);
          }
          return "delete and make anew: " + write(name, text());
        }
        case 4, 5 -> {
          String text = text();
          desk.write(folder + "/beside", text);
          desk.move(folder + "/beside", made(folder + "/" + name));
          disk.put(name, text);
          return "rename " + text + " into " + name;
        }
        default -> {
          return "write " + write(name, text());
        }
      }
    }

    private String several() {
      switch (random.nextInt(4)) {
        case 0 -> {
          String from = name();
          String to = name();
          if (!from.equals(to) && disk.containsKey(from)) {
            desk.move(folder + "/" + from, made(folder + "/" + to));
            disk.put(to, disk.remove(from));
            return "move " + from + " to " + to;
          }
          return "nothing";
        }
        case 1 -> {
          List<String> inside = disk.keySet().stream().filter(n -> n.startsWith("d/")).toList();
          if (!inside.isEmpty() && disk.keySet().stream().noneMatch(n -> n.startsWith("e/"))) {
            removeIfThere(folder + "/e");
            desk.move(folder + "/d", folder + "/e");
            inside.forEach(n -> disk.put("e/" + n.substring(2), disk.remove(n)));
            return "move folder d to e";
          }
          return "nothing";
        }
        case 2 -> {
          removeIfThere(folder + "/e");
          disk.keySet().removeIf(n -> n.startsWith("e/"));
          return "delete folder e";
        }
        default -> {
          List<String> said = new ArrayList<>();
          SortedMap<String, String> changes = new TreeMap<>();
          for (int i = 0; i < 4; i++) {
            changes.put(name(), "v" + ++texts);
          }
          changes.forEach((name, text) -> said.add(write(name, text)));
          return "write " + said;
        }
      }
    }

    private void removeIfThere(String name) {
      if (Files.exists(desk.at(name))) {
        desk.delete(name);
      }
    }

    private String made(String name) {
      desk.at(name).getParent().toFile().mkdirs();
      return name;
    }

    private String write(String name, String text) {
      desk.write(folder + "/" + name, text);
      disk.put(name, text);
      return text + " to " + name;
    }

    private String name() {
      return List.of("a.txt", "b.txt", "d/c.txt", "d/d.txt", "e/f.txt", "g/h/i.txt")
          .get(random.nextInt(6));
    }

    private String text() {
      return switch (random.nextInt(12)) {
        case 0, 1 -> "!" + ++texts;
        case 2 -> "";
        case 3 -> "no" + ++texts;
        case 4, 5 -> "v" + Math.max(1, texts - random.nextInt(4));
        default -> "v" + ++texts;
      };
    }
  }
}
