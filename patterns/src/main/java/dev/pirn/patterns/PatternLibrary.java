package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All patterns in force at one moment.
///
/// ```java
/// library.get("npath").ifPresent(loaded -> use(loaded.pattern()));
/// library.list(PatternFilter.ALL.category("analytics"));
/// ```
///
/// A name is there once. Where several files use it, a file that is the pattern goes before an
/// entry of a bundle, then the earlier root, then the earlier path; the others are not in force,
/// and [#diagnostics] says so. The same files always give an equal library, whatever happened in
/// between. Every listing is sorted by name, in the order of the characters' numbers.
///
/// **Threading.** Immutable; may be used by any number of threads.
public final class PatternLibrary {
  private final SortedMap<String, LoadedPattern> byName;
  private final Map<Path, List<LoadedPattern>> byFile;
  private final List<Collision> collisions;
  private final LibraryProblems problems;

  PatternLibrary(
      Map<String, LoadedPattern> byName, List<Collision> collisions, LibraryProblems problems) {
    this.byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    this.byFile = new LinkedHashMap<>();
    this.byName
        .values()
        .forEach(it -> byFile.computeIfAbsent(it.file(), _ -> new ArrayList<>()).add(it));
    this.collisions = List.copyOf(collisions);
    this.problems = problems;
  }

  /// A library without patterns.
  public static PatternLibrary empty() {
    return new PatternLibrary(Map.of(), List.of(), new LibraryProblems(List.of(), List.of()));
  }

  /// The pattern of this name.
  public Optional<LoadedPattern> get(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /// What to tell somebody who asked for a name that is not there, with the names that are like it.
  public Diagnostic notFound(String name) {
    return Problems.notFound(name, Nearest.to(name, names()));
  }

  /// All patterns, by name.
  public Collection<LoadedPattern> list() {
    return byName.values();
  }

  /// The patterns that fulfil a filter, by name.
  public List<LoadedPattern> list(PatternFilter filter) {
    return byName.values().stream().filter(loaded -> filter.matches(loaded.pattern())).toList();
  }

  /// The rows of a listing, by name.
  ///
  /// @param filter which patterns to list
  /// @param quarantined the files that are broken at present
  public List<PatternSummary> summaries(PatternFilter filter, Set<Path> quarantined) {
    return list(filter).stream()
        .map(loaded ->
            PatternSummary.of(
                loaded,
                quarantined.contains(loaded.file())
                    ? PatternSummary.State.QUARANTINED
                    : PatternSummary.State.ACTIVE))
        .toList();
  }

  /// All names, sorted.
  public Set<String> names() {
    return byName.keySet();
  }

  /// The number of patterns.
  public int size() {
    return byName.size();
  }

  /// All categories, sorted, each once.
  public Set<String> categories() {
    Set<String> categories = new TreeSet<>();
    byName.values().forEach(loaded -> categories.add(loaded.pattern().category()));
    return Collections.unmodifiableSet(categories);
  }

  /// The patterns in force that come from a file, by name.
  public List<LoadedPattern> byFile(Path file) {
    return Collections.unmodifiableList(byFile.getOrDefault(file, List.of()));
  }

  /// The variants of a pattern, without the pattern itself, by name: `base.fast` is the variant
  /// `fast` of `base`.
  public List<LoadedPattern> variants(String base) {
    return new Variants(this, base).all();
  }

  /// Chooses among a pattern and its variants. A variant that is not there gives the base.
  ///
  /// @return empty only if there is nothing to choose from
  public Optional<LoadedPattern> select(String base, Selector selector) {
    return new Variants(this, base).select(selector);
  }

  /// What is wrong between files, by place: names that are used twice, related patterns that do not
  /// exist. Problems inside a file are reported when it is loaded.
  ///
  /// Found on the first call.
  public List<Diagnostic> diagnostics() {
    return problems.list();
  }

  /// The patterns that are not in force because their name is taken.
  List<Collision> collisions() {
    return collisions;
  }

  /// Whether both hold the same patterns from the same bytes of the same files, with the same
  /// problems; when they came into force does not matter.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PatternLibrary library
        && sources().equals(library.sources())
        && diagnostics().equals(library.diagnostics());
  }

  @Override
  public int hashCode() {
    return sources().hashCode();
  }

  private List<LoadedPattern> sources() {
    return byName.values().stream().map(loaded -> loaded.generation(0)).toList();
  }

  /// Only the size: a library is too long to print.
  @Override
  public String toString() {
    return "PatternLibrary[%d patterns]".formatted(size());
  }
}
