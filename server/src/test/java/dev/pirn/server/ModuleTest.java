package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ModuleTest {
  private static final ModuleDescriptor MODULE =
      Objects.requireNonNull(Server.class.getModule().getDescriptor());

  @Test
  void exportsOnePackage() {
    assertThat(MODULE.exports().stream().map(ModuleDescriptor.Exports::toString))
        .containsExactly("dev.pirn.server");
  }

  @Test
  void opensItToTheReaderOfItsConfigurationOnly() {
    // A test run opens more; what was written stands in the source.
    assertThat(MODULE.opens().stream().flatMap(it -> it.targets().stream()))
        .containsExactly("dev.pirn.yaml");
  }
}
