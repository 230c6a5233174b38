package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaBuildTest {
  @TempDir private Path temp;
  private Desk desk;
  private JavaBuild build;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
    build = new JavaBuild(desk.at(".pirn/classes"));
  }

  private Decoded<JavaBuild.Built> build(String agent) {
    return build.build((Launch.JavaSources) desk.agent(agent).launch());
  }

  private JavaBuild.Built good(String agent) {
    Decoded<JavaBuild.Built> built = build(agent);
    return Objects.requireNonNull(built.value(), () -> desk.render(built.diagnostics()));
  }

  @Test
  void eachBuildHasAFolderOfItsOwnAndTheOldClassesStay() throws Exception {
    desk.write("agents/a/src/main/java/Agent.java", agent("one"));
    desk.write("agents/a/src/main/java/x/Word.java", word("1"));
    desk.write("agents/a/src/main/resources/x.txt", "resource");
    desk.write("agents/a/src/test/java/Broken.java", "no java");
    desk.write("agents/a/target/Broken.java", "no java");
    JavaBuild.Built first = good("a");
    desk.write("agents/a/src/main/java/x/Word.java", word("2"));
    JavaBuild.Built second = good("a");
    assertThat(run(first)).isEqualTo("one 1 resource");
    assertThat(run(second)).isEqualTo("one 2 resource");
    JavaBuild.discard(first.classes());
    assertThat(first.classes()).doesNotExist();
    assertThat(second.classes()).exists();
  }

  @Test
  void theMainClassMayHaveAPackageAndMayHaveNoClassAtAll() throws Exception {
    desk.write(
        "agents/a/src/x/Go.java", "package x; class Go { void main() { IO.print(\"go\"); } }");
    desk.write("agents/a/agent.yaml", "script: src/x/Go.java\n");
    desk.write("agents/Small.java", "void main() { IO.print(\"small\"); }");
    assertThat(run(good("a"))).isEqualTo("go");
    assertThat(run(good("Small"))).isEqualTo("small");
  }

  @Test
  void allThatIsWrongIsToldWithItsPlaceAndNoClassesAreLeft() throws IOException {
    desk.write("agents/a/Agent.java", "class Agent {\n\tint 🏭 = 5;\n}\n");
    desk.write("agents/a/Other.java", "class Other {\n  Strin name; /* ä */ Strin b;\n}\n");
    assertThat(desk.render(build("a").diagnostics().subList(0, 1)))
        .isEqualTo(
            """
            error[PIRN-A040]: illegal character: '\\ud83c\\udfed'
              --> agents/a/Agent.java:2:6
            2 | \tint 🏭 = 5;
              | \t    ^^
            """);
    desk.write("agents/a/Agent.java", "class Agent {\n\tint x = missing();\n}\n");
    assertThat(build("a").diagnostics())
        .extracting(it -> it.place() + " " + it.message() + " " + it.help())
        .containsExactly(
            desk.at("agents/a/Agent.java")
                + ":2:10 cannot find symbol symbol: method missing(); location: class Agent",
            desk.at("agents/a/Other.java")
                + ":2:3 cannot find symbol symbol: class Strin; location: class Other",
            desk.at("agents/a/Other.java")
                + ":2:23 cannot find symbol symbol: class Strin; location: class Other");
    try (Stream<Path> left = Files.list(desk.at(".pirn/classes"))) {
      assertThat(left).isEmpty();
    }
  }

  private static String agent(String word) {
    return """
    import java.io.*;
    public class Agent {
      public static void main(String[] args) throws IOException {
        try (InputStream in = Agent.class.getResourceAsStream("/x.txt")) {
          System.out.print("WORD " + x.Word.WORD() + " " + new String(in.readAllBytes()));
        }
      }
    }
    """
        .replace("WORD \"", word + " \"");
  }

  private static String word(String word) {
    return "package x; public class Word { public static String WORD() { return \"%s\"; } }"
        .formatted(word);
  }

  private static String run(JavaBuild.Built built) throws Exception {
    Process process = new ProcessBuilder(built.command()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  @Test
  void theCommandIsThatOfTheRunningJava() {
    desk.write("agents/Small.java", "void main() {}");
    assertThat(good("Small").command())
        .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp")
        .endsWith("Small");
  }
}
