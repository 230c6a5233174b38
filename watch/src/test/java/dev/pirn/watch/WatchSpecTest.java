package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchSpecTest {
  private final WatchSpec tree = WatchSpec.tree(Path.of("/r"));

  @Test
  void coversAllFilesButHiddenAndTemporaryOnes() {
    assertThat(tree.covers("a")).isTrue();
    assertThat(tree.covers("x/a.yaml")).isTrue();
    assertThat(tree.covers(".env")).isFalse();
    assertThat(tree.covers("x/a~")).isFalse();
    assertThat(tree.hidden(true).covers(".env")).isTrue();
    assertThat(tree.hidden(true).covers(".a.swp")).isFalse();
  }

  @Test
  void coversWhatIsIncludedAndNotExcluded() {
    WatchSpec spec = tree.include("**/*.yaml", "*.yml").exclude("old/**", "b.*");
    assertThat(spec.covers("x/a.yaml")).isTrue();
    assertThat(spec.covers("x/a.yml")).isTrue();
    assertThat(spec.covers("x/a.txt")).isFalse();
    assertThat(spec.covers("old/a.yaml")).isFalse();
    assertThat(spec.covers("x/b.yaml")).isFalse();
  }

  @Test
  void doesNotEnterFoldersOfWhichNothingIsCovered() {
    WatchSpec spec = tree.exclude("build/**", "**/target/", "node_modules");
    assertThat(spec.enters("src")).isTrue();
    assertThat(spec.enters("build")).isFalse();
    assertThat(spec.enters("x/build")).isTrue();
    assertThat(spec.enters("x/target")).isFalse();
    assertThat(spec.enters("x/node_modules")).isFalse();
    assertThat(spec.enters(".git")).isFalse();
    assertThat(spec.hidden(true).enters(".git")).isTrue();
  }

  @Test
  void givesTheDebounceOfTheFirstGlobThatMatches() {
    WatchSpec spec =
        tree.debounce(Duration.ofMillis(10))
            .debounce("*.css", Duration.ofMillis(20))
            .debounce("x/**", Duration.ofMillis(30));
    assertThat(spec.debounceFor("a", spec.debounce())).isEqualTo(Duration.ofMillis(10));
    assertThat(spec.debounceFor("x/a.css", spec.debounce())).isEqualTo(Duration.ofMillis(20));
    assertThat(spec.debounceFor("x/a", spec.debounce())).isEqualTo(Duration.ofMillis(30));
  }

  @Test
  void makesRootsAbsoluteAndDropsDoubles() {
    WatchSpec spec = WatchSpec.trees(List.of(Path.of("a"), Path.of("./a"), Path.of("/b")));
    assertThat(spec.roots()).containsExactly(Path.of("a").toAbsolutePath(), Path.of("/b"));
    assertThat(spec.singleFiles()).isFalse();
    assertThat(WatchSpec.files(List.of(Path.of("a"))).singleFiles()).isTrue();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> WatchSpec.trees(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nothing to watch: name at least one path");
    assertThatThrownBy(() -> tree.debounce(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("debounce must be between 0 and 5000 ms, was -1 ms");
    assertThatThrownBy(() -> tree.debounce("*", Duration.ofMillis(5001)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("debounce must be between 0 and 5000 ms, was 5001 ms");
    assertThatThrownBy(() -> Scope.of(WatchSpec.files(List.of(Path.of("/")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"/\" is a folder, not a file");
  }

  @Test
  void watchesSingleFilesThroughTheirFoldersWhateverTheyAreCalled() {
    List<Scope> scopes =
        Scope.of(WatchSpec.files(List.of(Path.of("/x/.a~"), Path.of("/x/b"), Path.of("/y/c"))));
    assertThat(scopes).hasSize(2);
    assertThat(scopes.getFirst().covers(".a~")).isTrue();
    assertThat(scopes.getFirst().covers("c")).isFalse();
    assertThat(scopes.getFirst().enters("d")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a~",
        ".a.swp",
        ".a.swx",
        ".swp",
        "4913",
        "5036",
        ".#a",
        "#a#",
        "a___jb_tmp___",
        "a.yaml___jb_old___",
        "sedAb12cD",
        "XXm9Lq6Q",
        "CuKm8zAB",
        "~$a.docx",
        ".~lock.a.odt#",
        "a.tmp",
        "a.part",
        "a.crdownload",
        ".goutputstream-X1",
        ".a.yaml.Xy12Zw",
        "a\nb~"
      })
  void knowsTheNamesThatToolsUseWhileTheySave(String name) {
    assertThat(SaveNames.temporary(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a.yaml",
        "2024",
        "8080",
        "12345",
        ".env",
        ".env.docker",
        ".env.sample",
        "sediment",
        "seditions",
        "template.yaml",
        "a.temper",
        "#a",
        "swap.sw"
      })
  void takesOtherNamesForWhatTheyAre(String name) {
    assertThat(SaveNames.temporary(name)).isFalse();
  }
}
