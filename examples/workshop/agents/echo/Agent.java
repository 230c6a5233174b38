import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * Says what it was told, and counts how often. Save this file while it runs: it is compiled and takes over, and
 * what does not compile never does.
 */
public class Agent {
  private static final URI SPOKEN = URI.create(System.getenv("PIRN_STATE_URL") + "/spoken");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** What comes is JSON, and is given back as it came. */
  private static String echo(String json) throws IOException, InterruptedException {
    return "{\"result\": %s, \"times\": %d}".formatted(json.isBlank() ? "null" : json, count());
  }

  /** The number is kept by Pirn, so that it goes on when this process is replaced. */
  private static long count() throws IOException, InterruptedException {
    while (true) {
      HttpResponse<String> found = send(HttpRequest.newBuilder(SPOKEN));
      boolean first = found.statusCode() == 404;
      if (!first && found.statusCode() != 200) {
        throw new IOException("state: " + found.statusCode());
      }
      long count = first ? 1 : Long.parseLong(found.body().strip()) + 1;
      int status =
          send(HttpRequest.newBuilder(SPOKEN)
                  .header("Content-Type", "application/json")
                  .header(
                      first ? "If-None-Match" : "If-Match",
                      first ? "*" : found.headers().firstValue("ETag").orElseThrow())
                  .PUT(HttpRequest.BodyPublishers.ofString(Long.toString(count))))
              .statusCode();
      if (status < 300) {
        return count;
      }
      // 412: somebody else has spoken in between, perhaps the process that takes over.
      if (status != 412) {
        throw new IOException("state: " + status);
      }
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (asked) {
        case "GET /health" -> answer(exchange, 200, "{\"status\": \"ok\"}");
        case "POST /call/echo" -> answer(exchange, 200, echo(body));
        default -> answer(exchange, 404, "{\"error\": \"no such tool\", \"tools\": [\"echo\"]}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", Agent::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }
}
