package dev.pirn.bench;

import dev.pirn.registry.AgentPage;
import dev.pirn.registry.AgentQuery;
import dev.pirn.registry.AgentSort;
import dev.pirn.registry.Registry;
import dev.pirn.registry.RegistryOptions;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// The agent registry of some sizes: from `close(2)` in another process to the callback, listing
/// with filters, searching. Beside it, what the JDK's WatchService and the YAML library do alone.
final class RegistryFigures {
  private static final long PATIENCE = 20_000_000_000L;

  private RegistryFigures() {}

  /// The way from a change of the file to the one who is told.
  private interface Start {
    AutoCloseable start(Path file, LongConsumer noticed) throws IOException;
  }

  static List<String> run(boolean quick) throws Exception {
    List<String> rows = new ArrayList<>();
    for (int agents : new int[] {4, 1_000, 20_000}) {
      Path folder = Files.createTempDirectory("pirn-bench-registry-");
      Path file = Files.writeString(folder.resolve("agent_registry.yaml"), text(agents));
      int edits = (agents > 1_000 ? 20 : 200) / (quick ? 10 : 1);
      rows.add(
          edits("pirn: edit -> new registry told", agents, file, edits, RegistryFigures::pirn));
      rows.add(
          edits(
              "JDK WatchService + YAML library: edit -> parsed",
              agents,
              file,
              edits,
              RegistryFigures::alone));
      rows.addAll(queries(agents, file, quick || agents > 1_000 ? 100 : 1_000));
      Files.delete(file);
      Files.delete(folder);
    }
    return rows;
  }

  private static String text(int agents) {
    StringBuilder text = new StringBuilder("version: \"1.0\"\nagents:\n");
    for (int i = 0; i < agents; i++) {
      text.append(
          """
            agent_%d:
              name: Agent number %d
              category: %s
              environment: production
              owner: team-%d
              version: 1.%d.0
              location: agents/agent_%d
              description: Does the work of number %d
              tags: [text, group-%d]
          """
              .formatted(i, i, i % 4 == 0 ? "example" : "production", i % 7, i % 50, i, i, i % 10));
    }
    return text.append("config:\n  validation: { validate_location: false }\n").toString();
  }

  private static AutoCloseable pirn(Path file, LongConsumer noticed) {
    Registry registry = Registry.open(RegistryOptions.of(file));
    // The writer's mark is a comment; it makes other bytes of the same agents.
    registry.live().onReload(_ -> noticed.accept(System.nanoTime()));
    return registry;
  }

  private static AutoCloseable alone(Path file, LongConsumer noticed) throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("a file lies in a folder");
    }
    folder.register(service, StandardWatchEventKinds.ENTRY_MODIFY);
    Thread.ofPlatform().daemon().start(() -> follow(service, file, noticed));
    return service;
  }

  private static void follow(WatchService service, Path file, LongConsumer noticed) {
    Load load = new Load(LoadSettings.builder().setCodePointLimit(64 * 1024 * 1024).build());
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context() instanceof Path name && file.endsWith(name)) {
            parse(load, file, noticed);
          }
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // The end of the run.
    }
  }

  private static void parse(Load load, Path file, LongConsumer noticed) {
    try {
      if (load.loadFromString(Files.readString(file)) != null) {
        noticed.accept(System.nanoTime());
      }
    } catch (IOException | YamlEngineException e) {
      // It came while the file was being written.
    }
  }

  private static String edits(String name, int agents, Path file, int edits, Start how)
      throws Exception {
    AtomicLong last = new AtomicLong();
    int warmUp = Math.max(2, edits / 10);
    double[] millis = new double[edits];
    int lost = 0;
    try (AutoCloseable _ = how.start(file, last::set);
        OtherProcess writer = new OtherProcess(file)) {
      for (int i = -warmUp; i < edits; i++) {
        last.set(0);
        long closed = writer.order("save " + (i + warmUp + 1));
        long limit = System.nanoTime() + PATIENCE;
        // What was told before the close is not of the whole file.
        while (last.get() <= closed && System.nanoTime() < limit) {
          LockSupport.parkNanos(20_000);
        }
        if (i >= 0) {
          millis[i] = (last.get() - closed) / 1e6;
          lost += last.get() <= closed ? 1 : 0;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
    return Sample.row(
        "%s, %,d agents".formatted(name, agents), Sample.of(millis), "ms", "lost " + lost);
  }

  private static List<String> queries(int agents, Path file, int count) {
    AgentQuery filters =
        AgentQuery.ALL
            .category("production")
            .tags(Set.of("text", "group-3"))
            .sort(AgentSort.VERSION)
            .page(1, 50);
    AgentQuery search = AgentQuery.ALL.text("agnt group-3").page(1, 50);
    try (Registry registry = Registry.open(RegistryOptions.of(file))) {
      return List.of(
          query("pirn: list with filters, sorted, %,d agents", agents, registry, filters, count),
          query("pirn: search with a misspelt word, %,d agents", agents, registry, search, count));
    }
  }

  private static String query(
      String name, int agents, Registry registry, AgentQuery query, int count) {
    double[] millis = new double[count];
    int found = 0;
    for (int i = -count / 10; i < count; i++) {
      long begin = System.nanoTime();
      AgentPage page = Objects.requireNonNull(registry.agents().list(query).value(), "a page");
      found = page.total();
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begin) / 1e6;
      }
    }
    return Sample.row(name.formatted(agents), Sample.of(millis), "ms", "found " + found);
  }
}
