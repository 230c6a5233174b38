package dev.pirn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// `pirn train`, which `./pirn` runs once: does a little of everything in a workspace of its own,
/// so that the JVM can write down which classes are needed and starts faster from then on.
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is made from.")
final class TrainCommand implements Callable<Integer> {
  private static final long PATIENCE = 10_000_000_000L;
  private static final long PAUSE = 20_000_000L;

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--help"),
          List.of("patterns", "list"),
          List.of("patterns", "get", "hello"),
          List.of("patterns", "search", "greeting"),
          List.of("patterns", "recommend", "hello"),
          List.of("patterns", "format", "hello"),
          List.of("patterns", "status"),
          List.of("patterns", "validate"),
          List.of("patterns", "get", "helo"),
          List.of("registry", "list"),
          List.of("agents", "list"),
          List.of("status"),
          List.of("status", "--json"),
          List.of("config", "get"),
          List.of("doctor"),
          List.of("events"),
          List.of("patterns", "reload"),
          List.of("patterns", "history"),
          List.of("watches", "list"));

  TrainCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      Path folder = Files.createTempDirectory("pirn-train-");
      try {
        train(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no room for training", e);
    }
    return Exit.DONE;
  }

  private static void train(Path folder) throws IOException, InterruptedException {
    run(folder, "init");
    COMMANDS.forEach(command -> run(folder, command.toArray(String[]::new)));
    Thread server =
        Thread.ofPlatform()
            .name("pirn-train-serve")
            .start(() -> run(folder, "serve", "--port", "0"));
    long begin = System.nanoTime();
    Path file = folder.resolve(".pirn").resolve("server.json");
    while (!Files.exists(file) && System.nanoTime() - begin < PATIENCE) {
      LockSupport.parkNanos(PAUSE);
    }
    COMMANDS.forEach(command -> run(folder, command.toArray(String[]::new)));
    Path pattern = folder.resolve("patterns").resolve("hello.yaml");
    Files.writeString(pattern, Files.readString(pattern) + "# changed\n");
    Files.writeString(pattern, "name: [\n");
    run(folder, "patterns", "status");
    server.interrupt();
    server.join(PATIENCE / 1_000_000);
  }

  private static void run(Path folder, String... args) {
    Console nowhere =
        new Console(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            false,
            false,
            false);
    Cli.run(new Session(nowhere, folder, Map.of()), args);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
