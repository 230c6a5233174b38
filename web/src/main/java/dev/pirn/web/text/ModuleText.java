package dev.pirn.web.text;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// What a JavaScript module refers to, and where it says so.
///
/// The modules that it names at its top level or in `import("…")` are found. A name that is
/// computed is not, nor one that is written with escapes.
public final class ModuleText {
  /// A module that is imported, or exported from.
  ///
  /// @param specifier its name, as written
  /// @param start where the name begins in the source, after the quote
  /// @param end where it ends, before the quote
  /// @param dynamic whether by `import(…)`
  public record Import(String specifier, int start, int end, boolean dynamic) {}

  private final String source;
  private final List<Import> imports;
  private final boolean hot;

  ModuleText(String source, List<Import> imports, boolean hot) {
    this.source = source;
    this.imports = List.copyOf(imports);
    this.hot = hot;
  }

  /// Reads a module.
  public static ModuleText read(String source) {
    return new ModuleReader(Objects.requireNonNull(source, "source")).read();
  }

  /// What it imports, in the order of the source.
  public List<Import> imports() {
    return imports;
  }

  /// Whether it mentions `import.meta.hot`.
  public boolean hot() {
    return hot;
  }

  /// The source with other names for what it imports. Nothing else changes, no line moves.
  ///
  /// @param by gives the new name for a specifier, or the same one
  public String withSpecifiers(UnaryOperator<String> by) {
    StringBuilder out = new StringBuilder(source.length() + 16 * imports.size());
    int done = 0;
    for (Import one : imports) {
      String specifier = by.apply(one.specifier());
      if (!specifier.equals(one.specifier())) {
        out.append(source, done, one.start()).append(quoted(specifier));
        done = one.end();
      }
    }
    return out.append(source, done, source.length()).toString();
  }

  /// As it is written between quotes of any kind.
  private static String quoted(String specifier) {
    return specifier
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\"", "\\\"")
        .replace("'", "\\'")
        .replace("`", "\\`")
        .replace("${", "\\${");
  }
}
