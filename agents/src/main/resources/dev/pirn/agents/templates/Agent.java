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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small agent. Save this file while it runs: its callers will not notice the change. */
public class Agent {
  private static final String STATE_URL = System.getenv("PIRN_STATE_URL");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static String call(String tool, String arguments)
      throws IOException, InterruptedException {
    return switch (tool) {
      case "greet" -> quote("Hello, " + text(arguments, "name", "world") + "!");
      case "add" -> Long.toString(Math.addExact(number(arguments, "a"), number(arguments, "b")));
      case "counter" -> Long.toString(count());
      default -> null;
    };
  }

  /** Counts its calls. The number is kept outside of this process, so that it outlives it. */
  private static long count() throws IOException, InterruptedException {
    if (STATE_URL == null) {
      throw new IllegalArgumentException("there is no PIRN_STATE_URL");
    }
    URI url = URI.create(STATE_URL + "/counter");
    while (true) {
      HttpResponse<String> found = send(HttpRequest.newBuilder(url).build());
      if (found.statusCode() != 200 && found.statusCode() != 404) {
        throw new IOException("state: " + found.statusCode());
      }
      long count = found.statusCode() == 200 ? Long.parseLong(found.body().strip()) + 1 : 1;
      HttpRequest.Builder put =
          HttpRequest.newBuilder(url)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(Long.toString(count)));
      // Another process may count at the same time: write only over what was read.
      found.headers().firstValue("ETag").ifPresentOrElse(
          etag -> put.header("If-Match", etag), () -> put.header("If-None-Match", "*"));
      int status = send(put.build()).statusCode();
      if (status < 300) {
        return count;
      }
      if (status != 412) {
        throw new IOException("state: " + status);
      }
    }
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (path.equals("/health")) {
        answer(exchange, 200, "{\"status\": \"ok\"}");
        return;
      }
      try {
        boolean called = exchange.getRequestMethod().equals("POST") && path.startsWith("/call/");
        String result = called ? call(path.substring(6), body) : null;
        answer(
            exchange,
            result == null ? 404 : 200,
            result == null ? "{\"error\": \"not found\"}" : "{\"result\": " + result + "}");
      } catch (IllegalArgumentException | ArithmeticException e) {
        answer(exchange, 400, "{\"error\": " + quote(e.getMessage()) + "}");
      } catch (IOException | InterruptedException e) {
        answer(exchange, 502, "{\"error\": " + quote(String.valueOf(e.getMessage())) + "}");
      }
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + status);
  }

  // Java brings no reader of JSON along; for more than this, put one into lib/.
  private static String text(String json, String key, String otherwise) {
    Matcher found =
        Pattern.compile("\"" + key + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
    return found.find() ? found.group(1).translateEscapes() : otherwise;
  }

  private static long number(String json, String key) {
    Matcher found = Pattern.compile("\"" + key + "\"\\s*:\\s*(-?\\d{1,18})").matcher(json);
    if (!found.find()) {
      throw new IllegalArgumentException(key + " must be a whole number");
    }
    return Long.parseLong(found.group(1));
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
              } else if (c < ' ') {
                out.append("\\u%04x".formatted(c));
              } else {
                out.append((char) c);
              }
            });
    return out.append('"').toString();
  }

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server = HttpServer.create(address, 0);
    server.createContext("/", Agent::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    // Upon SIGTERM: takes no more, and gives what is being answered up to 2 seconds.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.stop(2);
      System.out.println("ended");
    }));
    server.start();
    System.out.println("listening on " + server.getAddress().getPort());
  }
}
