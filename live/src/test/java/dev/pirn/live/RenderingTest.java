package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private static final Path BASE = Path.of("/srv/shop");
  private static final Path FILE = BASE.resolve("config/app.yaml");

  private static final Diagnostic FULL =
      Diagnostic.error(
              "PIRN-C012", new Place(FILE, 14, 3, 4, "  prot: 8080"), "unknown key \"prot\"")
          .hint("did you mean \"port\"?")
          .related(
              List.of(new Place(FILE, 2, 1, 6, "server:"), Place.of(BASE.resolve("schema.json"))))
          .inForce("the running configuration is unchanged (version 6)")
          .help("rename the key, or list it under \"extra-keys\"");

  private static Diagnostic at(int column, int length, String text) {
    return Diagnostic.warning("PIRN-C001", new Place(FILE, 7, column, length, text), "look");
  }

  private static String plain(Diagnostic diagnostic) {
    return Rendering.plain().relativeTo(BASE).render(diagnostic);
  }

  @Test
  void plainTextHasItsFivePartsInOrder() {
    assertThat(plain(FULL))
        .isEqualTo(
            """
            error[PIRN-C012]: unknown key "prot"
              --> config/app.yaml:14:3
            14 |   prot: 8080
               |   ^^^^ did you mean "port"?
              ::: config/app.yaml:2:1
              ::: schema.json
              = the running configuration is unchanged (version 6)
              help: rename the key, or list it under "extra-keys"
            """);
  }

  @Test
  void ansiTextIsColoured() {
    assertThat(Rendering.ansi().relativeTo(BASE).render(FULL).replace("\u001b", "<ESC>"))
        .isEqualTo(
            """
            <ESC>[1;31merror[PIRN-C012]<ESC>[0m: unknown key "prot"
              --> <ESC>[36mconfig/app.yaml:14:3<ESC>[0m
            14 |   prot: 8080
               |   <ESC>[1;31m^^^^<ESC>[0m did you mean "port"?
              ::: <ESC>[36mconfig/app.yaml:2:1<ESC>[0m
              ::: <ESC>[36mschema.json<ESC>[0m
              = the running configuration is unchanged (version 6)
              help: rename the key, or list it under "extra-keys"
            """);
    assertThat(Rendering.ansi().line(at(1, 1, "x")).replace("\u001b", "<ESC>"))
        .isEqualTo(
            "<ESC>[36m/srv/shop/config/app.yaml:7:1<ESC>[0m: <ESC>[1;33mwarning[PIRN-C001]<ESC>[0m: look");
    assertThat(Rendering.ansi().line(Diagnostic.info("I-1", null, "x")).replace("\u001b", "<ESC>"))
        .isEqualTo("<ESC>[1;34minfo[I-1]<ESC>[0m: x");
  }

  @Test
  void htmlIsEscaped() {
    Diagnostic diagnostic =
        Diagnostic.error(
                "PIRN-C012",
                new Place(FILE, 1, 2, 3, "a<b> & \"c\""),
                "<script>alert('1')</script>")
            .hint("<i>")
            .inForce("a & b")
            .help("\"quoted\"");
    assertThat(Rendering.html().relativeTo(BASE).render(diagnostic))
        .isEqualTo(
            """
            <span class="error">error[PIRN-C012]</span>: &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;
              --> <span class="place">config/app.yaml:1:2</span>
            1 | a&lt;b&gt; &amp; &quot;c&quot;
              |  <span class="error mark">^^^</span> &lt;i&gt;
              = a &amp; b
              help: &quot;quoted&quot;
            """);
  }

  @Test
  void oneLineNamesPlaceAndKind() {
    Rendering plain = Rendering.plain().relativeTo(BASE);
    assertThat(plain.line(FULL))
        .isEqualTo("config/app.yaml:14:3: error[PIRN-C012]: unknown key \"prot\"");
    assertThat(plain.line(Diagnostic.error("E-1", Place.of(FILE), "gone")))
        .isEqualTo("config/app.yaml: error[E-1]: gone");
    assertThat(plain.line(Diagnostic.error("E-1", null, "nowhere")))
        .isEqualTo("error[E-1]: nowhere");
  }

  @Test
  void aWholeFileHasNoSourceLine() {
    assertThat(plain(Diagnostic.error("E-1", Place.of(FILE), "gone").help("create it")))
        .isEqualTo(
            """
            error[E-1]: gone
              --> config/app.yaml
              help: create it
            """);
  }

  @Test
  void severalAreParted() {
    assertThat(
            Rendering.plain()
                .render(
                    List.of(
                        Diagnostic.error("E-1", null, "one"), Diagnostic.info("I-1", null, "two"))))
        .isEqualTo(
            """
            error[E-1]: one

            info[I-1]: two
            """);
    assertThat(Rendering.plain().render(List.of())).isEmpty();
  }

  @Test
  void tabsKeepTheMarkBelowItsText() {
    assertThat(plain(at(3, 3, "\t\tkey: 1")))
        .isEqualTo(
            """
            warning[PIRN-C001]: look
              --> config/app.yaml:7:3
            7 | \t\tkey: 1
              | \t\t^^^
            """);
  }

  @Test
  void columnsCountCodePointsAndMarksCountWhatATerminalShows() {
    assertThat(plain(at(4, 2, "日本=🎉x")))
        .isEqualTo(
            """
            warning[PIRN-C001]: look
              --> config/app.yaml:7:4
            7 | 日本=🎉x
              |      ^^^
            """);
    // An e with a separate accent takes one column.
    assertThat(plain(at(3, 1, "e\u0301x")))
        .isEqualTo(
            """
            warning[PIRN-C001]: look
              --> config/app.yaml:7:3
            7 | e\u0301x
              |  ^
            """);
  }

  @Test
  void aMarkBehindTheLineStandsAtItsEnd() {
    assertThat(plain(at(99, 5, "ab")))
        .isEqualTo(
            """
            warning[PIRN-C001]: look
              --> config/app.yaml:7:99
            7 | ab
              |   ^
            """);
    assertThat(plain(at(1, 1, ""))).endsWith("7 | \n  | ^\n");
    assertThat(plain(at(2, 99, "abc"))).endsWith("7 | abc\n  |  ^^\n");
  }

  @Test
  void nothingInAFileCanSteerATerminalOrForgeALine() {
    String evil = "\u001b[2J\r\nerror: forged\u0000\u009b31m\u202egnp\u2028x\ufeff\ud800";
    String harmless =
        "\\u001b[2J\\r\\nerror: forged\\u0000\\u009b31m\\u202egnp\\u2028x\\ufeff\\ud800";
    Diagnostic diagnostic =
        Diagnostic.error("E-1", Place.of(BASE.resolve("a\nb\u001b.txt")), evil)
            .inForce(evil)
            .help(evil);
    assertThat(plain(diagnostic))
        .isEqualTo(
            """
            error[E-1]: %1$s
              --> a\\nb\\u001b.txt
              = %1$s
              help: %1$s
            """
                .formatted(harmless));
    assertThat(Rendering.plain().relativeTo(BASE).line(diagnostic))
        .isEqualTo("a\\nb\\u001b.txt: error[E-1]: " + harmless);
    // The mark stands below what is shown, not below what was there.
    assertThat(plain(at(3, 1, "a\u001bb").hint("\u001b]0;title\u0007")))
        .isEqualTo(
            """
            warning[PIRN-C001]: look
              --> config/app.yaml:7:3
            7 | a\\u001bb
              |        ^ \\u001b]0;title\\u0007
            """);
    for (Rendering rendering : List.of(Rendering.ansi(), Rendering.html())) {
      assertThat(rendering.render(diagnostic).replaceAll("\u001b\\[[0-9;]*m", ""))
          .doesNotContain("\u001b", "\u202e", "\u0000")
          .hasLineCount(4);
    }
  }

  @Test
  void ofALongLineTheNeighbourhoodIsShown() {
    String line = "x".repeat(1000) + "BAD" + "y".repeat(4_000_000);
    assertThat(plain(at(1001, 3, line)))
        .isEqualTo(
            """
            warning[PIRN-C001]: look
              --> config/app.yaml:7:1001
            7 | …%sBAD%s…
              |  %s^^^
            """
                .formatted("x".repeat(40), "y".repeat(117), " ".repeat(40)));
    assertThat(plain(at(1, 5000, "z".repeat(5000))))
        .endsWith("7 | " + "z".repeat(160) + "…\n  | " + "^".repeat(160) + "\n");
    assertThat(plain(at(5000, 1, "z".repeat(5000))))
        .endsWith("7 | …" + "z".repeat(160) + "\n  |  " + " ".repeat(159) + "^\n");
  }

  @Test
  void onlyWhatLiesInTheFolderIsShownRelativeToIt() {
    Rendering relative = Rendering.plain().relativeTo(BASE);
    assertThat(relative.line(Diagnostic.error("E-1", Place.of(Path.of("/other/a")), "x")))
        .startsWith("/other/a: ");
    assertThat(relative.line(Diagnostic.error("E-1", Place.of(BASE), "x")))
        .startsWith("/srv/shop: ");
  }
}
