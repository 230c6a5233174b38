package dev.pirn.agents;

import dev.pirn.live.Place;
import dev.pirn.watch.Glob;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One pattern of a list, as in a `.gitignore`: `*.py` at any depth, `/main.py` and `lib/*.py` from
/// the folder on, `build/` for folders only, `**` for any number of folders, and `!` before it for
/// the opposite. `{a,b}` is either, which git does not know. A `../` at its beginning leads out of
/// the folder.
///
/// Two patterns are equal if they say the same of the same folder, wherever they stand.
///
/// Immutable and safe for use by several threads.
public final class PathPattern {
  private static final Pattern STARS = Pattern.compile("\\*{3,}");
  private static final Pattern ALL = Pattern.compile("\\*{2,}");
  private static final Pattern WILD = Pattern.compile("[*?\\[{\\\\]");

  private final String text;
  private final String origin;
  private final @Nullable Place place;
  private final Path base;
  private final String prefix;
  private final boolean negated;
  private final boolean foldersOnly;
  private final boolean floating;
  private final String body;
  private final Glob glob;

  /// @param base the folder to which it is relative
  /// @param origin what it stands in, for people
  /// @param place where it stands, or null if that is in no file
  /// @throws IllegalArgumentException if it is no pattern; the message says why
  PathPattern(String text, Path base, String origin, @Nullable Place place) {
    this.text = text;
    this.origin = origin;
    this.place = place;
    this.negated = text.startsWith("!");
    String rest = negated ? text.substring(1) : text;
    Path from = base;
    while (rest.startsWith("../")) {
      from = from.getParent();
      if (from == null) {
        throw new IllegalArgumentException("it leads above the topmost folder");
      }
      rest = rest.substring(3);
    }
    this.base = from;
    this.prefix = slashes(from.toString());
    if (rest.startsWith("./")) {
      rest = rest.substring(1);
    }
    this.foldersOnly = rest.endsWith("/") && !rest.endsWith("\\/");
    rest = foldersOnly ? rest.substring(0, rest.length() - 1) : rest;
    // What leads out of the folder does not float.
    this.floating = rest.indexOf('/') < 0 && from == base;
    this.body = rest.startsWith("/") ? rest.substring(1) : rest;
    if (body.isEmpty() || body.startsWith("/")) {
      throw new IllegalArgumentException("it names nothing");
    }
    this.glob = Glob.of(STARS.matcher(body).replaceAll("**"));
  }

  /// Whether it matches a path itself, not what lies below it.
  ///
  /// @param path absolute, with `/` between names
  boolean matches(String path, boolean folder) {
    if ((foldersOnly && !folder) || !below(path)) {
      return false;
    }
    String relative = path.substring(prefix.endsWith("/") ? prefix.length() : prefix.length() + 1);
    // A glob without "/" floats by itself.
    boolean free = floating || body.indexOf('/') >= 0 || ALL.matcher(body).matches();
    return (free || relative.indexOf('/') < 0) && glob.matches(relative);
  }

  private boolean below(String path) {
    return path.startsWith(prefix)
        && path.length() > prefix.length()
        && (prefix.endsWith("/") || path.charAt(prefix.length()) == '/');
  }

  /// The folder below which all lies that it can match.
  Path root() {
    if (floating) {
      return base;
    }
    Path root = base;
    String[] names = body.split("/", -1);
    for (int i = 0; i < names.length - 1 && !WILD.matcher(names[i]).find(); i++) {
      root = root.resolve(names[i]);
    }
    return foldersOnly && !WILD.matcher(body).find() ? base.resolve(body) : root;
  }

  /// Whether it takes away what patterns before it matched.
  public boolean negated() {
    return negated;
  }

  /// The folder to which it is relative.
  public Path base() {
    return base;
  }

  /// What it stands in: `.meshwatch:3`, `default of python`.
  public String origin() {
    return origin;
  }

  /// Where it stands, or null if that is in no file.
  public @Nullable Place place() {
    return place;
  }

  static String slashes(String path) {
    return path.replace('\\', '/');
  }

  /// The pattern as it was written.
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathPattern it && it.text.equals(text) && it.base.equals(base);
  }

  @Override
  public int hashCode() {
    return Objects.hash(text, base);
  }
}
