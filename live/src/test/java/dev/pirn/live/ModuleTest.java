package dev.pirn.live;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AccessFlag;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleTest {
  /// As it was built, without what the tests add to it.
  private static final ModuleReference BUILT =
      Live.class
          .getModule()
          .getLayer()
          .configuration()
          .findModule("dev.pirn.live")
          .orElseThrow()
          .reference();

  @Test
  void exportsOnePackage() {
    assertThat(BUILT.descriptor().exports().stream().map(ModuleDescriptor.Exports::source))
        .containsExactly("dev.pirn.live");
    assertThat(BUILT.descriptor().exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
  }

  @Test
  void needsTheJdkAndTheWatchOnly() {
    assertThat(
            BUILT.descriptor().requires().stream()
                .filter(r -> !r.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name)
                .collect(toSet()))
        .containsExactlyInAnyOrder("java.base", "jdk.jfr", "dev.pirn.watch");
  }

  @Test
  void hasThesePublicTypes() throws Exception {
    assertThat(publicTypes())
        .containsExactly(
            "Assembler",
            "AtomicFile",
            "Check",
            "Content",
            "Decoded",
            "Decoder",
            "Diagnostic",
            "Following",
            "HistoryEntry",
            "Live",
            "Live$Builder",
            "LiveException",
            "LiveStatus",
            "Nearest",
            "Part",
            "Place",
            "Reload",
            "Reload$Applied",
            "Reload$Rejected",
            "Reload$Unchanged",
            "Rendering",
            "Severity",
            "Snapshot",
            "Source",
            "Subscription",
            "Timings",
            "Trigger",
            "Verdict");
  }

  private static List<String> publicTypes() throws IOException {
    try (ModuleReader reader = BUILT.open()) {
      return reader
          .list()
          .filter(name -> name.startsWith("dev/pirn/live/") && name.endsWith(".class"))
          .map(name -> name.replace('/', '.').replace(".class", ""))
          .map(ModuleTest::load)
          .filter(type -> type.accessFlags().contains(AccessFlag.PUBLIC))
          .filter(type -> type.getNestHost().accessFlags().contains(AccessFlag.PUBLIC))
          .map(type -> type.getName().replace("dev.pirn.live.", ""))
          .sorted()
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ModuleTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
