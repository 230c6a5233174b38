package dev.pirn.patterns;

import dev.pirn.live.Assembler;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a library of the files in force and decides who has a name that several want: files that
/// are the pattern before entries of bundles, then by root, then by path.
final class PatternAssembler implements Assembler<PatternFile, PatternLibrary> {
  private final boolean strict;

  /// An assembler.
  ///
  /// @param strict whether a name that is used twice refuses the whole library
  PatternAssembler(boolean strict) {
    this.strict = strict;
  }

  @Override
  public Decoded<PatternLibrary> assemble(List<Part<PatternFile>> parts) {
    List<Candidate> candidates = candidates(parts);
    Map<String, Candidate> inForce = new LinkedHashMap<>();
    List<Collision> collisions = new ArrayList<>();
    for (Candidate candidate : candidates) {
      Candidate first = inForce.putIfAbsent(candidate.name(), candidate);
      if (first != null) {
        collisions.add(new Collision(candidate, first));
      }
    }
    if (strict && collisions.stream().anyMatch(Collision::isError)) {
      return Decoded.failed(refused(collisions));
    }
    Map<String, LoadedPattern> byName = new LinkedHashMap<>();
    inForce.forEach((name, candidate) -> byName.put(name, candidate.loaded()));
    return Decoded.of(
        new PatternLibrary(
            byName, collisions, new LibraryProblems(collisions, List.copyOf(inForce.values()))));
  }

  private static List<Candidate> candidates(List<Part<PatternFile>> parts) {
    List<Candidate> files = new ArrayList<>();
    List<Candidate> entries = new ArrayList<>();
    for (Part<PatternFile> part : parts) {
      for (Definition definition : part.value().definitions()) {
        Candidate candidate = candidate(part, definition);
        (candidate.wholeFile() ? files : entries).add(candidate);
      }
    }
    files.addAll(entries);
    return files;
  }

  private static Candidate candidate(Part<PatternFile> part, Definition definition) {
    LoadedPattern loaded =
        new LoadedPattern(
            definition.pattern(),
            bundle(part.value()),
            part.root(),
            part.file(),
            part.digest(),
            part.generation());
    return new Candidate(definition, loaded);
  }

  private static @Nullable Bundle bundle(PatternFile file) {
    return file instanceof PatternFile.Many many ? many.bundle() : null;
  }

  private static List<Diagnostic> refused(List<Collision> collisions) {
    return collisions.stream()
        .filter(Collision::isError)
        .map(Collision::diagnostic)
        .sorted(Diagnostic.BY_PLACE)
        .toList();
  }
}
