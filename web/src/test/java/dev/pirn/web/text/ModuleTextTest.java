package dev.pirn.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleTextTest {
  /// The specifiers, with a `?` behind those of `import(…)`.
  private static String found(String source) {
    return ModuleText.read(source).imports().stream()
        .map(one -> one.specifier() + (one.dynamic() ? "?" : ""))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          import "./x.js"                                     | ./x.js
          import'./x.js';import"./y.js"                       | ./x.js ./y.js
          import a from "./x.js"                              | ./x.js
          import a, { b, c as d } from './x.js';              | ./x.js
          import a, * as b from "./x.js"                      | ./x.js
          import * as b from "./x.js"                         | ./x.js
          import*as b from"./x.js"                            | ./x.js
          import { } from "./x.js"                            | ./x.js
          import { "a b" as c, } from "./x.js"                | ./x.js
          import { "from" as from, "x" as y } from "./x.js"   | ./x.js
          import from from "./x.js"                           | ./x.js
          import { from } from "./x.js"                       | ./x.js
          import * as from from "./x.js"                      | ./x.js
          import as, { default as x } from "./x.js"           | ./x.js
          import { import as export } from "./x.js"           | ./x.js
          import /* " */ a /* from "no" */ from /**/ "./x.js" | ./x.js
          import a from "./x.json" with { type: "json" }      | ./x.json
          import a from "./x.json" assert { type: 'json' }    | ./x.json
          import defer * as a from "./x.js"                   | ./x.js
          import source a from "./x.wasm"                     | ./x.wasm
          import source from "./x.js"                         | ./x.js
          import source from from "./x.js"                    | ./x.js
          import $a from "./x.js"                             | ./x.js
          import ünï from "./x.js"                            | ./x.js
          import "../ü b?c#d"                                 | ../ü b?c#d
          export * from "./x.js"                              | ./x.js
          export*from"./x.js"                                 | ./x.js
          export * as a from "./x.js"                         | ./x.js
          export * as "a b" from "./x.js"                     | ./x.js
          export { a, b as c } from "./x.js"                  | ./x.js
          export { default as "a b" } from "./x.js"           | ./x.js
          export {}; import "./x.js"                          | ./x.js
          import("./x.js")                                    | ./x.js?
          await import ( './x.js' )                           | ./x.js?
          import("./x.json", { with: { type: "json" } })      | ./x.json?
          import(/* webpackChunkName: "a" */ "./x.js")        | ./x.js?
          import("./x.js",)                                   | ./x.js?
          import(`./x.js`)                                    | ./x.js?
          import.defer("./x.js"); import.source("./y.js")     | ./x.js? ./y.js?
          f(...[1].map(() => import("./x.js")))               | ./x.js?
          [...import("./x.js")]                               | ./x.js?
          `${await import("./x.js")}`                         | ./x.js?
          `${`${import("./x.js")}`} ${import("./y.js")}`      | ./x.js? ./y.js?
          a ? import("./x.js") : import("./y.js")             | ./x.js? ./y.js?
          x.y = import("./x.js")                              | ./x.js?
          """)
  void finds(String source, String specifiers) {
    assertThat(found(source)).isEqualTo(specifiers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// import './x.js'",
        "/* import './x.js' */",
        "'import \"./x.js\"'",
        "`import './x.js'`",
        "`${1}import('./x.js')`",
        "/import('.\\/x.js')/",
        "a = /[/]import('x')/",
        "a.import('./x.js')",
        "a?.import('./x.js')",
        "a\n.\nimport('./x.js')",
        "this.#import('./x.js')",
        "a.import './x.js'",
        "imports('./x.js')",
        "$import('./x.js')",
        "x = { import: './x.js' }",
        "x = { import() {} }",
        "import(x)",
        "import('./x' + y)",
        "import(`./${x}`)",
        "import('./x.js'.y)",
        "import()",
        "import",
        "import x",
        "import { x }",
        "import { x } from",
        "import a './x.js'",
        "import { a ['./x.js']",
        "import type { A } fro './x.js'",
        "if (a) { import './x.js' }",
        "({ import: a } = b, './x.js')",
        "export { from }; './x.js'",
        "export { a }\n'./x.js'",
        "export default './x.js'",
        "export const from = './x.js'",
        "module.exports = { from: './x.js' }",
        "import '.\\x2fx.js'",
        "import('\\u{2e}/x.js')",
        "import './x.js",
        "import './x\n.js'",
        "#!/usr/bin/env import './x.js'",
      })
  void findsNothingElse(String source) {
    assertThat(found(source)).isEmpty();
  }

  /// Each ends so that what follows is code only if every `/` was taken for what it is.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = b / c; d = '/'",
        "a = b / c / d",
        "a = /'/",
        "a = /[']/g.test(x) / 2",
        "a = /\\/'/",
        "a = (b) / c; '/'",
        "a[0] / b; '/'",
        "a++ / b; '/'",
        "a\n++/'/.lastIndex",
        "a = b++ / 2 + '/'",
        "a = 1 / 2 + '/'",
        "a = 1. / 2 + '/'",
        "a = .5e-3 / 2 + '/'",
        "a = 0x1e / 2 + '/'",
        "a = 0x1e+/'/",
        "a = 1e+/'/",
        "a = 1_000n / 2n + '/'",
        "a = 'b' / 2 + '/'",
        "a = `b` / 2 + '/'",
        "a = `b${c}` / 2 + '/'",
        "a = `${{ b: `}` }}` / 2 + '/'",
        "a = this / 2 + '/'",
        "a = b.return / 2 + '/'",
        "a = b?.typeof / 2 + '/'",
        "a = b.if(c) / 2 + '/'",
        "a = b?.5 / 1 : '/'",
        "a = b ?? /'/",
        "a = b ? /'/ : /'/",
        "a = {} / 2 + '/'",
        "a = { b: {} / 2 + '/' }",
        "a = b ? {} / 2 + '/' : 0",
        "a = b ? {} : {} / 2 + '/'",
        "a = (b ? c : {} / 2) + '/'",
        "a = [{}] / 2 + '/'",
        "f({} / 2 + '/')",
        "return {} / 2 + '/'",
        "export default {} / 2 + '/'",
        "return /'/",
        "typeof /'/",
        "void /'/, delete /'/",
        "a in /'/",
        "a instanceof /'/",
        "throw /'/",
        "do /'/.test(a); while (b) /'/.exec(c)",
        "if (a) /'/.test(b); else /'/.test(c)",
        "while (a) /'/.test(b)",
        "for (a of /'/.exec(b)) /'/.test(c)",
        "for (const { a } of /'/.exec(b)) /'/.test(c)",
        "for await (a of b) /'/.test(c)",
        "a = of / 2 + '/'",
        "switch (a) { case /'/: case b: /'/.test(c); default: /'/.test(d) }",
        "switch (a) { case b ? c : d: {} /'/.test(e) }",
        "a: {} /'/.test(b)",
        "a: /'/.test(b)",
        "{} /'/.test(a)",
        "{ a } /'/.test(b)",
        "if (a) {} /'/.test(b)",
        "function a() {} /'/.test(b)",
        "class A {} /'/.test(b)",
        "class A extends b[0] {} /'/.test(b)",
        "class A { static {} static b = /'/ }",
        "try {} catch {} finally {} /'/.test(a)",
        "a = () => /'/",
        "a = () => {}\n/'/.test(b)",
        "a = b => ({}) / 2 + '/'",
        "yield /'/",
        "await /'/",
        "!/'/.test(a)",
        "a = b || /'/",
        "a = [/'/, /'/]",
        "a = { b: /'/ }",
        "a = b\u2028/'/.test(c) / '/'",
        "\\u{61}b / 2 + '/'",
        "a = /(?<b>')[/\\]']/v",
        "a <!--b / 2 + '/'",
      })
  void knowsRegularExpressionsFromDivisions(String source) {
    assertThat(found("a\n" + source + "\n;import('./x.js')")).isEqualTo("./x.js?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          import.meta.hot                                | true
          if (import.meta.hot) import.meta.hot.accept()  | true
          import . meta /* */ ?. hot                     | true
          `${import.meta.hot}`                           | true
          import.meta.hotter                             | false
          import.meta.url; hot                           | false
          a.import.meta.hot                              | false
          // import.meta.hot                             | false
          /* import.meta.hot */                          | false
          "import.meta.hot"                              | false
          `import.meta.hot`                              | false
          /import.meta.hot/                              | false
          """)
  void knowsWhetherItIsHot(String source, boolean hot) {
    assertThat(ModuleText.read(source).hot()).isEqualTo(hot);
  }

  @Test
  void offsetsAreThoseOfTheNameWithinItsQuotes() {
    String source = "\uFEFF#!/bin/x '\r\nimport a from './x.js';\r\nimport(\"./y.js\")";
    assertThat(ModuleText.read(source).imports())
        .extracting(one -> source.substring(one.start() - 1, one.end() + 1))
        .containsExactly("'./x.js'", "\"./y.js\"");
  }

  @Test
  void givesOtherNamesAndChangesNothingElse() {
    String source =
        """
        import a from "./a.js"; // "./a.js"\r
        import b from './keep.js';
        export * from '.\\x2fa.js';
        const c = await import(`./a.js`), d = "./a.js";
        """;
    assertThat(
            ModuleText.read(source)
                .withSpecifiers(name -> name.equals("./a.js") ? name + "?hot=1.2" : name))
        .isEqualTo(
            """
            import a from "./a.js?hot=1.2"; // "./a.js"\r
            import b from './keep.js';
            export * from '.\\x2fa.js';
            const c = await import(`./a.js?hot=1.2`), d = "./a.js";
            """);
  }

  @Test
  void aNewNameStaysWithinItsQuotes() {
    assertThat(ModuleText.read("import './x'").withSpecifiers(_ -> "\\'\"`${\r\n"))
        .isEqualTo("import '\\\\\\'\\\"\\`\\${\\r\\n'");
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "import a, { b } from './x.js'; let c = `${d / 2}` + /e/.f;\n",
        "import ",
        "import(",
        "import('",
        "import{",
        "import{a,",
        "import{'a'as ",
        "import a from ",
        "export {a}",
        "export*as ",
        "import.",
        "import.meta.",
        "${",
        "`${",
        "`${`",
        "`",
        "'",
        "\"",
        "/",
        "/[",
        "/*",
        "//",
        "/\\",
        "\\u{",
        "\\",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "?",
        ":",
        "?.",
        "a/",
        "if(",
        "=>{",
        "0.",
        "#",
        "await ",
        "for",
        "\u00a0",
        "\ud800",
        "+",
        "'\\\r\n",
        "a?{:",
        "import`",
        "import from "
      })
  void fiveMegabytesOfAnythingAreReadInTime(String piece) {
    String source = piece.repeat(5_000_000 / piece.length());
    ModuleText text = ModuleText.read(source);
    assertThat(text.withSpecifiers(name -> name)).isEqualTo(source);
  }

  @Test
  void noTextIsTooBrokenToBeRead() {
    String[] pieces =
        ("import|export|from|as|meta|hot|if|for|await|of|return|do|default|a|1|.5|0x1e|'|\"|`|${|}|{"
                + "|(|)|[|]|/|\\|*|//|/*|*/|\n|\r\n|\u2028|;|:|?|?.|??|.|...|=>|=|+|++|-|,|#|#!|\uFEFF"
                + "|\ud83d|'./x.js'|\\u{61}| ")
            .split("\\|");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder source = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        source.append(pieces[random.nextInt(pieces.length)]);
      }
      ModuleText text = ModuleText.read(source.toString());
      assertThat(text.imports())
          .as("seed %d, round %d: %s", seed, round, source)
          .allSatisfy(one -> {
            assertThat(source.substring(one.start(), one.end())).isEqualTo(one.specifier());
            assertThat(source.charAt(one.start() - 1)).isEqualTo(source.charAt(one.end()));
          });
    }
  }
}
