package dev.pirn.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The public API of each module as text in `checks/api`, so that a change of it is seen in review.
/// `./build -Dpirn.api.write` writes the files anew.
class PublicApiTest {
  private static final Path HOME = Path.of(System.getProperty("pirn.home", ".."));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch",
        "live",
        "yaml",
        "patterns",
        "registry",
        "agents",
        "settings",
        "web",
        "server",
        "testkit"
      })
  void isWhatTheFileSays(String module) throws IOException {
    String actual = String.join("\n", api("dev.pirn." + module)) + "\n";
    Path file = HOME.resolve("checks/api/" + module + ".txt");
    if (System.getProperty("pirn.api.write") != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, actual);
    }
    assertThat(file)
        .as("run ./build -Dpirn.api.write when the change of the API is meant")
        .content()
        .isEqualTo(actual);
  }

  private static List<String> api(String name) {
    List<String> lines = new ArrayList<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(name)
            .stream()
            .filter(type -> type.getPackageName().equals(name))
            .map(JavaClass::reflect)
            .filter(PublicApiTest::visible)
            .sorted(java.util.Comparator.comparing(Class::getName))
            .forEach(type -> describe(type, lines));
    assertThat(lines).isNotEmpty();
    return lines;
  }

  private static boolean visible(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return Modifier.isPublic(type.getModifiers()) && (outer == null || visible(outer));
  }

  private static void describe(Class<?> type, List<String> lines) {
    lines.add(type.toGenericString());
    TreeSet<String> members = new TreeSet<>();
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      add(constructor, members);
    }
    for (Method method : type.getDeclaredMethods()) {
      add(method, members);
    }
    for (Field field : type.getDeclaredFields()) {
      if (open(field)) {
        members.add("  " + field.toGenericString());
      }
    }
    lines.addAll(members);
  }

  private static void add(Executable member, TreeSet<String> members) {
    if (open(member) && !member.isSynthetic()) {
      members.add("  " + member.toGenericString());
    }
  }

  private static boolean open(Member member) {
    int open = Modifier.PUBLIC | Modifier.PROTECTED;
    return (member.getModifiers() & open) != 0;
  }
}
