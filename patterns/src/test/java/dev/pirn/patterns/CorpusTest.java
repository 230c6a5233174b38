package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real library of the Loom project, read where it lies.
class CorpusTest {
  private static Tree tree = Tree.of();
  private static PatternLibrary library = PatternLibrary.empty();

  @BeforeAll
  static void readTheCorpus() {
    Path folder = Path.of(System.getProperty("pirn.data", "data"), "loom-patterns");
    Assumptions.assumeTrue(
        Files.isDirectory(folder), "the real pattern files are not on this machine: " + folder);
    tree = Tree.read(folder);
    library = tree.library();
  }

  @Test
  void noFileIsRefused() {
    assertThat(tree.fileDiagnostics().stream().filter(Diagnostic::isError)).isEmpty();
  }
}
