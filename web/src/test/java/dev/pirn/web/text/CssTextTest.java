package dev.pirn.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CssTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          @import "a.css";                                       | a.css
          @import 'a.css' screen and (min-width: 1px);           | a.css
          @import url(a.css);                                    | a.css
          @import url( "a.css" );                                | a.css
          @import url('a.css') layer(x) supports(display: grid); | a.css
          @IMPORT URL(a.css)                                     | a.css
          @import"a.css";@import"b.css"                          | a.css b.css
          @import/**/"a.css"                                     | a.css
          @import "a.css" supports(background: url(b.png));      | a.css
          @charset "utf-8"; @layer x; @import "../a.css?b#c";    | ../a.css?b#c
          @import "\\61 .css";                                   | a.css
          @import url(a\\)b.css);                                | a)b.css
          @\\69mport "a.css";                                    | a.css
          @import url(a.css) /* url(b.css) */;                   | a.css
          @import "a.css"; @import "a.css";                      | a.css
          @import "a/b:c.css";                                   | a/b:c.css
          """)
  void findsImports(String source, String imports) {
    CssText css = CssText.read(source);
    assertThat(String.join(" ", css.imports())).isEqualTo(imports);
    assertThat(css.urls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          a { background: url(a.png) }                                  | a.png
          a { background: url( "a.png" ), URL('b.png') }                | a.png b.png
          a{background:url(  a.png\t)}                                  | a.png
          a{b:url(a\\ b.png)}                                           | a b.png
          a{b:u\\72l(a.png)}                                            | a.png
          a{b:url("a.png" crossorigin(anonymous))}                      | a.png
          @font-face { src: url(a.woff2) format("woff2"), local("x") }  | a.woff2
          a{b:image-set("a.png" 1x, "b.png" type("image/png") 2x)}      | a.png b.png
          a{b:-webkit-image-set(url(a.png) 1x, url(b.png) 2x)}          | a.png b.png
          a{b:src("a.png")}                                             | a.png
          :root { --b: url(a.png) }                                     | a.png
          @media x { @supports (y) { a { b: url(a.png) } } }            | a.png
          a { b: url(a.png); b: url(a.png) }                            | a.png
          a{b:url(/a.png)url(//h/b.png)url(http://h/c.png)url(#d)url(data:x)url("")url() } | /a.png
          @namespace url(a); b { c: url(d.png) }                        | d.png
          a { b: url(a.png                                              | a.png
          a { b: "x\\"; c: url(d.png)"; e: url(f.png) }                 | f.png
          a { b: url(a b.png); c: url(d.png) }                          | d.png
          a { b: url(a'b.png); c: url(d.png) }                          | d.png
          a { b: url(var(--x)); c: url(d.png) }                         | d.png
          a { } } b { c: url(d.png) }                                   | d.png
          """)
  void findsOtherAddresses(String source, String urls) {
    CssText css = CssText.read(source);
    assertThat(String.join(" ", css.urls())).isEqualTo(urls);
    assertThat(css.imports()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/* @import 'a.css'; a { b: url(c.png) } */",
        "/* @import 'a.css';",
        "a { content: 'url(b.png)' }",
        "a { b: curl(c.png) }",
        "a { b: \"c.png\" }",
        "@import 'http://h/a.css'; @import '//h/a.css'; @import 'DATA:text/css,a'; @import '';",
        "@media x { @import 'a.css'; }",
        "@import; 'a.css'",
        "@imports 'a.css';",
        "@import 'a\n.css",
      })
  void findsNothingElse(String source) {
    CssText css = CssText.read(source);
    assertThat(css.imports()).isEmpty();
    assertThat(css.urls()).isEmpty();
  }

  @Test
  void aLineMayBeContinuedInAString() {
    assertThat(CssText.read("@import 'a\\\r\nb.css'; @import 'c\\\nd.css'").imports())
        .containsExactly("ab.css", "cd.css");
    assertThat(CssText.read("a{b:url('\\000061\r\nb\\0.png')}").urls())
        .containsExactly("ab\uFFFD.png");
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "a { b: url(c.png) }\n",
        "@import 'a';",
        "url(",
        "url('",
        "url(a ",
        "image-set(",
        "'",
        "\"",
        "\\",
        "/*",
        "@",
        "@import ",
        "{",
        "}",
        "(",
        ")",
        ";",
        "\\\n",
        "\\0",
        "'\\\r\n",
        "\u00fc"
      })
  void fiveMegabytesOfAnythingAreReadInTime(String piece) {
    CssText css = CssText.read(piece.repeat(5_000_000 / piece.length()));
    assertThat(css.imports().size() + css.urls().size()).isLessThan(2);
  }

  @Test
  void noTextIsTooBrokenToBeRead() {
    String[] pieces =
        ("@import|@|url(|image-set(|(|)|{|}|;|'|\"|\\|\\61 |\\110000|/*|*/|/|:|,|\n|\r\n|\f| |a|#|.|\u00fc"
                + "|\ud83d")
            .split("\\|");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder source = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        source.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(CssText.read(source.toString()).imports())
          .as("seed %d, round %d: %s", seed, round, source)
          .doesNotContain("");
    }
  }
}
