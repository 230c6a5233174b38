package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest(name = "{0} matches {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "*.yaml        | a.yaml        | true",
        "*.yaml        | x/y/a.yaml    | true",
        "*.yaml        | a.yml         | false",
        "**/*.yaml     | a.yaml        | true",
        "**/*.yaml     | x/y/a.yaml    | true",
        "x/*.yaml      | x/a.yaml      | true",
        "x/*.yaml      | x/y/a.yaml    | false",
        "x/*.yaml      | y/x/a.yaml    | false",
        "x/**          | x/y/a.yaml    | true",
        "x/**          | x             | false",
        "x/            | x/a           | true",
        "x/**/a        | x/a           | true",
        "x/**/a        | x/y/z/a       | true",
        "?.yaml        | a.yaml        | true",
        "?.yaml        | ab.yaml       | false",
        "a?b           | x/a/b         | false",
        "[a-c].yaml    | b.yaml        | true",
        "[!a-c].yaml   | b.yaml        | false",
        "[!a-c].yaml   | d.yaml        | true",
        "[]a]          | ]             | true",
        "x[!a]y        | x/y           | false",
        "*.{yaml,yml}  | a.yml         | true",
        "*.{yaml,yml}  | a.json        | false",
        "{a,b/c}/*.txt | b/c/d.txt     | true",
        "a{b,}c        | ac            | true",
        "a,b           | a,b           | true",
        "a}b           | a}b           | true",
        "\\*.yaml      | *.yaml        | true",
        "\\*.yaml      | a.yaml        | false",
        "a.b           | axb           | false",
        "a+(b)         | a+(b)         | true",
        "a**b          | axyb          | true",
        "a**b          | a/b           | false",
        "A.yaml        | a.yaml        | false",
      })
  void matchesWhatItsTextSays(String glob, String path, boolean matches) {
    assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
  }

  @Test
  void matchesNamesWithNewlines() {
    assertThat(Glob.of("**/*.yaml").matches("x\ny/a\nb.yaml")).isTrue();
  }

  @Test
  void isEqualToAGlobOfTheSameText() {
    assertThat(Glob.of("*.a"))
        .isEqualTo(Glob.of("*.a"))
        .hasSameHashCodeAs(Glob.of("*.a"))
        .isNotEqualTo(Glob.of("*.b"))
        .hasToString("*.a");
  }

  @Test
  void refusesWhatIsNoRelativePattern() {
    refuses("", "a glob is relative and not empty, was \"\"; write \"**/*.yaml\", for example");
    refuses("/a", "a glob is relative and not empty, was \"/a\"; write \"**/*.yaml\", for example");
    refuses("a[b", "the glob \"a[b\" has a \"[\" without a \"]\"");
    refuses("a{b", "the glob \"a{b\" has a \"{\" without a \"}\"");
    refuses("[z-a]", "the glob \"[z-a]\" has a range that runs backwards");
  }

  private static void refuses(String glob, String message) {
    assertThatThrownBy(() -> Glob.of(glob))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
