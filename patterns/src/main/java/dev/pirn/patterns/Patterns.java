package dev.pirn.patterns;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.Nearest;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.live.Subscription;
import dev.pirn.watch.WatchSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A pattern library that follows its folders.
///
/// ```java
/// try (Patterns patterns = Patterns.open(PatternOptions.of(Path.of("patterns")))) {
///   patterns.onEvent(event -> System.out.println(event.type() + " " + event.name()));
///   patterns.search("duplicate rows").forEach(hit -> System.out.println(hit.pattern().name()));
///   patterns.library().get("npath").ifPresent(loaded -> ask(PatternFormat.format(loaded.pattern(), 2000)));
/// }
/// ```
///
/// **Threading.** All methods may be called by any thread. Listeners are called on the thread of
/// [Live]'s listeners, one call at a time, in order.
///
/// **Life cycle.** [#open] returns with a library in force, even if it is empty. [#close] ends the
/// following; the last library can still be read, but not searched.
///
/// **Failure.** A broken file keeps its last good version; see [#diagnostics].
public final class Patterns implements AutoCloseable {
  private final PatternOptions options;
  private final WatchSpec spec;
  private final Live<PatternLibrary> live;
  private final PatternIndex index = new PatternIndex();
  private final PatternFiles files;

  private Patterns(PatternOptions options) {
    this.options = options;
    this.spec = PatternSource.trees(options);
    Live.Builder<PatternLibrary> builder =
        Live.of(PatternSource.of(spec, options)).keep(options.keep());
    if (options.watcher() != null) {
      builder.watcher(options.watcher());
    }
    this.live = builder.open();
    this.files =
        new PatternFiles(spec.roots().getFirst(), new PatternDecoder(options.environment()));
    live.onChange(applied -> index.follow(applied.after(), applied.snapshot().generation()));
  }

  /// Opens a library.
  ///
  /// @throws dev.pirn.live.LiveException with [PatternOptions#strict] if a file is broken
  public static Patterns open(PatternOptions options) {
    return new Patterns(Objects.requireNonNull(options, "options"));
  }

  /// What is wrong with files and folders, by place, without opening them as a library that is
  /// followed. Files that are named by themselves are held to be one library, and the names that
  /// they relate to are not looked for.
  public static List<Diagnostic> validate(List<Path> paths, PatternOptions options) {
    return new PatternValidation(options).of(paths);
  }

  /// The JSON Schema (draft 2020-12) of a file that is one pattern, for editors, as plain data for
  /// `Json`. It cannot say what other files of the library make of it.
  public static Map<String, Object> schema() {
    return PatternSchema.make();
  }

  /// The library with its generations, history and way back, for whoever wants to look closer.
  public Live<PatternLibrary> live() {
    return live;
  }

  /// The library in force.
  public PatternLibrary library() {
    return live.get();
  }

  /// The rows of a listing, by name, with the state of each pattern's file.
  public List<PatternSummary> list(PatternFilter filter) {
    return library().summaries(filter, live.quarantined().keySet());
  }

  /// The patterns that fit a query, best first; all by name if the query is empty.
  ///
  /// What was in force when it was called is searched, or something newer.
  ///
  /// @throws IllegalStateException after [#close]
  public List<SearchHit> search(String query) {
    Objects.requireNonNull(query, "query");
    try (IndexView view = view()) {
      return view.ranked(query);
    }
  }

  /// The patterns that may be what a message asks for, best first; empty if none fits.
  ///
  /// @param intent what the message wants, if that is known
  /// @throws IllegalStateException after [#close]
  public List<Recommendation> recommend(String message, @Nullable String intent) {
    Objects.requireNonNull(message, "message");
    try (IndexView view = view()) {
      return new Recommender(view, message, intent).all();
    }
  }

  /// What a message wants, by the classifier of the options.
  public Intent classify(String message) {
    return options.classifier().classify(Objects.requireNonNull(message, "message"));
  }

  private IndexView view() {
    Snapshot<PatternLibrary> now = live.snapshot();
    return index.view(now.value(), now.generation());
  }

  /// All that is to be mended now, in files and between them, by place.
  public List<Diagnostic> diagnostics() {
    List<Diagnostic> all = new ArrayList<>(live.diagnostics());
    all.addAll(library().diagnostics());
    all.sort(Diagnostic.BY_PLACE);
    return List.copyOf(all);
  }

  /// Calls a listener for everything that happens to a pattern from now on. What one reload does is
  /// told in the order deleted, created, modified, failed, each by name.
  public Subscription onEvent(Consumer<? super PatternEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    return live.onReload(reload -> PatternEvents.of(reload).forEach(listener));
  }

  /// Reads all files again.
  public Reload<PatternLibrary> reload() {
    return live.reload();
  }

  /// Reads one file again.
  ///
  /// @param asked the name of a pattern, or a file: absolute, or relative to a folder of the
  ///   library
  /// @return the outcome, or the error that there is no such file
  public Decoded<Reload<PatternLibrary>> reload(String asked) {
    Objects.requireNonNull(asked, "asked");
    Path file = new FileFinder(spec, live).find(asked);
    return file == null
        ? Decoded.failed(Problems.fileNotFound(asked, Nearest.to(asked, library().names())))
        : Decoded.of(live.reload(file));
  }

  /// Writes a pattern file, whole or not at all, and puts it in force. With [PatternOptions#strict]
  /// it is held back while another file is broken.
  ///
  /// The content is checked before a byte is written. What is there is replaced only if its digest
  /// is given: the If-Match of the web. New files go to the first folder of the options.
  ///
  /// @param name the pattern's name, which the content must have too, and the name of its file
  /// @param folder the folder below the library's first, with `/` between its parts; empty for the
  ///   library's folder itself; null for where the pattern is now, or else that
  /// @param content the file's bytes, at most 4 MiB
  /// @param replaces the digest of the file to be replaced, or null if there must be none
  /// @return what was written, with warnings about it; or the errors for which nothing was written
  public Decoded<WrittenPattern> write(
      String name, @Nullable String folder, byte[] content, @Nullable String replaces) {
    Objects.requireNonNull(name, "name");
    Decoded<WrittenPattern> written =
        files.write(name, folder, content.clone(), replaces, library());
    WrittenPattern value = written.value();
    if (value != null) {
      live.reload(value.file());
    }
    return written;
  }

  @Override
  public void close() {
    live.close();
    index.close();
  }
}
