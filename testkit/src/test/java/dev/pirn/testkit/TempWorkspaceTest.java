package dev.pirn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TempWorkspaceTest {
  @Test
  void isDeletedWithAllThatIsInIt() {
    Path root;
    try (TempWorkspace workspace = TempWorkspace.create()) {
      root = workspace.root();
      Path file = workspace.write("x/y/a.txt", "text");
      assertThat(file).isEqualTo(workspace.path("x/y/a.txt")).hasContent("text");
      assertThat(workspace.folder("z/w")).isDirectory();
      workspace.delete("x");
      workspace.delete("x");
      assertThat(root.resolve("x")).doesNotExist();
      assertThat(root.resolve("z/w")).exists();
      assertThat(workspace).hasToString(root.toString());
    }
    assertThat(root).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void doesNotFollowLinksOut() throws IOException {
    try (TempWorkspace outside = TempWorkspace.create()) {
      Path kept = outside.write("kept.txt", "text");
      try (TempWorkspace workspace = TempWorkspace.create()) {
        Files.createSymbolicLink(workspace.path("link"), outside.root());
      }
      assertThat(kept).exists();
    }
  }

  @Test
  void stoopsToNoPathOutside() {
    try (TempWorkspace workspace = TempWorkspace.create()) {
      assertThatThrownBy(() -> workspace.write("../a.txt", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("\"../a.txt\" leads out of the workspace");
    }
  }
}
