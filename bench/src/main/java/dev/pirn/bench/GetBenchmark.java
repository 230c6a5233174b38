package dev.pirn.bench;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Live;
import dev.pirn.live.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/// Reading a live value beside reading a volatile field, at rest and during 100 reloads a second.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Xlog:disable"})
@NullUnmarked
public class GetBenchmark {
  /// How many reloads a second go on meanwhile.
  @Param({"0", "100"})
  public int reloads;

  private volatile String field = "plain";
  private Live<String> live;
  private Path file;
  private Thread editor;
  private volatile boolean ending;

  /// Opens the value and starts the edits.
  @Setup(Level.Trial)
  public void open() throws IOException {
    file = Files.createTempFile("pirn-get", ".txt");
    Files.writeString(file, "0");
    live = Live.of(Source.file(file, GetBenchmark::text)).open();
    ending = false;
    editor = Thread.ofPlatform().daemon().unstarted(this::edit);
    if (reloads > 0) {
      editor.start();
    }
  }

  private static Decoded<String> text(Content content) {
    return Decoded.of(new String(content.bytes(), StandardCharsets.UTF_8));
  }

  private void edit() {
    for (int i = 0; !ending; i++) {
      try {
        Files.writeString(file, Integer.toString(i));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      LockSupport.parkNanos(1_000_000_000L / reloads);
    }
  }

  /// Ends both.
  @TearDown(Level.Trial)
  public void close() throws Exception {
    ending = true;
    if (reloads > 0) {
      editor.join();
    }
    live.close();
    Files.delete(file);
  }

  /// A plain volatile read.
  @Benchmark
  public String volatileField() {
    return field;
  }

  /// The value in force.
  @Benchmark
  public String liveGet() {
    return live.get();
  }
}
