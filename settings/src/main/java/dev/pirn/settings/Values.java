package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Part;
import dev.pirn.live.Place;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All settings in force at one moment: those of the files, and below them the environment.
///
/// ```java
/// Values values = settings.values();
/// int size = values.intValue("KLR_RAG_CHUNK_SIZE", 512);
/// Duration timeout = values.duration("KLR_TIMEOUT");
/// ```
///
/// Who reads several settings that belong together takes one `Values` and reads them all from it.
///
/// Each kind of read has two forms. With a key alone, a key that is not set is an error. With a
/// value to fall back to, that value stands for a key that is not set, or set to nothing (but for
/// texts: nothing is a text). A value that does not fit is an error in both.
///
/// **Threading.** Immutable; may be used by any number of threads.
///
/// **Failure.** Reads throw [SettingsException] with the key and where its value comes from, and
/// never a secret.
///
/// **Units and defaults.** A duration is `500ms`, `2s`, `5m`, `1h`, `1d`; a bare number is
/// milliseconds. Sizes are as in [ByteSize]. A list has commas between its items, white space
/// around them does not count, and empty items are left out. A boolean is `true`, `yes`, `on`, `1`
/// or `false`, `no`, `off`, `0`. Case, `-` and `_` do not count in the name of an enum's constant.
public final class Values {
  private final Map<String, Setting> own;
  private final Map<String, String> environment;
  private final Secrets secretNames;
  private final Map<Class<?>, Object> records;
  private final List<Diagnostic> unbound;
  private final List<Part<EnvFile>> parts;
  private final List<String> secrets;

  /// @param own what the files set, sorted by key; not changed any more
  Values(
      Map<String, Setting> own,
      Map<String, String> environment,
      Secrets secretNames,
      Map<Class<?>, Object> records,
      List<Diagnostic> unbound,
      List<Part<EnvFile>> parts) {
    this.own = Collections.unmodifiableMap(own);
    this.environment = environment;
    this.secretNames = secretNames;
    this.records = records;
    this.unbound = unbound;
    this.parts = List.copyOf(parts);
    Set<String> hidden = new HashSet<>();
    own.values().stream().filter(Setting::secret).map(Setting::value).forEach(hidden::add);
    environment.keySet().stream()
        .map(this::inherited)
        .filter(Setting::secret)
        .map(Setting::value)
        .forEach(hidden::add);
    // The longest first: one may be a part of another.
    this.secrets =
        hidden.stream()
            .filter(value -> !value.isEmpty())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  static Values ofEnvironment(Map<String, String> environment, Secrets secretNames) {
    return new Values(Map.of(), environment, secretNames, Map.of(), List.of(), List.of());
  }

  /// The setting of a key: of the files, or else of the environment.
  public Optional<Setting> get(String key) {
    return Optional.ofNullable(find(key));
  }

  /// What the files set, by key.
  public Collection<Setting> all() {
    return own.values();
  }

  /// The keys that the files set, sorted.
  public Set<String> keys() {
    return own.keySet();
  }

  /// What is said of a key that no file sets, with the nearest ones.
  public Diagnostic notFound(String key) {
    return Problems.unknownKey(key, inherits(key), keys());
  }

  /// How many keys the files set.
  public int size() {
    return own.size();
  }

  /// The record that was bound to these settings; see [Settings.Builder#bind].
  ///
  /// @throws IllegalArgumentException if no such record was bound
  public <R extends Record> R get(Class<R> type) {
    Object bound = records.get(type);
    if (bound == null) {
      throw new IllegalArgumentException(type.getName() + " is not bound to these settings");
    }
    return type.cast(bound);
  }

  /// The text of a key.
  public String string(String key) {
    return read(key, Type.STRING);
  }

  /// The text of a key, or another if it is not set.
  public String string(String key, String fallback) {
    Setting found = find(key);
    return found == null ? fallback : found.value();
  }

  /// A whole number.
  public int intValue(String key) {
    return read(key, Type.INT);
  }

  /// A whole number, or another if it is not set.
  public int intValue(String key, int fallback) {
    return read(key, Type.INT, fallback);
  }

  /// A whole number.
  public long longValue(String key) {
    return read(key, Type.LONG);
  }

  /// A whole number, or another if it is not set.
  public long longValue(String key, long fallback) {
    return read(key, Type.LONG, fallback);
  }

  /// A finite number.
  public double doubleValue(String key) {
    return read(key, Type.DOUBLE);
  }

  /// A finite number, or another if it is not set.
  public double doubleValue(String key, double fallback) {
    return read(key, Type.DOUBLE, fallback);
  }

  /// True or false.
  public boolean booleanValue(String key) {
    return read(key, Type.BOOLEAN);
  }

  /// True or false, or what is given if it is not set.
  public boolean booleanValue(String key, boolean fallback) {
    return read(key, Type.BOOLEAN, fallback);
  }

  /// A duration.
  public Duration duration(String key) {
    return read(key, Type.DURATIONS);
  }

  /// A duration, or another if it is not set.
  public Duration duration(String key, Duration fallback) {
    return read(key, Type.DURATIONS, fallback);
  }

  /// A size in bytes.
  public ByteSize byteSize(String key) {
    return read(key, Type.SIZES);
  }

  /// A size in bytes, or another if it is not set.
  public ByteSize byteSize(String key, ByteSize fallback) {
    return read(key, Type.SIZES, fallback);
  }

  /// A list of texts.
  public List<String> list(String key) {
    return read(key, Type.listOf(Type.STRING));
  }

  /// A list of texts, or another if it is not set.
  public List<String> list(String key, List<String> fallback) {
    return read(key, Type.listOf(Type.STRING), fallback);
  }

  /// A constant of an enum.
  public <E extends Enum<E>> E enumValue(String key, Class<E> type) {
    return read(key, Type.enumOf(type));
  }

  /// A constant of an enum, or another if it is not set.
  public <E extends Enum<E>> E enumValue(String key, E fallback) {
    return read(key, Type.enumOf(fallback.getDeclaringClass()), fallback);
  }

  /// A path, as it is written: a relative one is relative to the working folder.
  public Path path(String key) {
    return read(key, Type.PATH);
  }

  /// A path, or another if it is not set.
  public Path path(String key, Path fallback) {
    return read(key, Type.PATH, fallback);
  }

  /// A URI.
  public URI uri(String key) {
    return read(key, Type.URIS);
  }

  /// A URI, or another if it is not set.
  public URI uri(String key, URI fallback) {
    return read(key, Type.URIS, fallback);
  }

  private <T> T read(String key, Type<T> type) {
    Setting setting = find(key);
    if (setting == null) {
      throw new SettingsException(missing(key));
    }
    return read(setting, type);
  }

  private <T> T read(String key, Type<T> type, T fallback) {
    Setting setting = find(key);
    return setting == null || setting.value().isEmpty() ? fallback : read(setting, type);
  }

  private static <T> T read(Setting setting, Type<T> type) {
    T value = type.parse(setting.value());
    if (value == null) {
      throw new SettingsException(Problems.badValue(setting, type.expected()));
    }
    return value;
  }

  Diagnostic missing(String key) {
    Place place = parts.isEmpty() ? null : Place.of(parts.getLast().file());
    return Problems.missing(key, place, own.keySet());
  }

  @Nullable Setting find(String key) {
    Setting setting = own.get(key);
    return setting != null ? setting : environment.containsKey(key) ? inherited(key) : null;
  }

  private Setting inherited(String key) {
    String value = environment.getOrDefault(key, "");
    return new Setting(key, value, secretNames.name(key) || secretNames.value(value), null);
  }

  /// What the files set for a key; null if they do not.
  @Nullable Setting ofFiles(String key) {
    return own.get(key);
  }

  boolean inherits(String key) {
    return environment.containsKey(key);
  }

  /// All values that must not be shown, the longest first.
  List<String> secrets() {
    return secrets;
  }

  /// What is to be said of the records that were to be bound to them.
  List<Diagnostic> unbound() {
    return unbound;
  }

  /// The files that they were made of.
  List<Part<EnvFile>> parts() {
    return parts;
  }

  /// What the files set, masked.
  @Override
  public String toString() {
    return "Values" + own.values();
  }
}
