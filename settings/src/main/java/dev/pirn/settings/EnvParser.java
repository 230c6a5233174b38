package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the lines of one `.env` file; lives for one file.
///
/// What cannot be read may be the rest of a secret that was written without quotes, or a secret
/// without its key. So of such a line no more is shown than a name before a `=`, and after a secret
/// not even that.
final class EnvParser {
  /// How many problems of one file are told.
  private static final int MOST = 100;

  private final EnvText source;
  private final String text;
  private final Secrets secrets;
  private final List<EnvEntry> entries = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Map<String, EnvEntry> byKey = new HashMap<>();
  private int at;
  private boolean afterSecret;

  /// After a quote that nothing ends, lines that are no settings may belong to its value.
  private boolean inOpenQuote;

  EnvParser(EnvText source, Secrets secrets) {
    this.source = source;
    this.text = source.text();
    this.secrets = secrets;
    while (at < text.length()) {
      line();
    }
  }

  static boolean isName(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (!isNamePart(key.charAt(i))) {
        return false;
      }
    }
    return !key.isEmpty() && key.charAt(0) != '.' && !Character.isDigit(key.charAt(0));
  }

  static boolean isNamePart(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.');
  }

  List<EnvEntry> entries() {
    return entries;
  }

  /// What is wrong, by place.
  List<Diagnostic> problems() {
    List<Diagnostic> sorted = problems.stream().sorted(Diagnostic.BY_PLACE).toList();
    if (sorted.size() <= MOST) {
      return sorted;
    }
    List<Diagnostic> first = new ArrayList<>(sorted.subList(0, MOST));
    List<Diagnostic> left = sorted.subList(MOST, sorted.size());
    first.add(Problems.more(left.size(), Diagnostic.anyError(left)));
    return first;
  }

  /// Reads what begins in a line, and leaves `at` at the beginning of a later one.
  private void line() {
    int lineStart = at;
    int lineEnd = source.lineEnd(at);
    int begin = blanks(at, lineEnd);
    if (begin == lineEnd || text.charAt(begin) == '#') {
      at = source.nextLine(lineEnd);
      return;
    }
    int nul = text.indexOf('\0', begin, lineEnd);
    if (nul >= 0) {
      problems.add(Problems.nul(source.hidden(nul, nul + 1)));
      at = source.nextLine(lineEnd);
      return;
    }
    int equals = text.indexOf('=', begin, lineEnd);
    int comment = comment(begin, lineEnd);
    if (equals < 0 || comment < equals) {
      noEquals(begin);
      at = source.nextLine(lineEnd);
      return;
    }
    entry(lineStart, exported(begin, equals), equals);
  }

  /// Behind a possible `export`.
  private int exported(int begin, int equals) {
    int behind = begin + "export".length();
    if (text.startsWith("export", begin) && behind < equals && isBlank(text.charAt(behind))) {
      int key = blanks(behind, equals);
      return key < equals ? key : begin;
    }
    return begin;
  }

  private void noEquals(int begin) {
    if (!inOpenQuote) {
      problems.add(Problems.noEquals(source.hidden(begin, begin + 1)));
    }
  }

  private void entry(int lineStart, int keyStart, int equals) {
    String key = text.substring(keyStart, equals).stripTrailing();
    int valueStart = blanks(equals + 1, source.lineEnd(equals));
    boolean named = isName(key);
    if (!named) {
      badName(key, keyStart, equals);
      if (inOpenQuote) {
        at = source.nextLine(equals);
        return;
      }
    }
    boolean secret = !named || secrets.name(key);
    char first = valueStart < text.length() ? text.charAt(valueStart) : '\n';
    int valueEnd;
    Quote quote;
    if (first == '"' || first == '\'') {
      quote = first == '"' ? Quote.DOUBLE : Quote.SINGLE;
      valueEnd = closing(valueStart, first);
      if (valueEnd < 0) {
        unterminated(key, secret, first, valueStart, keyStart);
        return;
      }
      at = source.nextLine(source.lineEnd(valueEnd));
    } else {
      quote = Quote.NONE;
      int lineEnd = source.lineEnd(equals);
      int length = unquoted(equals + 1, valueStart, lineEnd);
      // Where there is no value, one would be put right behind the "=".
      valueStart = length == 0 ? equals + 1 : valueStart;
      valueEnd = valueStart + length;
      at = source.nextLine(lineEnd);
    }
    if (!named) {
      return;
    }
    inOpenQuote = false;
    afterSecret = secret;
    EnvEntry raw =
        new EnvEntry(
            source,
            key,
            new Template(List.of()),
            quote,
            secret || secrets.value(text.substring(valueStart, valueEnd)),
            lineStart,
            keyStart,
            valueStart,
            valueEnd);
    if (quote != Quote.NONE && !nothingFollows(valueEnd)) {
      problems.add(Problems.afterQuote(key, afterQuote(raw)));
    }
    value(raw);
  }

  private Place afterQuote(EnvEntry raw) {
    int end = source.lineEnd(raw.valueEnd());
    // Its column would tell how long the secret is.
    return raw.secret() ? raw.valuePlace() : source.hidden(blanks(raw.valueEnd(), end), end);
  }

  private void value(EnvEntry raw) {
    TemplateReader reader = new TemplateReader(source, raw);
    Template template = reader.read();
    int nul = text.indexOf('\0', raw.valueStart(), raw.valueEnd());
    if (nul >= 0) {
      problems.add(Problems.nul(source.hidden(nul, nul + 1)));
    }
    boolean secret =
        raw.secret() || (template.plain() == null && template.names().anyMatch(secrets::name));
    EnvEntry entry =
        new EnvEntry(
            source,
            raw.key(),
            template,
            raw.quote(),
            secret,
            raw.lineStart(),
            raw.keyStart(),
            raw.valueStart(),
            raw.valueEnd());
    reader.wrong().forEach(wrong -> problems.add(Problems.badReference(entry.place(wrong))));
    entries.add(entry);
    EnvEntry first = byKey.put(entry.key(), entry);
    if (first != null) {
      problems.add(Problems.twice(entry.key(), first.line(), entry.keyPlace(), first.keyPlace()));
    }
  }

  private void badName(String key, int keyStart, int equals) {
    if (inOpenQuote) {
      return;
    }
    int end = Math.max(keyStart + 1, keyStart + key.length());
    problems.add(
        afterSecret
            ? Problems.badName(null, source.hidden(keyStart, end))
            : Problems.badName(key, source.shown(keyStart, end, equals + 1, Secrets.MASK)));
  }

  private void unterminated(String key, boolean secret, char quote, int start, int keyStart) {
    problems.add(
        Problems.unterminated(
            key, quote, source.shown(start, start + 1, start, quote + Secrets.MASK)));
    inOpenQuote = true;
    afterSecret |= secret;
    at = source.nextLine(source.lineEnd(keyStart));
  }

  /// The index behind the quote that ends a value; -1 if none does.
  private int closing(int start, char quote) {
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return i + 1;
      } else if (c == '\\' && quote == '"') {
        i++;
      }
    }
    return -1;
  }

  private boolean nothingFollows(int index) {
    int end = source.lineEnd(index);
    int next = blanks(index, end);
    return next == end || text.charAt(next) == '#';
  }

  /// How long a value without quotes is.
  private int unquoted(int from, int valueStart, int lineEnd) {
    int end = Math.clamp(comment(from, lineEnd), valueStart, lineEnd);
    return text.substring(valueStart, end).stripTrailing().length();
  }

  /// Where a comment behind a blank begins; the line's end if there is none.
  private int comment(int from, int lineEnd) {
    for (int i = from + 1; i < lineEnd; i++) {
      if (text.charAt(i) == '#' && isBlank(text.charAt(i - 1))) {
        return i;
      }
    }
    return lineEnd;
  }

  private int blanks(int from, int to) {
    int i = from;
    while (i < to && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
