package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the guide says of each code is what is said.
@Timeout(30)
class ErrorsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("pirn.home", ".."), "docs/guide/errors/web.md");
  private static final Pattern HEADING = Pattern.compile("## (PIRN-B\\d+): .+");

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();

  /// One heading with its blocks by the language of their fences.
  record Section(String code, Map<String, String> blocks) {
    String text() {
      return blocks.getOrDefault("text", "");
    }

    @Override
    public String toString() {
      return code;
    }
  }

  static List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    String fence = null;
    StringBuilder text = new StringBuilder();
    for (String line : lines()) {
      Matcher heading = HEADING.matcher(line);
      if (fence == null && heading.matches()) {
        sections.add(new Section(heading.group(1), new LinkedHashMap<>()));
      } else if (fence == null && line.startsWith("```")) {
        fence = line.substring(3);
        text.setLength(0);
      } else if (fence != null && line.equals("```")) {
        sections.getLast().blocks().put(fence, text.toString());
        fence = null;
      } else {
        text.append(line).append('\n');
      }
    }
    return sections;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Section> requests() {
    return sections().stream().filter(it -> it.blocks().containsKey("http")).toList();
  }

  static List<Section> others() {
    return sections().stream().filter(it -> !it.blocks().containsKey("http")).toList();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void everyCodeHasOneHeadingInTheOrderOfTheCodes() {
    assertThat(sections().stream().map(Section::code))
        .containsExactlyElementsOf(Stream.of(Code.values()).map(Code::id).toList());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestGivesWhatThePageShows(Section section) throws IOException {
    Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Here</title>");
    try (LiveWeb web = LiveWeb.open(vertx, WebOptions.of(folder), null)) {
      HttpServer server =
          vertx
              .createHttpServer(
                  new HttpServerOptions().addWebSocketSubProtocol(LiveWeb.SUBPROTOCOL))
              .requestHandler(request -> web.handle(request, () -> request.response().end()))
              .listen(0, "127.0.0.1")
              .await();
      String said = ask(server.actualPort(), section.blocks().get("http"));

      assertThat(said).isEqualTo(section.text());
    }
  }

  /// Sends a request, and gives what is said to be wrong with it.
  private String ask(int port, String block) {
    List<String> lines = block.lines().toList();
    String[] first = lines.getFirst().split(" ");
    HttpClient client = vertx.createHttpClient();
    var request = client.request(HttpMethod.valueOf(first[0]), port, "127.0.0.1", first[1]).await();
    for (String line : lines.subList(1, lines.size())) {
      String[] header = line.split(": ", 2);
      request.putHeader(header[0], header[1]);
    }
    // The body is asked for before it can come.
    Answer answer =
        request
            .send()
            .compose(it -> it.body().map(body -> new Answer(it.statusCode(), type(it), body)))
            .await();
    Buffer body = answer.body();
    if (answer.type().equals("application/problem+json")) {
      JsonObject problem = body.toJsonObject();
      assertThat(problem.getInteger("status")).isEqualTo(answer.status());
      return "error[%s]: %s\n  help: %s\n"
          .formatted(
              problem.getString("code"), problem.getString("detail"), problem.getString("help"));
    }
    Matcher shown = Pattern.compile("(?s)<pre>(.*)</pre>").matcher(body.toString());
    assertThat(shown.find()).as(body.toString()).isTrue();
    assertThat(body.toString()).contains("<script src=\"/@hotreload/client.js\"");
    return shown.group(1);
  }

  private record Answer(int status, String type, Buffer body) {}

  private static String type(HttpClientResponse response) {
    return String.valueOf(response.getHeader("Content-Type"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatNeedsMoreIsWordedAsThePageShows(Section section) {
    Diagnostic said =
        switch (section.code()) {
          case "PIRN-B003" -> Problems.tooMany(LiveWeb.MOST_CONNECTIONS);
          case "PIRN-B007" ->
              UpstreamProblems.noAnswer("http://localhost:3000", new ConnectException("refused"));
          case "PIRN-B008" -> UpstreamProblems.loop("http://localhost:7474");
          default -> throw new IllegalStateException(section.code() + " is not run");
        };
    assertThat(Rendering.plain().render(said)).isEqualTo(section.text());
  }
}
