package dev.pirn.patterns;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.watch.WatchSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Says what is wrong with files and folders, exactly as a library that is followed would.
final class PatternValidation {
  private final PatternOptions options;

  PatternValidation(PatternOptions options) {
    this.options = options.strict(false);
  }

  List<Diagnostic> of(List<Path> paths) {
    List<Diagnostic> found = new ArrayList<>();
    List<Path> folders = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        folders.add(path);
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        found.add(Problems.fileNotFound(path.toString(), List.of()));
      }
    }
    if (!folders.isEmpty()) {
      found.addAll(check(PatternSource.trees(options.dirs(folders))));
    }
    if (!files.isEmpty()) {
      check(WatchSpec.files(files)).stream()
          .filter(diagnostic -> !diagnostic.code().equals(Code.DANGLING.id()))
          .forEach(found::add);
    }
    found.sort(Diagnostic.BY_PLACE);
    return List.copyOf(found);
  }

  private List<Diagnostic> check(WatchSpec spec) {
    try (Live<PatternLibrary> live = Live.of(PatternSource.of(spec, options)).open()) {
      List<Diagnostic> found = new ArrayList<>();
      // Whatever is in force elsewhere, this run does not know it.
      live.diagnostics().forEach(diagnostic -> found.add(diagnostic.inForce(null)));
      found.addAll(live.get().diagnostics());
      return found;
    }
  }
}
