package dev.pirn.bench;

import dev.pirn.settings.Default;
import dev.pirn.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.exceptions.GestaltException;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Reading one number of live settings beside what it cannot be faster than, and beside peers.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xlog:disable"})
@NullUnmarked
public class SettingsReadBenchmark {
  private static final String KEY = SettingsFigures.key(49);

  /// How many keys there are.
  @Param({"100", "10000"})
  public int keys;

  private volatile Map<String, String> map;
  private volatile Properties properties;
  private Settings settings;
  private Gestalt gestalt;
  private ExecutorService executor;
  private Path file;

  /// The record that is bound.
  public record App(@Default("1") int key_49) {}

  /// Opens all of them.
  @Setup(Level.Trial)
  public void open() throws Exception {
    // The peer logs its own end.
    Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
    file = SettingsFigures.file(keys);
    properties = SettingsPeer.properties(file);
    Map<String, String> plain = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> plain.put(key, properties.getProperty(key)));
    map = plain;
    settings = Settings.of(file).environment(Map.of()).bind("APP_", App.class).open();
    executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    gestalt = SettingsPeer.gestalt(file, executor);
  }

  /// Ends all of them.
  @TearDown(Level.Trial)
  public void close() throws Exception {
    settings.close();
    executor.shutdownNow();
    Files.delete(file);
  }

  /// A volatile read, a look into a map, and parsing.
  @Benchmark
  public int plainMap() {
    return Integer.parseInt(map.get(KEY));
  }

  /// The same of the JDK's properties.
  @Benchmark
  public int properties() {
    return Integer.parseInt(properties.getProperty(KEY));
  }

  /// By key.
  @Benchmark
  public int pirnIntValue() {
    return settings.values().intValue(KEY);
  }

  /// By key, with a value to fall back to.
  @Benchmark
  public int pirnIntValueOr() {
    return settings.values().intValue(KEY, 1);
  }

  /// Of a bound record.
  @Benchmark
  public int pirnRecord() {
    return settings.values().get(App.class).key_49();
  }

  /// By key, from its cache.
  @Benchmark
  public int gestalt() throws GestaltException {
    return gestalt.getConfig(KEY, Integer.class);
  }
}
