package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTest {
  @TempDir private Path folder;

  @Test
  void exportsOnePackage() {
    assertThat(Yaml.class.getModule().getName()).isEqualTo("dev.pirn.yaml");
    assertThat(Yaml.class.getModule().getDescriptor().exports())
        .extracting(Exports::source)
        .containsExactly("dev.pirn.yaml");
  }

  @Test
  void aRecordOfAClosedPackageIsRefusedWithWhatToDo() throws Exception {
    Class<?> type = compile("module user {}", "record App(int port) {}");
    assertThatThrownBy(() -> Yaml.decoder(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot make a App: open package user.app to dev.pirn.yaml in module-info.java"
                + " (opens user.app to dev.pirn.yaml;)");
  }

  @Test
  void aRecordOfAnOpenPackageIsMade() throws Exception {
    Class<?> type = compile("module user { opens user.app; }", "record App(int port) {}");
    assertThat(Yaml.decoder(type).decode(Golden.content("port: 80")).value())
        .hasToString("App[port=80]");
  }

  @Test
  void aPublicRecordOfAnExportedPackageIsMade() throws Exception {
    Class<?> type = compile("module user { exports user.app; }", "public record App(int port) {}");
    assertThat(Yaml.decoder(type).decode(Golden.content("port: 80")).value())
        .hasToString("App[port=80]");
  }

  /// The class `user.app.App` of a module of its own.
  private Class<?> compile(String module, String record)
      throws IOException, ClassNotFoundException {
    Path moduleFile = Files.writeString(folder.resolve("module-info.java"), module);
    Path recordFile = Files.writeString(folder.resolve("App.java"), "package user.app; " + record);
    Path classes = folder.resolve("classes");
    StringWriter messages = new StringWriter();
    PrintWriter out = new PrintWriter(messages);
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(out, out, "-d", classes.toString(), moduleFile.toString(), recordFile.toString());
    assertThat(result).as(messages.toString()).isZero();
    ModuleLayer parent = ModuleTest.class.getModule().getLayer();
    Configuration configuration =
        parent.configuration().resolve(ModuleFinder.of(classes), ModuleFinder.of(), Set.of("user"));
    return ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(parent), ClassLoader.getSystemClassLoader())
        .layer()
        .findLoader("user")
        .loadClass("user.app.App");
  }
}
