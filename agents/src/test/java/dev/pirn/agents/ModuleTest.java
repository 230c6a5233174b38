package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import org.junit.jupiter.api.Test;

class ModuleTest {
  @Test
  void exportsOnePackage() {
    ModuleDescriptor module = AgentSpec.class.getModule().getDescriptor();
    assertThat(module.name()).isEqualTo("dev.pirn.agents");
    assertThat(module.exports()).extracting(Exports::source).containsExactly("dev.pirn.agents");
    assertThat(module.exports()).noneMatch(Exports::isQualified);
  }
}
