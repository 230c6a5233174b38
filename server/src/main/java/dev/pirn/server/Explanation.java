package dev.pirn.server;

import dev.pirn.watch.Glob;
import dev.pirn.watch.WatchProblem;
import dev.pirn.watch.WatchSpec;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says which source takes a path, and for those that do not, by which rule.
///
/// @param views shows files
/// @param path the path, absolute
record Explanation(Views views, Path path) {
  /// One source that might take it.
  ///
  /// @param includes the globs of which one has to match; none for all
  /// @param excludes the globs of which none may match
  record Candidate(
      String source,
      WatchSpec spec,
      List<String> includes,
      List<String> excludes,
      List<WatchProblem> problems) {}

  JsonObject of(List<Candidate> candidates) {
    JsonArray checked = new JsonArray();
    String taker = null;
    for (Candidate candidate : candidates) {
      for (Path root : candidate.spec.roots()) {
        String reason = refusal(candidate, root);
        checked.add(
            new JsonObject()
                .put("source", candidate.source)
                .put("root", views.file(root))
                .put("taken", reason == null)
                .put("reason", reason == null ? "it fulfils every rule" : reason));
        if (reason == null && taker == null) {
          taker = candidate.source;
        }
      }
    }
    return new JsonObject()
        .put("path", views.file(path))
        .put("exists", exists(candidates))
        .put("taken", taker != null)
        .put("source", taker)
        .put("checked", checked);
  }

  /// Whether there is such a file; of what lies elsewhere that is nobody's business.
  private @Nullable Boolean exists(List<Candidate> candidates) {
    boolean near =
        candidates.stream()
            .flatMap(candidate -> candidate.spec.roots().stream())
            .anyMatch(path::startsWith);
    return near ? Files.exists(path, LinkOption.NOFOLLOW_LINKS) : null;
  }

  private @Nullable String refusal(Candidate candidate, Path root) {
    if (candidate.spec.singleFiles()) {
      return path.equals(root) ? problem(candidate) : "it is another file";
    }
    if (path.equals(root)) {
      return "it is the folder itself";
    }
    if (!path.startsWith(root)) {
      return "it does not lie in this folder";
    }
    String relative = root.relativize(path).toString().replace('\\', '/');
    String reason = folderRefusal(candidate, relative);
    if (reason == null && !candidate.spec.covers(relative)) {
      reason = fileRefusal(candidate, relative);
    }
    return reason == null ? problem(candidate) : reason;
  }

  private static @Nullable String folderRefusal(Candidate candidate, String relative) {
    for (int end = relative.indexOf('/'); end > 0; end = relative.indexOf('/', end + 1)) {
      String folder = relative.substring(0, end);
      if (!candidate.spec.enters(folder)) {
        String name = folder.substring(folder.lastIndexOf('/') + 1);
        return name.startsWith(".")
            ? "the folder \"%s\" is hidden: its name begins with a dot".formatted(folder)
            : "the folder \"%s\" is excluded by \"%s\""
                .formatted(folder, excluding(candidate, folder + "/x"));
      }
    }
    return null;
  }

  private static String fileRefusal(Candidate candidate, String relative) {
    String name = relative.substring(relative.lastIndexOf('/') + 1);
    if (name.startsWith(".")) {
      return "it is hidden: its name begins with a dot";
    }
    String excluding = excluding(candidate, relative);
    if (excluding != null) {
      return "it is excluded by \"%s\"".formatted(excluding);
    }
    boolean included =
        candidate.includes.isEmpty()
            || candidate.includes.stream().anyMatch(glob -> Glob.of(glob).matches(relative));
    return included
        ? "it has a name that programs use while they save"
        : "it matches none of \"%s\"".formatted(String.join("\", \"", candidate.includes));
  }

  private static @Nullable String excluding(Candidate candidate, String relative) {
    for (String glob : candidate.excludes) {
      String folder = relative.substring(0, Math.max(0, relative.lastIndexOf('/')));
      if (Glob.of(glob).matches(relative) || (!folder.isEmpty() && Glob.of(glob).matches(folder))) {
        return glob;
      }
    }
    return null;
  }

  /// What the watch says of the path, or of a folder above it.
  private @Nullable String problem(Candidate candidate) {
    for (WatchProblem problem : candidate.problems) {
      if (path.startsWith(problem.path()) && keepsOut(problem.kind())) {
        return problem.message();
      }
    }
    return null;
  }

  private static boolean keepsOut(WatchProblem.Kind kind) {
    return switch (kind) {
      case ROOT_MISSING, UNREADABLE, NAME, NOT_A_FILE, LINKED_FOLDER, BROKEN_LINK, BEING_WRITTEN ->
          true;
      case WATCH_LIMIT, POLLED, NO_NATIVE_ACCESS -> false;
    };
  }
}
