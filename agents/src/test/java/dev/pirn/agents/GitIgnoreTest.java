package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds exclude lists to what git does with the same lines.
class GitIgnoreTest {
  private static final int ROUNDS = 250;
  private static final List<String> NAMES =
      List.of("a", "b", "ab", "abc", "a.py", "b.py", "build", "x.txt");

  /// Not `a**/b`: git documents that its stars stay within a name, and lets them cross folders.
  private static final List<String> WILD =
      List.of(
          "*",
          "?",
          "a*",
          "*.py",
          "[ab]",
          "[!a]*",
          "[a-c].py",
          "**",
          "*b*",
          "b?ild",
          "**a",
          "***",
          "a\\*",
          "*.t?t");

  @TempDir private Path temp;

  @Test
  void aListExcludesWhatGitIgnores() throws Exception {
    assumeTrue(git("--version").isPresent(), "git is not installed");
    Path root = temp.toRealPath();
    assertThat(git("init", "-q").orElseThrow()).isEmpty();
    int ignored = 0;
    for (long seed = 1; seed <= ROUNDS; seed++) {
      Random random = new Random(seed);
      List<String> lines = lines(random);
      Set<String> paths = paths(random);
      Files.write(root.resolve(".gitignore"), lines);
      Set<String> expected = ignored(paths);
      PatternList list =
          new PatternList(
              lines.stream().map(it -> new PathPattern(it, root, "here", null)).toList());
      Set<String> found = new TreeSet<>();
      for (String path : paths) {
        if (list.excluding(root + "/" + path) != null) {
          found.add(path);
        }
      }
      assertThat(found).as("seed %d, lines %s", seed, lines).isEqualTo(expected);
      ignored += found.size();
    }
    assertThat(ignored).as("so that the comparison means something").isGreaterThan(ROUNDS);
  }

  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(1, 7); i > 0; i--) {
      StringBuilder line = new StringBuilder(random.nextInt(4) == 0 ? "!" : "");
      line.append(random.nextInt(4) == 0 ? "/" : "");
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        line.append(one(random, random.nextInt(3) == 0 ? WILD : NAMES)).append(j > 1 ? "/" : "");
      }
      lines.add(line.append(random.nextInt(4) == 0 ? "/" : "").toString());
    }
    return lines;
  }

  private static Set<String> paths(Random random) {
    Set<String> paths = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      List<String> names = new ArrayList<>();
      for (int j = random.nextInt(1, 5); j > 0; j--) {
        names.add(one(random, NAMES));
      }
      paths.add(String.join("/", names));
    }
    return paths;
  }

  private static String one(Random random, List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private Set<String> ignored(Set<String> paths) throws Exception {
    Path list = temp.resolve("paths.in");
    Files.writeString(list, String.join("\n", paths) + "\n");
    ProcessBuilder builder = builder("check-ignore", "--no-index", "--stdin");
    Process process = builder.redirectInput(list.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return new TreeSet<>(out.lines().toList());
  }

  private java.util.Optional<String> git(String... command) throws InterruptedException {
    try {
      Process process = builder(command).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0
          ? java.util.Optional.of(out)
          : java.util.Optional.empty();
    } catch (IOException e) {
      return java.util.Optional.empty();
    }
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(command)).toList());
    builder.directory(temp.toFile()).redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("HOME", temp.toString());
    builder.environment().put("XDG_CONFIG_HOME", temp.toString());
    return builder;
  }
}
