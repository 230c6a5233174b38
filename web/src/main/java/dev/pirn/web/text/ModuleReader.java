package dev.pirn.web.text;

import dev.pirn.web.text.ModuleText.Import;
import java.util.ArrayList;
import java.util.List;

/// Finds what a module refers to among its tokens.
///
/// Every token is looked at once. What begins like an import and goes on like something else is
/// left where it stops being one.
final class ModuleReader {
  private final String source;
  private final JsLexer lexer;
  private final List<Import> imports = new ArrayList<>();
  private boolean hot;

  ModuleReader(String source) {
    this.source = source;
    lexer = new JsLexer(source);
  }

  ModuleText read() {
    while (lexer.kind() != JsLexer.Kind.END) {
      if (lexer.isKeyword("import")) {
        importing();
      } else if (lexer.isKeyword("export")) {
        exporting();
      } else {
        lexer.next();
      }
    }
    return new ModuleText(source, imports, hot);
  }

  private void importing() {
    boolean top = lexer.depth() == 0;
    lexer.next();
    if (lexer.is("(")) {
      dynamic();
    } else if (lexer.is(".") || lexer.is("?.")) {
      meta();
    } else if (top) {
      clause();
    }
  }

  private void exporting() {
    boolean top = lexer.depth() == 0;
    lexer.next();
    if (top && group()) {
      from();
    }
  }

  /// `("x")`, `("x", { with: … })`, and not `("x" + y)`.
  private void dynamic() {
    lexer.next();
    boolean text = lexer.kind() == JsLexer.Kind.STRING || lexer.kind() == JsLexer.Kind.TEMPLATE;
    if (!text || lexer.escaped()) {
      return;
    }
    Import found = here(true);
    lexer.next();
    if (lexer.is(")") || lexer.is(",")) {
      imports.add(found);
    }
  }

  /// `.meta.hot`, or `.defer(…)` and `.source(…)`.
  private void meta() {
    lexer.next();
    if (lexer.is("meta")) {
      lexer.next();
      if (lexer.is(".") || lexer.is("?.")) {
        lexer.next();
        hot |= lexer.is("hot");
      }
    } else if (lexer.is("defer") || lexer.is("source")) {
      lexer.next();
      if (lexer.is("(")) {
        dynamic();
      }
    }
  }

  /// What stands between `import` and the name of the module, if anything does.
  private void clause() {
    // `import x from`, and `import source x from`: all of these may be names, also `from`.
    boolean from = true;
    for (int names = 0; names < 3 && lexer.kind() == JsLexer.Kind.NAME; names++) {
      from = lexer.is("from");
      lexer.next();
    }
    if (lexer.kind() == JsLexer.Kind.STRING) {
      if (from) {
        name();
      }
      return;
    }
    if (lexer.is(",")) {
      lexer.next();
    }
    if (group()) {
      from();
    }
  }

  /// `*`, `* as x` or `{ x, "y" as z }`.
  private boolean group() {
    if (lexer.is("*")) {
      lexer.next();
      if (lexer.is("as")) {
        lexer.next();
        lexer.next();
      }
      return true;
    }
    if (!lexer.is("{")) {
      return false;
    }
    do {
      lexer.next();
    } while (lexer.kind() == JsLexer.Kind.NAME
        || lexer.kind() == JsLexer.Kind.STRING
        || lexer.is(","));
    if (!lexer.is("}")) {
      return false;
    }
    lexer.next();
    return true;
  }

  private void from() {
    if (lexer.is("from")) {
      lexer.next();
      if (lexer.kind() == JsLexer.Kind.STRING) {
        name();
      }
    }
  }

  private void name() {
    if (!lexer.escaped()) {
      imports.add(here(false));
    }
    lexer.next();
  }

  private Import here(boolean dynamic) {
    int start = lexer.start();
    int end = lexer.end();
    return new Import(source.substring(start, end), start, end, dynamic);
  }
}
