package dev.pirn.server;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.HistoryEntry;
import dev.pirn.live.LiveStatus;
import dev.pirn.live.Place;
import dev.pirn.live.Reload;
import dev.pirn.live.Timings;
import dev.pirn.patterns.FormattedPattern;
import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternSummary;
import dev.pirn.patterns.Patterns;
import dev.pirn.patterns.Recommendation;
import dev.pirn.patterns.SearchHit;
import dev.pirn.patterns.WrittenPattern;
import dev.pirn.watch.Change;
import dev.pirn.watch.WatchProblem;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.WatchState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The JSON of everything that Pirn shows, over HTTP and on the command line alike.
///
/// ```java
/// Views views = Views.of(workspace);
/// views.summaries(patterns.list(PatternFilter.ALL)).encodePrettily();
/// ```
///
/// Keys are in `camelCase`. Files are relative to the workspace, with `/`; those outside of it are
/// absolute. Times are ISO 8601 in UTC, durations are in milliseconds and their keys end in `Ms`.
/// What is not known is null; text that is not given is empty.
///
/// **Threading.** Immutable; every call makes a new object.
public final class Views {
  private final Workspace workspace;
  private final long generationsBefore;

  private Views(Workspace workspace, long generationsBefore) {
    this.workspace = workspace;
    this.generationsBefore = generationsBefore;
  }

  /// The views of a workspace.
  public static Views of(Workspace workspace) {
    return new Views(workspace, 0);
  }

  /// The same views of a source that follows another, whose generations are counted on.
  Views after(long generations) {
    return new Views(workspace, generations);
  }

  // ---- problems

  /// One problem: `{code, severity, message, file, line, column, length, hint, help, inForce,
  /// related}`.
  public JsonObject diagnostic(Diagnostic diagnostic) {
    return place(
            new JsonObject()
                .put("code", diagnostic.code())
                .put("severity", diagnostic.severity().toString())
                .put("message", diagnostic.message()),
            diagnostic.place())
        .put("hint", diagnostic.hint())
        .put("help", diagnostic.help())
        .put("inForce", diagnostic.inForce())
        .put("related", array(diagnostic.related(), place -> place(new JsonObject(), place)));
  }

  private JsonObject place(JsonObject json, @Nullable Place place) {
    return json.put("file", place == null ? null : workspace.show(place.file()))
        .put("line", place == null ? null : place.line())
        .put("column", place == null ? null : place.column())
        .put("length", place == null ? null : place.length());
  }

  /// Several problems.
  public JsonArray diagnostics(List<Diagnostic> diagnostics) {
    return array(diagnostics, this::diagnostic);
  }

  // ---- patterns

  /// One row of a listing: `{name, title, category, backendType, difficulty, file, generation,
  /// state}`.
  public JsonObject summary(PatternSummary summary) {
    return new JsonObject()
        .put("name", summary.name())
        .put("title", summary.title())
        .put("category", summary.category())
        .put("backendType", summary.backendType())
        .put("difficulty", summary.difficulty().toString())
        .put("file", workspace.show(summary.file()))
        .put("generation", generation(summary.generation()))
        .put("state", summary.state().toString());
  }

  /// A listing.
  public JsonArray summaries(List<PatternSummary> summaries) {
    return array(summaries, this::summary);
  }

  /// A row of a listing, of a pattern that was found in another way.
  JsonObject summary(LoadedPattern loaded, Set<Path> quarantined) {
    return new JsonObject()
        .put("name", loaded.name())
        .put("title", loaded.pattern().title())
        .put("category", loaded.pattern().category())
        .put("backendType", loaded.pattern().backendType())
        .put("difficulty", loaded.pattern().difficulty().toString())
        .put("file", workspace.show(loaded.file()))
        .put("generation", generation(loaded.generation()))
        .put("state", state(loaded, quarantined).toString());
  }

  /// A whole pattern: its row, its digest, its bundle, and all that its file says.
  ///
  /// @param quarantined the files that are broken at present
  public JsonObject pattern(LoadedPattern loaded, Set<Path> quarantined) {
    JsonObject json =
        summary(loaded, quarantined)
            .put("digest", loaded.digest())
            .put("bundle", PatternViews.bundle(loaded.bundle()));
    return PatternViews.put(json, loaded.pattern());
  }

  private static PatternSummary.State state(LoadedPattern loaded, Set<Path> quarantined) {
    return quarantined.contains(loaded.file())
        ? PatternSummary.State.QUARANTINED
        : PatternSummary.State.ACTIVE;
  }

  /// What a search found, best first: rows of a listing, each with its `score`.
  public JsonArray hits(List<SearchHit> hits, Set<Path> quarantined) {
    return array(hits, hit -> summary(hit.pattern(), quarantined).put("score", hit.score()));
  }

  /// What is recommended, best first: rows of a listing, each with its `confidence`.
  public JsonArray recommendations(List<Recommendation> found, Set<Path> quarantined) {
    return array(
        found, it -> summary(it.pattern(), quarantined).put("confidence", it.confidence()));
  }

  /// A pattern as text for a model: `{name, budget, tokens, leftOut, text}`.
  public JsonObject formatted(String name, int budget, FormattedPattern formatted) {
    return new JsonObject()
        .put("name", name)
        .put("budget", budget)
        .put("tokens", formatted.tokens())
        .put("leftOut", new JsonArray(formatted.leftOut()))
        .put("text", formatted.text());
  }

  /// A pattern that was written: `{name, file, digest, replaced, diagnostics}`.
  public JsonObject written(WrittenPattern written, List<Diagnostic> warnings) {
    return new JsonObject()
        .put("name", written.name())
        .put("file", workspace.show(written.file()))
        .put("digest", written.digest())
        .put("replaced", written.replaced())
        .put("diagnostics", diagnostics(warnings));
  }

  /// How a pattern library stands, and all that is to be mended in it.
  public JsonObject patterns(Patterns patterns) {
    Set<Path> quarantined = patterns.live().quarantined().keySet();
    long broken =
        patterns.library().list().stream()
            .filter(loaded -> quarantined.contains(loaded.file()))
            .count();
    int all = patterns.library().size();
    return source(patterns.live().status())
        .put("count", all)
        .put("active", all - broken)
        .put("quarantined", broken)
        .put("quarantinedFiles", files(quarantined))
        .put("diagnostics", diagnostics(patterns.diagnostics()));
  }

  // ---- sources

  /// How a source stands.
  public JsonObject source(LiveStatus status) {
    return new JsonObject()
        .put("name", status.name())
        .put("generation", generation(status.generation()))
        .put("digest", status.digest())
        .put("time", status.time().toString())
        .put("applied", status.applied())
        .put("rejected", status.rejected())
        .put("unchanged", status.unchanged())
        .put("listenerFailures", status.listenerFailures())
        .put("watch", watch(status.watch()))
        .put("diagnostics", diagnostics(status.diagnostics()));
  }

  /// What a watch sees, and cannot see: `{backend, folders, files, resyncs, problems}`.
  public JsonObject watch(WatchState state) {
    return new JsonObject()
        .put("backend", word(state.backend()))
        .put("folders", state.folders())
        .put("files", state.files())
        .put("resyncs", state.resyncs())
        .put("problems", array(state.problems(), this::problem));
  }

  /// Something that a watch cannot see: `{kind, file, message, help}`.
  JsonObject problem(WatchProblem problem) {
    return new JsonObject()
        .put("kind", word(problem.kind()))
        .put("file", workspace.show(problem.path()))
        .put("message", problem.message())
        .put("help", problem.help());
  }

  /// What a source watches, and how: `{source, roots, reload, …}`.
  JsonObject watched(String source, WatchSpec spec, boolean reload, WatchState state) {
    JsonObject json =
        new JsonObject()
            .put("source", source)
            .put("roots", files(spec.roots()))
            .put("singleFiles", spec.singleFiles())
            .put("reload", reload);
    return json.mergeIn(watch(state));
  }

  /// The outcome of a reload: `{outcome, trigger, generation, digest, time, files, durationMs,
  /// lagMs, diagnostics}`, with the outcome `applied`, `unchanged` or `rejected`.
  public JsonObject reload(Reload<?> reload) {
    Timings timings = reload.timings();
    return new JsonObject()
        .put("outcome", outcome(reload))
        .put("trigger", word(reload.trigger()))
        .put("generation", generation(reload.snapshot().generation()))
        .put("digest", reload.snapshot().digest())
        .put("time", reload.snapshot().time().toString())
        .put("files", files(reload.changes().stream().map(Change::path).toList()))
        .put("durationMs", milliseconds(timings.total()))
        .put("lagMs", milliseconds(timings.lag()))
        .put("diagnostics", diagnostics(reload.diagnostics()));
  }

  static String outcome(Reload<?> reload) {
    return switch (reload) {
      case Reload.Applied<?> _ -> "applied";
      case Reload.Unchanged<?> _ -> "unchanged";
      case Reload.Rejected<?> _ -> "rejected";
    };
  }

  /// The reloads that are remembered, newest first: `{generation, time, trigger, applied, digest,
  /// files, diagnostics}`.
  public JsonArray history(List<HistoryEntry> entries) {
    return array(
        entries,
        entry ->
            new JsonObject()
                .put("generation", generation(entry.generation()))
                .put("time", entry.time().toString())
                .put("trigger", word(entry.trigger()))
                .put("applied", entry.applied())
                .put("digest", entry.digest())
                .put("files", files(entry.files()))
                .put("diagnostics", diagnostics(entry.diagnostics())));
  }

  /// The configuration in force, with the keys of `pirn.yaml`.
  public JsonObject config(WorkspaceConfig config) {
    return ConfigView.of(config);
  }

  // ---- parts

  long generation(long generation) {
    return generationsBefore + generation;
  }

  String file(Path file) {
    return workspace.show(file);
  }

  private JsonArray files(Collection<Path> files) {
    return array(files, workspace::show);
  }

  /// A duration in milliseconds with three places, or null.
  static @Nullable Double milliseconds(@Nullable Duration duration) {
    return duration == null ? null : Math.round(duration.toNanos() / 1_000.0) / 1_000.0;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static <T> JsonArray array(Collection<T> items, Function<? super T, ?> view) {
    JsonArray array = new JsonArray();
    items.forEach(item -> array.add(view.apply(item)));
    return array;
  }
}
