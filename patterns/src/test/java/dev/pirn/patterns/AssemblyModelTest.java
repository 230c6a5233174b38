package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random edits, one after the other, end in the library that the files at the end make.
class AssemblyModelTest {
  private static final int EDITS = 400;
  private static final int COMPARED_EVERY = 8;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomEditsEndInTheLibraryOfTheFilesAtTheEnd(long seed) {
    Random random = new Random(seed);
    Tree tree = Tree.of();
    Map<Path, Part<PatternFile>> inForce = new TreeMap<>();
    for (int edit = 1; edit <= EDITS; edit++) {
      String path = "d" + random.nextInt(2) + "/f" + random.nextInt(6) + ".yaml";
      Path file = Tree.ROOT.resolve(path);
      if (random.nextInt(4) == 0) {
        tree.remove(path);
        inForce.remove(file);
      } else {
        tree.put(path, content(random));
        inForce.put(file, tree.part(file, edit).orElseThrow());
      }
      if (edit % COMPARED_EVERY == 0) {
        assertThat(assembled(inForce)).as("edit %d", edit).isEqualTo(tree.library());
      }
    }
  }

  private static PatternLibrary assembled(Map<Path, Part<PatternFile>> inForce) {
    List<Part<PatternFile>> parts = List.copyOf(inForce.values());
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
