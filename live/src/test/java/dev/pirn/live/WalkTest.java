package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.watch.Watch;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkTest {
  @TempDir Path temp;

  @Test
  void findsWhatTheWatchFindsAndNothingElse() throws IOException {
    Desk desk = new Desk(temp);
    for (String name :
        List.of(
            "a.txt",
            "b.md",
            "x/y/c.txt",
            "x/.d/e.txt",
            ".f.txt",
            "out/g.txt",
            "x/out.txt",
            "x/h.txt~",
            "x/.h.txt.swp",
            "x/tmp/i.tmp",
            "ü/ñ.txt",
            "elsewhere/target.txt")) {
      desk.write(name, "text");
    }
    Files.createSymbolicLink(desk.at("link.txt"), desk.at("a.txt"));
    Files.createSymbolicLink(desk.at("broken.txt"), desk.at("none"));
    Files.createSymbolicLink(desk.at("x/loop"), desk.at("x"));
    Files.createDirectory(desk.at("folder.txt"));
    Files.createSymbolicLink(desk.at("root"), Path.of("x"));
    for (WatchSpec spec :
        List.of(
            WatchSpec.tree(desk.folder),
            WatchSpec.tree(desk.folder).include("**/*.txt").exclude("out/**", "elsewhere"),
            WatchSpec.tree(desk.folder).hidden(true).exclude("x/**"),
            WatchSpec.trees(List.of(desk.at("x/y"), desk.at("out"), desk.at("not there"))),
            WatchSpec.tree(desk.at("root")),
            WatchSpec.files(List.of(desk.at("a.txt"), desk.at("link.txt"))))) {
      try (Watcher watcher = Watcher.open();
          Watch watch = watcher.watch(spec, _ -> {})) {
        assertThat(Walk.files(spec)).containsExactlyElementsOf(watch.files()).isNotEmpty();
        assertThat(watch.files()).allMatch(file -> Walk.covers(spec, file));
      }
    }
  }
}
