package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import org.junit.jupiter.api.Test;

class ModuleTest {
  @Test
  void exportsOnePackageAndOpensItToTheReaderOfYamlOnly() {
    ModuleDescriptor module = Registry.class.getModule().getDescriptor();
    assertThat(module.name()).isEqualTo("dev.pirn.registry");
    assertThat(module.exports()).extracting(Exports::source).containsExactly("dev.pirn.registry");
    assertThat(module.exports()).noneMatch(Exports::isQualified);
  }
}
