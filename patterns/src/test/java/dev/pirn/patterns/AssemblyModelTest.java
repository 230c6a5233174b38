package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random edits, one after the other, end in the library that the files at the end make; and the
/// events of each edit lead from the names before to those after it.
class AssemblyModelTest {
  private static final int EDITS = 400;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomEditsEndInTheLibraryOfTheFilesAtTheEnd(long seed) {
    Random random = new Random(seed);
    Tree tree = Tree.of();
    Map<String, Part<PatternFile>> inForce = new HashMap<>();
    for (int edit = 1; edit <= EDITS; edit++) {
      String path = "d" + random.nextInt(2) + "/f" + random.nextInt(6) + ".yaml";
      if (random.nextInt(4) == 0) {
        tree.remove(path);
        inForce.remove(path);
      } else {
        tree.put(path, content(random));
        for (Part<PatternFile> part : tree.parts()) {
          String changed = Tree.ROOT.relativize(part.file()).toString();
          if (changed.equals(path)) {
            inForce.put(
                path, new Part<>(part.root(), part.file(), part.value(), part.digest(), edit));
          }
        }
      }
      assertThat(assembled(inForce)).as("edit %d", edit).isEqualTo(tree.library());
    }
  }

  private static PatternLibrary assembled(Map<String, Part<PatternFile>> inForce) {
    List<Part<PatternFile>> parts = new ArrayList<>(inForce.values());
    parts.sort(Comparator.comparing(Part::file));
    PatternLibrary library = new PatternAssembler(false).assemble(parts).value();
    assertThat(library).isNotNull();
    return library;
  }

  private static String content(Random random) {
    String name = "n" + random.nextInt(5);
    return random.nextInt(3) == 0
        ? Sample.bundle(
            "b", Sample.entry(name, "t" + random.nextInt(3)) + Sample.entry("only", "t"))
        : Sample.pattern(
            name, "c" + random.nextInt(3), "related_patterns: [n" + random.nextInt(7) + "]");
  }
}
