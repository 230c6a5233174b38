package dev.pirn.agents.front;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Measures what the front costs. Not among the tests that run by themselves: `-Dtest=Overhead`.
@Timeout(900)
class Overhead {
  private static final int ROUNDS = Integer.getInteger("pirn.rounds", 5);
  private static final int REQUESTS = Integer.getInteger("pirn.requests", 20_000);

  @RegisterExtension final Rig rig = new Rig(FrontOptions.DEFAULTS);

  @Test
  void measure() throws Exception {
    Vertx vertx = Vertx.vertx();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(request.response()::end));
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    rig.front.forwardTo(new Target(1, "127.0.0.1", server.actualPort()));
    for (String method : List.of("GET", "POST")) {
      for (int clients : new int[] {1, 16}) {
        double[] direct = new double[ROUNDS];
        double[] fronted = new double[ROUNDS];
        double[] rates = new double[ROUNDS];
        double[] directRates = new double[ROUNDS];
        // Turn about, so that what else the machine does falls on both.
        for (int round = 0; round < ROUNDS; round++) {
          double[] one = run(method, server.actualPort(), clients);
          double[] two = run(method, rig.port(), clients);
          direct[round] = one[0];
          directRates[round] = one[1];
          fronted[round] = two[0];
          rates[round] = two[1];
        }
        System.out.printf(
            "%s, %d clients: direct p50 %.0f us, %.0f/s; through the front p50 %.0f us, %.0f/s%n",
            method, clients, least(direct), most(directRates), least(fronted), most(rates));
      }
    }
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  private static double most(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static double[] run(String method, int port, int clients) throws Exception {
    long[] micros = new long[REQUESTS];
    List<CompletableFuture<Void>> all = new ArrayList<>();
    long start = System.nanoTime();
    for (int c = 0; c < clients; c++) {
      int first = c;
      all.add(
          CompletableFuture.runAsync(
              () -> {
                try (Wire wire = new Wire(port)) {
                  for (int i = first; i < REQUESTS; i += clients) {
                    long before = System.nanoTime();
                    if (method.equals("GET")) {
                      wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer();
                    } else {
                      wire.sendPost("/", "{\"jsonrpc\":\"2.0\",\"id\":1}").answer();
                    }
                    micros[i] = (System.nanoTime() - before) / 1_000;
                  }
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    for (CompletableFuture<Void> one : all) {
      one.get();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(micros);
    return new double[] {micros[REQUESTS / 2], REQUESTS / seconds};
  }
}
