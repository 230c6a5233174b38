package dev.pirn.yaml;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads YAML 1.2 into records.
///
/// ```java
/// record App(String name, @Default("4") int workers, Duration timeout) {}
///
/// Decoder<App> decoder = Yaml.decoder(App.class);   // for Source.file(path, decoder)
/// ```
///
/// A component's type says what its key must hold:
///
/// | component | value |
/// |---|---|
/// | `String` | any scalar, as it is spelled |
/// | `boolean` | `true` or `false` |
/// | `int`, `long`, `BigInteger` | a whole number: `80`, `0x1F`, `0o17` |
/// | `double`, `BigDecimal` | a number |
/// | `Duration` | `500ms`, `2s`, `5m`, `1h`, `1d`; a bare number is milliseconds, and is remarked on |
/// | `Path`, `URI`, `LocalDate`, `Instant` | text in their form |
/// | an enum | a constant's name; case, `-` and `_` do not count |
/// | a record | a map; a single value if it is marked [Scalar] |
/// | a sealed interface | what one of its records takes |
/// | `List`, `Set`, `Map<String, X>` | a list or a map, unmodifiable, in the order of the file |
/// | `Optional` and its kin | what it holds, or nothing |
/// | `Object` | plain data: `String`, `Long` (or `BigInteger`), `Double`, `Boolean`, null, `List`, `Map` |
/// | [YamlNode] and its kinds | the node itself, with its place |
///
/// A key without a value (`key:`) is the same as no key. Then a component has its [Default]; else a
/// collection or optional is empty; else null if its type is marked `@Nullable`; else it is an
/// error. Records that are not public, or lie in a package that is not exported, need that package
/// to be open to this module.
///
/// **Failure.** Every problem that one pass can find is reported with its place, sorted by it, up
/// to 100 of them; bad syntax ends the pass. A file with an error gives no value.
///
/// **Units and defaults.** See [YamlOptions].
public final class Yaml {
  private Yaml() {}

  /// A decoder that makes one value of a file, with the default options.
  ///
  /// @throws IllegalArgumentException if values of the type cannot be made; the message says why
  public static <T> Decoder<T> decoder(Class<T> type) {
    return decoder(type, YamlOptions.defaults());
  }

  /// A decoder that makes one value of a file.
  ///
  /// @throws IllegalArgumentException if values of the type cannot be made; the message says why
  public static <T> Decoder<T> decoder(Class<T> type, YamlOptions options) {
    Objects.requireNonNull(options, "options");
    Shape shape = Shapes.of(Objects.requireNonNull(type, "type"));
    return content -> {
      Problems problems = new Problems();
      YamlNode root = read(content, options, problems);
      Object value = root == null ? Shape.NONE : shape.bind(root, new Binding(options, problems));
      return decoded(cast(value), problems);
    };
  }

  /// Only parses, with the default options: gives the root.
  public static Decoded<YamlNode> parse(Content content) {
    return parse(content, YamlOptions.defaults());
  }

  /// Only parses: gives the root.
  public static Decoded<YamlNode> parse(Content content, YamlOptions options) {
    Objects.requireNonNull(options, "options");
    Problems problems = new Problems();
    return decoded(read(content, options, problems), problems);
  }

  /// A binder that makes values of nodes, with the default options.
  ///
  /// @throws IllegalArgumentException if values of the type cannot be made; the message says why
  public static <T> YamlBinder<T> binder(Class<T> type) {
    return binder(type, YamlOptions.defaults());
  }

  /// A binder that makes values of nodes. The type is examined here, once: keep the binder.
  ///
  /// @throws IllegalArgumentException if values of the type cannot be made; the message says why
  public static <T> YamlBinder<T> binder(Class<T> type, YamlOptions options) {
    Objects.requireNonNull(options, "options");
    Shape shape = Shapes.of(Objects.requireNonNull(type, "type"));
    return (node, problems) -> {
      Problems found = new Problems();
      Object value = shape.bind(Objects.requireNonNull(node, "node"), new Binding(options, found));
      problems.addAll(found.list());
      return found.anyError() ? null : cast(value);
    };
  }

  /// The JSON Schema (draft 2020-12) of what a [#decoder] of the type takes, for editors: plain
  /// data for [Json], in maps and lists that are the caller's own to change.
  ///
  /// A file that is valid by it binds, and one that binds is valid, except for what a schema cannot
  /// say: keys that are there twice, what constructors of records refuse, and numbers that are
  /// whole but written with a point.
  ///
  /// @throws IllegalArgumentException if values of the type cannot be made, or it contains itself
  public static Map<String, Object> schema(Class<?> type, YamlOptions options) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.putAll(Shapes.of(type).schema(Objects.requireNonNull(options, "options")));
    return schema;
  }

  private static @Nullable YamlNode read(Content content, YamlOptions options, Problems problems) {
    SourceText source = TextReader.read(content, options, problems);
    return source == null ? null : NodeReader.read(source, options, problems);
  }

  private static <T> Decoded<T> decoded(@Nullable T value, Problems problems) {
    return problems.anyError() || value == null
        ? Decoded.failed(problems.list())
        : Decoded.of(value, problems.list());
  }

  // A shape makes values of the type that it was made for.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T> @Nullable T cast(@Nullable Object value) {
    return value == Shape.NONE ? null : (T) value;
  }
}
