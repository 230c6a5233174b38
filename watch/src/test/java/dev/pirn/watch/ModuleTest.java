package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModuleTest {
  private static final Module MODULE = Watcher.class.getModule();

  @Test
  void exportsOnePackage() {
    assertThat(MODULE.isNamed()).isTrue();
    assertThat(MODULE.getDescriptor().exports())
        .singleElement()
        .matches(exports -> exports.source().equals("dev.pirn.watch") && !exports.isQualified());
  }

  @Test
  void needsNothingAtRunTimeButTheJdk() {
    assertThat(
            MODULE.getDescriptor().requires().stream()
                .filter(required ->
                    !required.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name))
        .containsExactly("java.base");
  }

  @Test
  void showsTheseTypesAndNoOthers() throws Exception {
    assertThat(publicTypes())
        .containsExactlyInAnyOrder(
            "Backend",
            "Change",
            "ChangeListener",
            "ChangeSet",
            "Glob",
            "Watch",
            "WatchException",
            "WatchProblem",
            "WatchSpec",
            "WatchState",
            "Watcher");
  }

  private static List<String> publicTypes() throws IOException, ClassNotFoundException {
    try (ModuleReader reader =
            MODULE
                .getLayer()
                .configuration()
                .findModule(MODULE.getName())
                .orElseThrow()
                .reference()
                .open();
        Stream<String> names = reader.list()) {
      List<String> found = new java.util.ArrayList<>();
      for (String name :
          names.filter(one -> one.matches("dev/pirn/watch/[A-Za-z]+\\.class")).toList()) {
        Class<?> type = Class.forName(name.replace('/', '.').replaceFirst("\\.class$", ""));
        if (Modifier.isPublic(type.getModifiers())) {
          found.add(type.getSimpleName());
        }
      }
      return found;
    }
  }
}
