package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkshopTest {
  private static final Path WORKSHOP = Desk.HOME.resolve("examples/workshop");

  private final Desk desk = Desk.empty(WORKSHOP);

  @Test
  void nothingIsWrongWithItsPatterns() {
    Ran ran = desk.run("patterns", "validate", "--strict");
    assertThat(ran.out()).isEqualTo("no problems\n");
    assertThat(ran.exit()).isZero();
    assertThat(desk.run("patterns", "list", "--json").array()).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void nothingIsWrongWithItsSettings() {
    Ran ran = desk.run("settings", "validate", "--strict");
    assertThat(ran.out()).isEqualTo("no problems\n");
    assertThat(desk.run("settings", "get", "KLR_RAG_CHUNK_SIZE").out()).isEqualTo("512\n");
  }

  @Test
  void thePairCollidesAsItsReadmeSays() throws IOException {
    Ran ran = desk.run("patterns", "validate", "collision");
    assertThat(ran.exit()).isEqualTo(1);
    assertThat(ran.out())
        .isEqualTo(
            """
            error[PIRN-P020]: the name "late_rows" is already taken
              --> collision/payments/late_rows.yaml:2:7
            2 | name: late_rows
              |       ^^^^^^^^^
              ::: collision/orders/late_rows.yaml:2:7
              = "late_rows" of orders/late_rows.yaml is in force
              help: rename one of them

            1 error
            """);
    assertThat(Files.readString(WORKSHOP.resolve("README.md"))).contains(ran.out().strip());
  }

  @Test
  void itsPageHasAllThatItRefersToAndNothingInline() throws IOException {
    Path web = WORKSHOP.resolve("web");
    String page = Files.readString(web.resolve("index.html"));
    String modules = Files.readString(web.resolve("app.js"));
    List<String> files =
        Stream.of(
                Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page),
                Pattern.compile("(?:from |fetch\\()'(?:\\./)?([a-z]+\\.[a-z]+)'").matcher(modules))
            .flatMap(Matcher::results)
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertThat(files)
        .containsExactlyInAnyOrder("shuttle.svg", "style.css", "app.js", "weave.js", "persona.md")
        .allSatisfy(file -> assertThat(web.resolve(file)).isRegularFile());
    assertThat(page).doesNotContainPattern("<style|<script>| style=| on[a-z]+=");
    assertThat(modules).contains("import.meta.hot?.accept", "hotreload:change");
  }

  @Test
  void whatSomebodyAsksFindsItsPattern() {
    assertThat(first("patterns", "recommend", "some customers are there twice"))
        .isEqualTo("find_duplicate_rows");
    assertThat(first("patterns", "search", "slow query")).isEqualTo("explain_slow_query");
    assertThat(first("patterns", "search", "stack trace")).isEqualTo("read_stack_trace");
  }

  private String first(String group, String command, String words) {
    return desk.run(group, command, words, "--json").array().getJsonObject(0).getString("name");
  }
}
