package dev.pirn.agents;

import static dev.pirn.agents.AgentEvent.Kind.ACTIVE;
import static dev.pirn.agents.AgentEvent.Kind.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.agents.front.Wire;
import dev.pirn.testkit.Scribe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that never stop asking while a real agent's code is edited: each request is answered,
/// and carried out once, which the agent itself writes down. Half of the requests are POSTs with
/// JSON. `-Dpirn.requests=100000` for the long form, with one swap for each thousand.
@Timeout(3600)
class LedgerTest {
  private static final int REQUESTS = Integer.getInteger("pirn.requests", 10_000);
  private static final int SWAPS = Math.max(10, REQUESTS / 1_000);
  private static final int CLIENTS = 16;

  /// Writes down each id before it answers. Appending at most a page to a file is one step on
  /// Linux, for two processes too.
  private static final String AGENT =
      """
      import http.server, os, signal, sys, threading

      LEDGER = os.open('ledger', os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

      class Handler(http.server.BaseHTTPRequestHandler):
          protocol_version = 'HTTP/1.1'
          disable_nagle_algorithm = True

          def do_GET(self):
              self.answer(self.path)

          def do_POST(self):
              length = int(self.headers['Content-Length'])
              self.answer(self.rfile.read(length).decode())

          def answer(self, id):
              os.write(LEDGER, (id + '\\n').encode())
              body = id.encode()
              self.send_response(200)
              self.send_header('Content-Length', str(len(body)))
              self.end_headers()
              self.wfile.write(body)

          def log_message(self, *_):
              pass

      class Server(http.server.ThreadingHTTPServer):
          request_queue_size = 128
          daemon_threads = True

      server = Server(('127.0.0.1', int(os.environ['PORT'])), Handler)
      if %s:
          signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
      server.serve_forever(0.05)
      # edit %d
      """;

  @TempDir private Path temp;
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  private static String agent(boolean polite, int edit) {
    return AGENT.formatted(polite ? "True" : "False", edit);
  }

  @ParameterizedTest(name = "{0}, an agent that {1} SIGTERM")
  @CsvSource({"blue-green, handles", "blue-green, ignores", "hold, handles", "hold, ignores"})
  void eachRequestIsAnsweredAndCarriedOutOnce(String mode, String manners) throws Exception {
    boolean polite = manners.equals("handles");
    try (Running desk = new Running(temp)) {
      Path main = desk.write("agents/a/main.py", agent(polite, 0));
      desk.write("agents/a/agent.yaml", "mode: %s\nstop_grace: 2s\n".formatted(mode));
      desk.open();
      desk.await("a", ACTIVE);
      int port = URI.create(Objects.requireNonNull(desk.state("a").url())).getPort();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        boolean keepAlive = i % 2 == 0;
        clients.add(Thread.ofVirtual().name("client-" + i).start(() -> ask(port, keepAlive)));
      }
      for (int swap = 1; swap <= SWAPS; swap++) {
        int goal = (int) ((long) REQUESTS * swap / (SWAPS + 1));
        await(() -> answered.get() >= goal);
        Scribe.of(main).viaRename(agent(polite, swap));
        desk.await("a", ACTIVE, swap + 1);
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(failures).isEmpty();
      assertThat(desk.events("a", REJECTED)).isEmpty();
      assertThat(desk.state("a").restarts()).isEqualTo(SWAPS);
      assertThat(desk.state("a").traffic().failed()).isZero();
      Map<String, Integer> ledger = new HashMap<>();
      Files.readAllLines(desk.at("agents/a/ledger"))
          .forEach(id -> ledger.merge(id, 1, Integer::sum));
      assertThat(ledger).hasSize(REQUESTS);
      assertThat(ledger.values()).containsOnly(1);
      System.out.printf(
          "%s, an agent that %s SIGTERM: %d requests, %d swaps, 0 failed, 0 twice; most held %d%n",
          mode, manners, REQUESTS, SWAPS, desk.state("a").traffic().mostHeld());
    }
  }

  private void await(Running.Asked asked) throws InterruptedException {
    synchronized (answered) {
      while (!asked.isSo() && failures.isEmpty()) {
        answered.wait();
      }
    }
  }

  private void ask(int port, boolean keepAlive) {
    Wire wire = null;
    try {
      for (int i = asked.incrementAndGet(); i <= REQUESTS; i = asked.incrementAndGet()) {
        wire = wire == null ? new Wire(port) : wire;
        String id = i % 2 == 0 ? "/id/" + i : "{\"id\": %d}".formatted(i);
        if (i % 2 == 0) {
          wire.send("GET " + id + " HTTP/1.1\r\nHost: a\r\n\r\n");
        } else {
          wire.sendPost("/", id);
        }
        Wire.Answer answer = wire.answer();
        if (answer.status() != 200 || !answer.body().equals(id)) {
          failures.add(id + " got " + answer);
        }
        tellAnswered();
        if (!keepAlive) {
          wire.close();
          wire = null;
        }
      }
      if (wire != null) {
        wire.close();
      }
    } catch (IOException e) {
      failures.add(e.toString());
      tellAnswered();
    }
  }

  private void tellAnswered() {
    synchronized (answered) {
      answered.incrementAndGet();
      answered.notifyAll();
    }
  }
}
