package dev.pirn.live;

import dev.pirn.watch.WatchSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// The files that make one value, and how they make it.
///
/// ```java
/// Source.file(Path.of("app.yaml"), Yaml.decoder(App.class));
/// Source.files(WatchSpec.tree(Path.of("rules")).include("**/*.yaml"), decoder, assembler);
/// ```
///
/// Immutable: every method returns a changed copy.
///
/// @param <T> the type of the value
public final class Source<T> {
  /// The largest file that is read unless another limit is set: 4 MiB.
  public static final long DEFAULT_MAX_BYTES = 4L * 1024 * 1024;

  private final String name;
  private final WatchSpec spec;
  private final long maxBytes;
  private final boolean strict;
  private final Recipe<?, T> recipe;

  /// A decoder and the assembler that takes what it makes.
  record Recipe<F, T>(Decoder<F> decoder, Assembler<F, T> assembler) {}

  private Source(String name, WatchSpec spec, long maxBytes, boolean strict, Recipe<?, T> recipe) {
    this.name = Objects.requireNonNull(name, "name");
    this.spec = Objects.requireNonNull(spec, "spec");
    this.maxBytes = maxBytes;
    this.strict = strict;
    this.recipe = recipe;
  }

  /// One file that is the value.
  public static <T> Source<T> file(Path file, Decoder<T> decoder) {
    Objects.requireNonNull(decoder, "decoder");
    Path absolute = file.toAbsolutePath().normalize();
    return new Source<>(
        nameOf(absolute),
        WatchSpec.files(List.of(absolute)),
        DEFAULT_MAX_BYTES,
        false,
        new Recipe<>(decoder, parts -> only(absolute, parts)));
  }

  private static String nameOf(Path path) {
    Path last = path.getFileName();
    return (last == null ? path : last).toString();
  }

  private static <T> Decoded<T> only(Path file, List<Part<T>> parts) {
    return parts.isEmpty()
        ? Decoded.failed(
            Diagnostic.error(Codes.MISSING, Place.of(file), "the file does not exist")
                .help("create it"))
        : Decoded.of(parts.getFirst().value());
  }

  /// Several files that make one value together. Each is decoded on its own, and only when it has
  /// changed; a broken one keeps its last good version while the others go on.
  ///
  /// @param <F> the type of a decoded file
  public static <F, T> Source<T> files(
      WatchSpec spec, Decoder<F> decoder, Assembler<F, T> assembler) {
    Objects.requireNonNull(decoder, "decoder");
    Objects.requireNonNull(assembler, "assembler");
    return new Source<>(
        nameOf(spec.roots().getFirst()),
        spec,
        DEFAULT_MAX_BYTES,
        false,
        new Recipe<>(decoder, assembler));
  }

  /// Gives the source a name for threads, logs and recordings; by default that of its first path.
  public Source<T> named(String name) {
    return new Source<>(name, spec, maxBytes, strict, recipe);
  }

  /// Sets the size above which a file is refused without being read.
  ///
  /// @throws IllegalArgumentException when it is not positive, or beyond what an array can hold
  public Source<T> maxBytes(long maxBytes) {
    if (maxBytes <= 0 || maxBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("max bytes must be from 1 to 2147483639, was " + maxBytes);
    }
    return new Source<>(name, spec, maxBytes, strict, recipe);
  }

  /// With `true`, nothing is published while any of the files is broken; what has changed beside it
  /// is held back until all of them are good. With `false`, the default, the others go on.
  public Source<T> strict(boolean strict) {
    return new Source<>(name, spec, maxBytes, strict, recipe);
  }

  /// Waits until a file has been as it is for so long; see [WatchSpec#debounce(Duration)].
  public Source<T> debounce(Duration debounce) {
    return new Source<>(name, spec.debounce(debounce), maxBytes, strict, recipe);
  }

  /// The name.
  public String name() {
    return name;
  }

  /// What is watched.
  public WatchSpec spec() {
    return spec;
  }

  long maxBytes() {
    return maxBytes;
  }

  boolean strict() {
    return strict;
  }

  Recipe<?, T> recipe() {
    return recipe;
  }
}
