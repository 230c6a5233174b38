package dev.pirn.patterns;

import dev.pirn.watch.Watcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pattern library is made of and how it is followed.
///
/// ```java
/// PatternOptions.of(Path.of("patterns")).strict(true).exclude(List.of("drafts/**"))
/// ```
///
/// @param dirs the folders, which need not exist yet; where a name is used twice, the earlier
///   folder has it
/// @param exclude globs of what is left out, relative to the folder; none by default
/// @param strict whether one broken file, or a name that is used twice, keeps every change from
///   being published; false by default
/// @param debounce how long a file must be at rest; zero by default
/// @param keep how many generations are kept to go back to; 100 by default
/// @param environment what bundles may declare and use; the process's environment by default
/// @param classifier tells what a message wants; by keywords by default
/// @param watcher a watcher to share, or null for one of its own
public record PatternOptions(
    List<Path> dirs,
    List<String> exclude,
    boolean strict,
    Duration debounce,
    int keep,
    Map<String, String> environment,
    IntentClassifier classifier,
    @Nullable Watcher watcher) {
  public PatternOptions {
    if (dirs.isEmpty()) {
      throw new IllegalArgumentException("a pattern library needs at least one folder");
    }
    dirs = List.copyOf(dirs);
    exclude = List.copyOf(exclude);
    environment = Map.copyOf(environment);
  }

  /// The defaults, for these folders.
  public static PatternOptions of(Path... dirs) {
    return new PatternOptions(
        List.of(dirs),
        List.of(),
        false,
        Duration.ZERO,
        100,
        System.getenv(),
        IntentClassifier.byKeywords(),
        null);
  }

  /// These options with other folders.
  public PatternOptions dirs(List<Path> dirs) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options with other globs of what is left out.
  public PatternOptions exclude(List<String> exclude) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options, strict or not.
  public PatternOptions strict(boolean strict) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options with another debounce.
  public PatternOptions debounce(Duration debounce) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options with another number of generations to go back to.
  public PatternOptions keep(int keep) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options with another environment.
  public PatternOptions environment(Map<String, String> environment) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options with another classifier.
  public PatternOptions classifier(IntentClassifier classifier) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// These options with a watcher to share.
  public PatternOptions watcher(@Nullable Watcher watcher) {
    return new PatternOptions(
        dirs, exclude, strict, debounce, keep, environment, classifier, watcher);
  }

  /// Without the environment, which may hold secrets.
  @Override
  public String toString() {
    return "PatternOptions[dirs=%s, exclude=%s, strict=%s, debounce=%s, keep=%d]"
        .formatted(dirs, exclude, strict, debounce, keep);
  }
}
