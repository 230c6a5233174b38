package dev.pirn.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pirn agents call AGENT [PATH|TOOL] [JSON]`.
@Command(
    name = "call",
    description = {
      "Asks an agent at its address, and prints what it answers.",
      "What begins with \"/\" is a path: GET, or POST if there is JSON. Anything else is the name"
          + " of a tool: POST to /call/TOOL. Exits with 1 if the status is 400 or more."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn agents call greeter greet '{\"name\": \"Ada\"}'",
      "  pirn agents call greeter /health"
    })
final class AgentsCallCommand implements Callable<Integer> {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /// A call waits while the agent has no process.
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

  private final Session session;

  @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
  String agent = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "/",
      paramLabel = "PATH|TOOL",
      description = "What is asked; ${DEFAULT-VALUE} by default.")
  String target = "/";

  @Parameters(index = "2", arity = "0..1", paramLabel = "JSON", description = "What is sent.")
  @Nullable String body;

  AgentsCallCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (body != null) {
      try {
        Json.decodeValue(body);
      } catch (DecodeException e) {
        throw Failure.usage(Problems.notJson(body));
      }
    }
    boolean tool = !target.startsWith("/");
    String path = tool ? "/call/" + Connection.encode(target) : target;
    return ask(url(), path, body == null && tool ? "{}" : body);
  }

  private String url() {
    JsonObject found = Workspaces.server(session).object("/agents/" + Connection.encode(agent));
    JsonObject process = found.getJsonObject("process");
    String url = process == null ? found.getString("endpoint") : process.getString("url");
    if (url == null) {
      throw new Failure(Problems.noAddress(agent));
    }
    return url;
  }

  private int ask(String url, String path, @Nullable String json) {
    try {
      HttpURLConnection http =
          (HttpURLConnection) URI.create(url + path).toURL().openConnection(Proxy.NO_PROXY);
      http.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
      http.setReadTimeout((int) ANSWER_LIMIT.toMillis());
      if (json != null) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        http.setDoOutput(true);
        http.setRequestProperty("Content-Type", "application/json");
        http.setFixedLengthStreamingMode(bytes.length);
        try (OutputStream out = http.getOutputStream()) {
          out.write(bytes);
        }
      }
      int status = http.getResponseCode();
      boolean refused = status >= HttpURLConnection.HTTP_BAD_REQUEST;
      try (InputStream in = refused ? http.getErrorStream() : http.getInputStream()) {
        print(in);
      }
      if (refused) {
        session.console().flush();
        session.console().note("%s answered with the status %d".formatted(agent, status));
      }
      return refused ? Exit.FAILED : Exit.DONE;
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Problems.badPath(target, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      throw new Failure(Problems.agentSilent(agent, url, String.valueOf(e.getMessage())));
    }
  }

  /// Prints what comes as it comes, with a line end at its end.
  private void print(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return;
    }
    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    char[] part = new char[8192];
    char last = '\n';
    for (int count = reader.read(part); count >= 0; count = reader.read(part)) {
      session.console().print(new String(part, 0, count));
      last = count > 0 ? part[count - 1] : last;
    }
    session.console().print(last == '\n' ? "" : "\n");
  }
}
