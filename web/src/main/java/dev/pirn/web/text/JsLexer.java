package dev.pirn.web.text;

import java.util.Arrays;
import java.util.Set;

/// The tokens of a JavaScript source text, each seen once.
///
/// Only as much is told apart as is needed to know what is code: comments are skipped, strings,
/// templates and regular expressions are tokens. Whether a `/` divides or begins a regular
/// expression depends on what came before, for which [Before] has three answers; brackets remember
/// which of them holds after they are closed. The rest of the grammar is not checked. In a text
/// that is no JavaScript, what is not closed ends with its line, or with the text if it may span
/// lines.
final class JsLexer {
  enum Kind {
    NAME,
    /// Its `start` and `end` are inside the quotes.
    STRING,
    /// A template without a substitution; its `start` and `end` are inside the quotes.
    TEMPLATE,
    PUNCTUATOR,
    /// A number, a regular expression, or a part of a template.
    OTHER,
    END
  }

  /// What the next token follows.
  private enum Before {
    /// A `/` divides, a `{` begins a block.
    OPERAND,
    /// A `/` begins a regular expression, a `{` an object.
    OPERATOR,
    /// A `/` begins a regular expression, a `{` a block.
    STATEMENT
  }

  // What is open: its kind in the lowest bits, and above them how many `?` wait for their `:`.
  private static final int BLOCK = 0;
  private static final int OBJECT = 1;
  private static final int PAREN = 2;
  private static final int HEAD = 3; // the parentheses of `if (…)`, after which a statement begins
  private static final int BRACKET = 4;
  private static final int SUBSTITUTION = 5; // the `${…}` of a template
  private static final int KIND = 7;
  private static final int CONDITION = 8;

  private static final Set<String> OPERATORS =
      Set.of(
          "await",
          "case",
          "default",
          "delete",
          "extends",
          "in",
          "instanceof",
          "new",
          "return",
          "throw",
          "typeof",
          "void",
          "yield");
  private static final Set<String> HEADS = Set.of("for", "if", "while", "with");
  private static final int LONGEST_KEYWORD = 10;

  private final String text;
  private int at;

  private Kind kind = Kind.END;
  private int start;
  private int end;
  private boolean escaped;

  private Before before = Before.STATEMENT;
  private boolean newLine;
  private boolean property;
  private boolean dot;
  private boolean head;
  private boolean isFor;

  // The last is the innermost, the first the text itself.
  private int[] open = new int[32];
  private int depth;

  JsLexer(String text) {
    this.text = text;
    at = text.startsWith("\uFEFF") ? 1 : 0;
    if (text.startsWith("#!", at)) {
      skipLine();
    }
    next();
  }

  Kind kind() {
    return kind;
  }

  /// Where the token begins, in the text.
  int start() {
    return start;
  }

  /// Where it ends.
  int end() {
    return end;
  }

  /// Whether a string or template contains a `\`.
  boolean escaped() {
    return escaped;
  }

  /// How many brackets are open.
  int depth() {
    return depth;
  }

  /// Whether the token is a name or punctuator with this text.
  boolean is(String expected) {
    return (kind == Kind.NAME || kind == Kind.PUNCTUATOR)
        && end - start == expected.length()
        && text.startsWith(expected, start);
  }

  /// Whether the token is this keyword, which the name of a property is not.
  boolean isKeyword(String expected) {
    return !property && is(expected);
  }

  void next() {
    boolean afterDot = dot;
    boolean afterHead = head;
    boolean afterFor = isFor;
    dot = false;
    head = false;
    isFor = false;
    property = false;
    escaped = false;
    skipBlank();
    start = at;
    if (at == text.length()) {
      token(Kind.END, before);
      return;
    }
    char c = text.charAt(at);
    if (isNamePart(c) && !Ascii.isDigit(c)) {
      name(afterDot, afterFor);
      return;
    }
    at++;
    switch (c) {
      case '"', '\'' -> string(c);
      case '`' -> template(true);
      case '(' -> open(afterHead ? HEAD : PAREN, Before.OPERATOR);
      case '[' -> open(BRACKET, Before.OPERATOR);
      case '{' -> {
        boolean block = before != Before.OPERATOR;
        open(block ? BLOCK : OBJECT, block ? Before.STATEMENT : Before.OPERATOR);
      }
      case ')', ']', '}' -> close(c);
      case '?' -> question();
      case ':' -> colon();
      case ';' -> token(Kind.PUNCTUATOR, Before.STATEMENT);
      case '.' -> dot();
      case '/' -> {
        if (before == Before.OPERAND) {
          token(Kind.PUNCTUATOR, Before.OPERATOR);
        } else {
          regex();
        }
      }
      case '=' -> token(Kind.PUNCTUATOR, accept('>') ? Before.STATEMENT : Before.OPERATOR);
      case '+', '-' -> {
        // After an operand in the same line it is the `x++` of an operand, else that of `++x`.
        boolean twice = accept(c);
        boolean stays = twice && before == Before.OPERAND && !newLine;
        token(Kind.PUNCTUATOR, stays ? Before.OPERAND : Before.OPERATOR);
      }
      default -> {
        if (Ascii.isDigit(c)) {
          number(c);
        } else {
          token(Kind.PUNCTUATOR, Before.OPERATOR);
        }
      }
    }
  }

  private void token(Kind kind, Before after) {
    this.kind = kind;
    end = at;
    before = after;
  }

  private boolean accept(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipBlank() {
    newLine = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isLineEnd(c)) {
        newLine = true;
        at++;
      } else if (isBlank(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        skipLine();
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        at = close < 0 ? text.length() : close + 2;
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
  }

  private void name(boolean afterDot, boolean afterFor) {
    while (at < text.length() && isNamePart(text.charAt(at))) {
      boolean escape = text.startsWith("\\u{", at);
      at++;
      if (escape) {
        at += 2;
        while (at < text.length() && isNamePart(text.charAt(at))) {
          at++;
        }
        accept('}');
      }
    }
    property = afterDot;
    Before was = before;
    token(Kind.NAME, Before.OPERAND);
    if (property || end - start > LONGEST_KEYWORD) {
      return;
    }
    String name = text.substring(start, end);
    // As `of` is a good name for a function, it is an operator only where one can be.
    if (OPERATORS.contains(name) || (name.equals("of") && was != Before.OPERATOR)) {
      before = Before.OPERATOR;
    } else if (name.equals("else") || name.equals("do")) {
      before = Before.STATEMENT;
    }
    isFor = name.equals("for");
    head = HEADS.contains(name) || (afterFor && name.equals("await"));
  }

  private void number(char first) {
    boolean decimal = first != '0' || (at < text.length() && !isNamePart(text.charAt(at)));
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean exponent = decimal && (c == '+' || c == '-') && (text.charAt(at - 1) | 0x20) == 'e';
      if (!exponent && c != '.' && !isNamePart(c)) {
        break;
      }
      at++;
    }
    token(Kind.OTHER, Before.OPERAND);
  }

  private void dot() {
    if (at < text.length() && Ascii.isDigit(text.charAt(at))) {
      number('.');
    } else if (text.startsWith("..", at)) {
      at += 2;
      token(Kind.PUNCTUATOR, Before.OPERATOR);
    } else {
      dot = true;
      token(Kind.PUNCTUATOR, Before.OPERATOR);
    }
  }

  private void question() {
    boolean digitAfterNext = at + 1 < text.length() && Ascii.isDigit(text.charAt(at + 1));
    if (!digitAfterNext && accept('.')) {
      dot = true;
    } else if (!accept('?')) {
      open[depth] += CONDITION;
    }
    token(Kind.PUNCTUATOR, Before.OPERATOR);
  }

  /// The `:` of `a ? b : c`, of an object, of a label or of a `case`.
  private void colon() {
    int inside = open[depth];
    if (inside >= CONDITION) {
      open[depth] -= CONDITION;
    }
    token(Kind.PUNCTUATOR, inside == BLOCK ? Before.STATEMENT : Before.OPERATOR);
  }

  private void open(int kind, Before after) {
    depth++;
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    open[depth] = kind;
    token(Kind.PUNCTUATOR, after);
  }

  private void close(char c) {
    int kind = open[depth] & KIND;
    boolean closes =
        switch (kind) {
          case PAREN, HEAD -> c == ')';
          case BRACKET -> c == ']';
          default -> c == '}';
        };
    if (!closes || depth == 0) {
      token(Kind.PUNCTUATOR, Before.OPERAND);
      return;
    }
    depth--;
    if (kind == SUBSTITUTION) {
      template(false);
    } else {
      boolean statement = kind == BLOCK || kind == HEAD;
      token(Kind.PUNCTUATOR, statement ? Before.STATEMENT : Before.OPERAND);
    }
  }

  private void string(char quote) {
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (c == '\n' || c == '\r') {
        token(Kind.OTHER, Before.OPERAND);
        return;
      }
      skipEscaped(c);
    }
    quoted(Kind.STRING);
  }

  /// A template up to its end, or to its next substitution.
  ///
  /// @param whole whether there was none before
  private void template(boolean whole) {
    while (at < text.length() && text.charAt(at) != '`') {
      if (text.startsWith("${", at)) {
        at += 2;
        open(SUBSTITUTION, Before.OPERATOR);
        kind = Kind.OTHER;
        return;
      }
      skipEscaped(text.charAt(at));
    }
    quoted(whole ? Kind.TEMPLATE : Kind.OTHER);
  }

  private void skipEscaped(char c) {
    if (c == '\\') {
      escaped = true;
      // A line that is continued ends in two characters on some systems.
      at += text.startsWith("\r\n", at + 1) ? 3 : 2;
      at = Math.min(at, text.length());
    } else {
      at++;
    }
  }

  private void quoted(Kind kind) {
    boolean closed = at < text.length();
    token(closed ? kind : Kind.OTHER, Before.OPERAND);
    if (closed) {
      at++;
      start++;
    }
  }

  private void regex() {
    boolean inClass = false;
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length() && !isLineEnd(text.charAt(at))) {
        at++;
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == '/' && !inClass) {
        break;
      }
    }
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    token(Kind.OTHER, Before.OPERAND);
  }

  private static boolean isNamePart(char c) {
    return Ascii.isLetterOrDigit(c)
        || c == '_'
        || c == '$'
        || c == '#'
        || c == '\\'
        || (c >= 0x80 && !isBlank(c) && !isLineEnd(c));
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isBlank(char c) {
    return c == ' '
        || c == '\t'
        || c == '\u000b'
        || c == '\f'
        || c == '\uFEFF'
        || (c >= 0x80 && Character.getType(c) == Character.SPACE_SEPARATOR);
  }
}
