package dev.pirn.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of `docs/design/0001-shape.md` that the compiler does not enforce by itself.
class ArchitectureTest {
  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.pirn");
  }

  @Test
  void theScanIsNotEmpty() {
    assertThat(all.size()).isGreaterThan(150);
    for (String module :
        Set.of(
            "watch",
            "live",
            "yaml",
            "patterns",
            "registry",
            "agents",
            "web",
            "settings",
            "server",
            "cli",
            "testkit")) {
      assertThat(all.stream().anyMatch(type -> type.getPackageName().equals("dev.pirn." + module)))
          .as(module)
          .isTrue();
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.pirn.(*)..").should().beFreeOfCycles().check(all);
  }

  @Test
  void arrowsPointDownOnly() {
    maySee("watch", "watch");
    maySee("live", "watch", "live");
    maySee("yaml", "watch", "live", "yaml");
    maySee("patterns", "watch", "live", "yaml", "patterns");
    maySee("settings", "watch", "live", "yaml", "settings");
    maySee("registry", "watch", "live", "yaml", "registry");
    maySee("agents", "watch", "live", "yaml", "settings", "agents");
    maySee("web", "watch", "live", "web");
    maySee("web.text", "web.text");
    maySee(
        "server",
        "watch",
        "live",
        "yaml",
        "patterns",
        "registry",
        "settings",
        "agents",
        "web",
        "server");
    maySee("testkit", "watch", "live", "testkit");
  }

  @Test
  void thePartsOfAgentsKnowNothingOfAgentsNorOfOneAnother() {
    maySee("agents.process", "agents.process");
    maySee("agents.front", "agents.front");
    // It writes files as everybody does.
    maySee("agents.state", "agents.state", "live");
  }

  private static void maySee(String module, String... modules) {
    String[] allowed =
        java.util.Arrays.stream(modules)
            .map(name -> "dev.pirn." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.pirn." + module + "..")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.resideInAPackage("dev.pirn..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed))))
        .check(all);
  }

  @Test
  void watchAndLiveNeedOnlyTheJdk() {
    classes()
        .that()
        .resideInAnyPackage("dev.pirn.watch..", "dev.pirn.live..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.pirn.watch..",
            "dev.pirn.live..",
            "java..",
            "jdk.jfr..",
            "org.jspecify.annotations..",
            "com.google.errorprone.annotations..")
        .check(all);
  }

  @Test
  void onlyWatchTouchesTheWatchService() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pirn.watch..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.file.WatchService")
        .check(all);
  }

  @Test
  void nobodySleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(all);
    noClasses().should().callMethod(Thread.class, "sleep", java.time.Duration.class).check(all);
  }

  @Test
  void onlyAgentsStartProcesses() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.pirn.agents..")
        .and()
        // A server that is to outlive the command which starts it is no agent of it.
        .doNotHaveFullyQualifiedName("dev.pirn.cli.Detached")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .check(all);
  }

  @Test
  void standardStreamsBelongToTheConsole() {
    noClasses()
        .that(
            DescribedPredicate.not(
                JavaClass.Predicates.resideInAPackage("dev.pirn.cli")
                    .and(JavaClass.Predicates.simpleName("Console"))))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(all);
  }

  @Test
  void onlyTheMainClassEndsTheProcess() {
    noClasses()
        .that(DescribedPredicate.not(JavaClass.Predicates.simpleName("Main")))
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(all);
  }

  @Test
  void librariesLogThroughTheSystemLogger() {
    noClasses()
        .that()
        // The distribution chooses a backend; a library must not.
        .resideOutsideOfPackage("dev.pirn.cli")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(all);
  }

  @Test
  void nobodyThrowsExceptionsWithoutAMeaning() {
    noClasses()
        .that()
        // Our own exceptions call their parent's constructor.
        .areNotAssignableTo(Exception.class)
        .should()
        .callConstructor(RuntimeException.class)
        .orShould()
        .callConstructor(RuntimeException.class, String.class)
        .orShould()
        .callConstructor(RuntimeException.class, Throwable.class)
        .orShould()
        .callConstructor(RuntimeException.class, String.class, Throwable.class)
        .orShould()
        .callConstructor(Exception.class, String.class)
        .check(all);
  }

  @Test
  void publicClassesAreFinalUnlessTheyAreMadeForMore() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotAnnotations()
        .should(beFinalOrAbstract())
        .check(all);
  }

  private static ArchCondition<JavaClass> beFinalOrAbstract() {
    return new ArchCondition<>("be final or abstract") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean fine =
            type.getModifiers().contains(JavaModifier.FINAL)
                || type.getModifiers().contains(JavaModifier.ABSTRACT)
                || type.isEnum();
        events.add(new SimpleConditionEvent(type, fine, type.getName()));
      }
    };
  }

  @Test
  void nothingIsNamedAfterNothing() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .check(all);
  }

  @Test
  void everyPackageIsNullMarked() {
    all.stream()
        .map(JavaClass::getPackage)
        .distinct()
        .forEach(pack ->
            assertThat(pack.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .as(pack.getName())
                .isTrue());
  }

  @Test
  void constantsDoNotChange() {
    classes()
        .should(
            new ArchCondition<JavaClass>("have no static field that is not final") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getFields().stream()
                    .filter(field ->
                        Modifier.isStatic(field.reflect().getModifiers())
                            && !Modifier.isFinal(field.reflect().getModifiers()))
                    .forEach(field ->
                        events.add(SimpleConditionEvent.violated(field, field.getFullName())));
              }
            })
        .check(all);
  }

  @Test
  void nothingIsFinalized() {
    noMethods().should().haveName("finalize").check(all);
  }
}
