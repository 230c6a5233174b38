package dev.pirn.settings;

import dev.pirn.live.Check;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.LiveException;
import dev.pirn.live.Reload;
import dev.pirn.live.Source;
import dev.pirn.live.Subscription;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Settings that follow their `.env` files.
///
/// ```java
/// record Rag(@Default("512") int chunkSize, Duration timeout, Secret apiKey) {}
///
/// try (Settings settings = Settings.of(Path.of(".env"), Path.of(".env.local"))
///     .bind("KLR_RAG_", Rag.class,
///         rag -> rag.chunkSize() <= 4096 ? Verdict.ok() : Verdict.refuse("at most 4096"))
///     .open()) {
///   settings.values().get(Rag.class).chunkSize();        // KLR_RAG_CHUNK_SIZE
///   settings.values().booleanValue("KLR_VERBOSE", false);
///   settings.onEvent(event -> event.changes().forEach(System.out::println));
///   settings.set("KLR_RAG_CHUNK_SIZE", "768", null);     // in force when it returns
/// }
/// ```
///
/// A later file goes before an earlier one, and any file before the environment. A file need not
/// exist: it counts as soon as it does. A key that no file sets any more has its value of the
/// environment again. The files are one whole: if one of them is broken, or a value does not fit a
/// record or a check, nothing of the change is put in force.
///
/// **Threading.** All methods may be called by any thread. Listeners are called on the thread of
/// [Live]'s listeners, one call at a time, in order.
///
/// **Life cycle.** [Builder#open] returns with values in force. [#close] ends the following; the
/// last values can still be read.
///
/// **Failure.** What was in force stays; see [#diagnostics]. An empty file is an error, because a
/// save that was cut off leaves one: to take away what a file holds, delete it. No diagnostic shows
/// a secret.
public final class Settings implements AutoCloseable {
  private final Live<Values> live;
  private final SettingsFiles files;
  private final @Nullable PropertyMirror mirror;
  private final Winners winners;

  private Settings(Builder builder, Live<Values> live, Wiring wiring) {
    this.live = live;
    this.files =
        new SettingsFiles(
            wiring.spec().roots(), live, wiring.decoder(), wiring.assembler(), wiring.checks());
    this.winners = new Winners(this, builder.secretNames(), builder.stateFolder());
    this.mirror = builder.mirror ? new PropertyMirror() : null;
    live.onChange(_ -> follow());
    follow();
  }

  /// Begins to open settings. Of files that set the same key, the later wins.
  ///
  /// @throws IllegalArgumentException when there is no file
  public static Builder of(Path... files) {
    return of(List.of(files));
  }

  /// Begins to open settings. Of files that set the same key, the later wins.
  ///
  /// @throws IllegalArgumentException when there is no file
  public static Builder of(List<Path> files) {
    return new Builder(files);
  }

  /// The values in force.
  public Values values() {
    return live.get();
  }

  /// The values with their generations, history and way back.
  public Live<Values> live() {
    return live;
  }

  /// All that is to be mended now, by place.
  public List<Diagnostic> diagnostics() {
    return live.diagnostics();
  }

  /// Calls a listener when keys have changed, with the old and the new value of each, and when a
  /// change was refused. Opening is no event.
  public Subscription onEvent(Consumer<? super SettingsEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    return live.onReload(reload -> {
      SettingsEvent event = SettingsEvent.of(reload);
      if (event != null) {
        listener.accept(event);
      }
    });
  }

  /// Reads all files again.
  public Reload<Values> reload() {
    Reload<Values> outcome = live.reload();
    follow();
    return outcome;
  }

  /// Sets a key in the file that sets it now, or else in the last, which is made if it does not
  /// exist. When it returns, the value is in force, unless [WrittenSettings#inForce] says
  /// otherwise.
  ///
  /// The line is edited in place: comments, order, line ends, quotes and `export` stay. The value
  /// is meant literally, a `${NAME}` in it is no reference.
  ///
  /// @param replaces the digest of the settings that are to be changed, as [Live#snapshot] tells it
  ///   (the If-Match of the web); null for whatever is there
  /// @return what was written, or the errors for which nothing was written
  public Decoded<WrittenSettings> set(String key, String value, @Nullable String replaces) {
    Objects.requireNonNull(key, "key");
    return edit(Map.of(key, Optional.of(value)), replaces);
  }

  /// Takes a key out of the file that sets it now. If an earlier file or the environment has it
  /// too, it has that value then.
  ///
  /// @param replaces as in [#set]
  /// @return what was written, or the errors for which nothing was written
  public Decoded<WrittenSettings> unset(String key, @Nullable String replaces) {
    Objects.requireNonNull(key, "key");
    return edit(Map.of(key, Optional.empty()), replaces);
  }

  /// Sets and takes out several keys in one write: in the file that sets all of them now, or else
  /// in the last.
  ///
  /// @param edits the new value of each key, or nothing to take the key out
  /// @param replaces as in [#set]
  /// @return what was written, or the errors for which nothing was written
  public Decoded<WrittenSettings> edit(
      Map<String, Optional<String>> edits, @Nullable String replaces) {
    Decoded<WrittenSettings> written = files.write(Map.copyOf(edits), replaces);
    follow();
    return written;
  }

  /// Applies the parameters of a winner: all of them in one write, or none.
  ///
  /// @param winner the winner, JSON
  /// @param map which parameter sets which key, within which bounds; YAML
  /// @return what became of it; never an exception for what the files say
  public Acknowledgement apply(Path winner, Path map) {
    return winners.apply(
        Objects.requireNonNull(winner, "winner"), Objects.requireNonNull(map, "map"));
  }

  private void follow() {
    if (mirror != null) {
      mirror.follow(live.snapshot());
    }
  }

  @Override
  public void close() {
    live.close();
    if (mirror != null) {
      mirror.close();
    }
  }

  /// What the settings are made with.
  private record Wiring(
      WatchSpec spec,
      EnvDecoder decoder,
      SettingsAssembler assembler,
      List<Check<Values>> checks) {}

  /// How settings are to be opened.
  public static final class Builder {
    private final WatchSpec spec;
    private final List<String> secrets = new ArrayList<>();
    private final List<RecordBinder<?>> binders = new ArrayList<>();
    private final List<Check<Values>> checks = new ArrayList<>();
    private Map<String, String> environment = System.getenv();
    private boolean mirror;
    private boolean startBroken;
    private Duration debounce = Duration.ZERO;
    private int keep = 100;
    private @Nullable Path stateFolder;
    private @Nullable Watcher watcher;

    private Builder(List<Path> files) {
      this.spec = WatchSpec.files(files);
    }

    /// Makes a record of the settings, to be read by [Values#get(Class)]. A value that does not fit
    /// refuses the change; so does what the record's constructor throws.
    ///
    /// The key of a component is the prefix and its name in capitals, `CHUNK_SIZE` for `chunkSize`,
    /// or what [Key] says. Components are `String`, [Secret], `int`, `long`, `double`, `boolean`,
    /// `Duration`, [ByteSize], `Path`, `URI`, an enum, or a `List` or `Optional` of them. Without
    /// [Default] a key must be set, but for an `Optional`. Of all but texts, set to nothing is not
    /// set.
    ///
    /// @throws IllegalArgumentException if such records cannot be made; the message says why
    public <R extends Record> Builder bind(String prefix, Class<R> type) {
      binders.add(new RecordBinder<>(prefix, type));
      return this;
    }

    /// Makes a record of the settings, and checks it.
    ///
    /// @throws IllegalArgumentException if such records cannot be made; the message says why
    public <R extends Record> Builder bind(String prefix, Class<R> type, Check<? super R> check) {
      Objects.requireNonNull(check, "check");
      bind(prefix, type);
      checks.add(new GuardedCheck<R>(values -> values.get(type), check));
      return this;
    }

    /// Adds a check of all settings, called in the order in which they were added.
    public Builder check(Check<Values> check) {
      checks.add(new GuardedCheck<Values>(values -> values, Objects.requireNonNull(check)));
      return this;
    }

    /// Adds patterns of keys whose values must not be shown, beside `*_KEY`, `*TOKEN*`, `*SECRET*`
    /// and `*PASSWORD*`. `*` stands for anything, and case does not count. A pattern with a `!`
    /// before it makes an exception: `!*_MAX_TOKENS`.
    public Builder secrets(String... patterns) {
      secrets.addAll(List.of(patterns));
      return this;
    }

    /// What keys have that no file sets, and what references may mean; by default the environment
    /// of the process.
    public Builder environment(Map<String, String> environment) {
      this.environment = Map.copyOf(environment);
      return this;
    }

    /// Whether to show what the files set as system properties too, but for secrets; `false` by
    /// default. When a key goes, and on [Settings#close], the property is what it was before. The
    /// properties are up to date when [#open], [Settings#reload], [Settings#set] and their like
    /// return; after a change of a file they follow on the thread of the listeners.
    public Builder mirror(boolean mirror) {
      this.mirror = mirror;
      return this;
    }

    /// Whether to open even if the files are broken, with nothing but the environment until they
    /// are mended; `false` by default. Then records may not be there: see [Values#get(Class)].
    public Builder startBroken(boolean startBroken) {
      this.startBroken = startBroken;
      return this;
    }

    /// How long a file must be at rest; zero by default.
    public Builder debounce(Duration debounce) {
      this.debounce = Objects.requireNonNull(debounce, "debounce");
      return this;
    }

    /// How many generations are kept to go back to; 100 by default.
    public Builder keep(int keep) {
      this.keep = keep;
      return this;
    }

    /// Where it is remembered which winners were applied; by default `.pirn` beside the last file.
    public Builder stateFolder(Path folder) {
      this.stateFolder = folder.toAbsolutePath().normalize();
      return this;
    }

    /// Shares a watcher, which is not closed with the settings; by default they have their own.
    public Builder watcher(Watcher watcher) {
      this.watcher = Objects.requireNonNull(watcher, "watcher");
      return this;
    }

    /// Loads the files and begins to follow them.
    ///
    /// @throws LiveException when the files are broken, with all the reasons
    public Settings open() {
      Wiring wiring = wiring();
      return new Settings(this, live(wiring, startBroken), wiring);
    }

    /// What is wrong with the files, by place.
    public List<Diagnostic> validate() {
      try (Live<Values> live = live(wiring(), false)) {
        return live.diagnostics();
      } catch (LiveException e) {
        return e.diagnostics();
      }
    }

    private Secrets secretNames() {
      return Secrets.of(secrets);
    }

    private Path stateFolder() {
      return stateFolder == null ? spec.roots().getLast().resolveSibling(".pirn") : stateFolder;
    }

    private Wiring wiring() {
      List<Check<Values>> all = new ArrayList<>();
      all.add(SettingsAssembler.BOUND);
      all.addAll(checks);
      Secrets names = secretNames();
      return new Wiring(
          spec,
          new EnvDecoder(names),
          new SettingsAssembler(environment, names, binders),
          List.copyOf(all));
    }

    private Live<Values> live(Wiring wiring, boolean evenBroken) {
      Source<Values> source =
          Source.files(spec, wiring.decoder(), wiring.assembler())
              .named("settings")
              .strict(true)
              .debounce(debounce);
      Live.Builder<Values> builder = Live.of(source).keep(keep);
      wiring.checks().forEach(builder::check);
      if (watcher != null) {
        builder.watcher(watcher);
      }
      if (evenBroken) {
        builder.orElse(Values.ofEnvironment(environment, secretNames()));
      }
      return builder.open();
    }
  }
}
