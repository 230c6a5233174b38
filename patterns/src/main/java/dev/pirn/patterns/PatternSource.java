package dev.pirn.patterns;

import dev.pirn.live.Source;
import dev.pirn.watch.WatchSpec;

/// Which files make a library.
final class PatternSource {
  private PatternSource() {}

  /// The pattern files below the folders: `.yaml` and `.yml` are the same.
  static WatchSpec trees(PatternOptions options) {
    return WatchSpec.trees(options.dirs())
        .include("**/*.yaml", "**/*.yml")
        .exclude(options.exclude().toArray(String[]::new))
        .debounce(options.debounce());
  }

  static Source<PatternLibrary> of(WatchSpec spec, PatternOptions options) {
    return Source.files(
            spec, new PatternDecoder(options.environment()), new PatternAssembler(options.strict()))
        .named("patterns")
        .strict(options.strict())
        .maxBytes(PatternFiles.MOST_BYTES);
  }
}
