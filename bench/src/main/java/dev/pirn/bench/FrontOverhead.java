package dev.pirn.bench;

import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.Agents;
import dev.pirn.agents.AgentsOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The same requests to an agent itself and to its address, turn about, so that what else the
/// machine does falls on both.
final class FrontOverhead {
  private static final int ROUNDS = 5;
  private static final int CLIENTS = 16;
  private static final byte[] GET = Wire.get("/");
  private static final byte[] POST = Wire.post("/", "{\"jsonrpc\": \"2.0\", \"id\": 1}");

  private final int requests;
  private final Consumer<String> rows;

  /// @param requests of one client in one round
  FrontOverhead(int requests, Consumer<String> rows) {
    this.requests = requests;
    this.rows = rows;
  }

  void run() throws Exception {
    Path workspace = Files.createTempDirectory("pirn-bench-front-").toRealPath();
    AgentSpec spec =
        AgentSpec.of(
            "fast",
            workspace,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath(),
            FastAgent.class.getName());
    AgentsOptions options =
        AgentsOptions.of(workspace).folders(List.of()).specs(List.of(spec)).reload(false);
    try (Agents agents = AgentKeeper.Pirn.open(options, 1)) {
      String url = Objects.requireNonNull(agents.list().getFirst().url());
      int front = URI.create(url).getPort();
      int direct;
      try (Wire wire = new Wire(front)) {
        direct = Integer.parseInt(wire.ask(GET));
      }
      latency("GET", GET, direct, front);
      latency("POST", POST, direct, front);
      rate("GET", GET, direct, front);
      rate("POST", POST, direct, front);
    } finally {
      Folders.delete(workspace);
    }
  }

  /// Ours, for a process that runs in another folder.
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void latency(String method, byte[] request, int direct, int front) throws IOException {
    double[] alone = new double[ROUNDS * requests];
    double[] fronted = new double[ROUNDS * requests];
    for (int round = -1; round < ROUNDS; round++) {
      int at = Math.max(0, round) * requests;
      ask(direct, request, alone, at);
      ask(front, request, fronted, at);
    }
    Sample one = Sample.of(alone);
    Sample other = Sample.of(fronted);
    rows.accept(Sample.row(method + " directly, 1 client", one, "us", ""));
    rows.accept(
        Sample.row(
            method + " through pirn, 1 client",
            other,
            "us",
            String.format(Locale.ROOT, "%+.0f us at p50", other.p50() - one.p50())));
  }

  private void rate(String method, byte[] request, int direct, int front) {
    double[] alone = new double[ROUNDS];
    double[] fronted = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      int at = Math.max(0, round);
      alone[at] = perSecond(direct, request);
      fronted[at] = perSecond(front, request);
    }
    String note = "%,d requests a round, none failed".formatted(CLIENTS * requests);
    rows.accept(Sample.row(method + " directly, 16 clients", Sample.of(alone), "/s", note));
    rows.accept(Sample.row(method + " through pirn, 16 clients", Sample.of(fronted), "/s", note));
  }

  private double perSecond(int port, byte[] request) {
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  ask(port, request, new double[requests], 0);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    // A request that fails ends the whole run.
    clients.forEach(CompletableFuture::join);
    return CLIENTS * requests / ((System.nanoTime() - begin) / 1e9);
  }

  private void ask(int port, byte[] request, double[] micros, int from) throws IOException {
    try (Wire wire = new Wire(port)) {
      for (int i = from; i < from + requests; i++) {
        long begin = System.nanoTime();
        wire.ask(request);
        micros[i] = (System.nanoTime() - begin) / 1e3;
      }
    }
  }
}
