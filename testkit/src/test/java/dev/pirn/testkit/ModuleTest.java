package dev.pirn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleTest {
  /// As it was built, without what the tests add to it.
  private static final ModuleDescriptor BUILT =
      Recorder.class
          .getModule()
          .getLayer()
          .configuration()
          .findModule("dev.pirn.testkit")
          .orElseThrow()
          .reference()
          .descriptor();

  @Test
  void exportsOnePackageAndKnowsNoTestFramework() {
    assertThat(BUILT.exports())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactly("dev.pirn.testkit");
    assertThat(BUILT.requires())
        .filteredOn(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
        .extracting(ModuleDescriptor.Requires::name)
        .containsExactlyInAnyOrderElementsOf(Set.of("java.base", "dev.pirn.live"));
  }
}
