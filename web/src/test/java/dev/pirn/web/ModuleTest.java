package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import org.junit.jupiter.api.Test;

class ModuleTest {
  @Test
  void exportsOnePackage() {
    ModuleDescriptor module = LiveWeb.class.getModule().getDescriptor();
    assertThat(module.name()).isEqualTo("dev.pirn.web");
    assertThat(module.exports()).extracting(Exports::source).containsExactly("dev.pirn.web");
    assertThat(module.exports()).noneMatch(Exports::isQualified);
  }
}
