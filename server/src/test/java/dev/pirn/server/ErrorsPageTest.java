package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Content;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.Rendering;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs every example of the page that explains the errors.
class ErrorsPageTest {
  @TempDir private Path dir;

  static List<ErrorsPage.Section> sections() {
    return ErrorsPage.sections();
  }

  static List<ErrorsPage.Section> with(String fence) {
    return sections().stream().filter(it -> it.blocks().containsKey(fence)).toList();
  }

  static List<ErrorsPage.Section> configurations() {
    return with("yaml");
  }

  static List<ErrorsPage.Section> requests() {
    return with("http");
  }

  static List<ErrorsPage.Section> others() {
    return sections().stream()
        .filter(it -> !it.blocks().containsKey("yaml") && !it.blocks().containsKey("http"))
        .toList();
  }

  @Test
  void everyCodeHasOneHeadingInTheOrderOfTheCodes() {
    assertThat(sections().stream().map(ErrorsPage.Section::code))
        .containsExactlyElementsOf(Stream.of(Code.values()).map(Code::id).toList());
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void aConfigurationGivesWhatThePageShows(ErrorsPage.Section section) throws IOException {
    Path file = dir.resolve("pirn.yaml");
    Files.writeString(file, section.blocks().get("yaml"));
    List<Diagnostic> found =
        new ConfigDecoder().decode(new Content(file, Files.readAllBytes(file))).diagnostics();

    try (Live<WorkspaceConfig> live =
        Live.of(Workspace.of(dir).configSource()).orElse(WorkspaceConfig.DEFAULTS).open()) {
      assertThat(live.diagnostics()).hasSameSizeAs(found);
      assertThat(Rendering.plain().relativeTo(dir).render(live.diagnostics()))
          .isEqualTo(section.text());
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestGivesWhatThePageShows(ErrorsPage.Section section) {
    try (Server server = Site.in(dir).start()) {
      Http.Response response = send(server, section.blocks().get("http"));
      JsonObject problem = response.json();

      assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(problem.getString("code")).isEqualTo(section.code());
      String help = problem.getString("help");
      assertThat(
              "error[%s]: %s%n%s"
                  .formatted(
                      problem.getString("code"),
                      problem.getString("detail"),
                      help == null ? "" : "  help: " + help + "\n"))
          .isEqualTo(section.text());
    }
  }

  private static Http.Response send(Server server, String block) {
    String[] parts = block.replace("TOKEN", server.token()).split("\n\n", 2);
    List<String> lines = parts[0].lines().toList();
    Http http = Http.of(server);
    if (!lines.getFirst().contains(" ")) {
      return http.raw((block + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] header = line.split(": ", 2);
      http = http.with(header[0], header[1]);
    }
    String[] first = lines.getFirst().split(" ");
    return http.send(first[0], first[1], parts.length == 2 ? parts[1] : "");
  }

  @ParameterizedTest
  @MethodSource("others")
  void whatNeedsMoreIsWordedAsThePageShows(ErrorsPage.Section section) {
    Path root = Path.of("/site");
    ServerFile running = new ServerFile(4711, "http://127.0.0.1:7474", "", Instant.EPOCH, null);
    Diagnostic said =
        switch (section.code()) {
          case "PIRN-S005" ->
              Problems.needsRestart(List.of("server.host"), root.resolve("pirn.yaml"));
          case "PIRN-S006" ->
              Problems.losses(Map.of(root.resolve("patterns/alpha.yaml"), "alpha")).getFirst();
          case "PIRN-S010" -> Problems.noWorkspace(root.resolve("none"));
          case "PIRN-S011" -> Problems.alreadyRunning(root, running);
          case "PIRN-S012" -> Problems.portTaken("127.0.0.1", 7474);
          case "PIRN-S013" ->
              Problems.cannotListen("203.0.113.7", 7474, "Cannot assign requested address");
          case "PIRN-S014" ->
              Problems.stateFolder(root.resolve(".pirn"), "FileAlreadyExists /site/.pirn");
          case "PIRN-S030" -> Problems.tooSlow(30);
          case "PIRN-S033" -> Problems.agentsOff();
          case "PIRN-S034" ->
              Problems.agentsFailed("cannot listen on 127.0.0.1: Too many open files");
          case "PIRN-S035" -> Problems.agentsBusy();
          case "PIRN-S036" -> Problems.notLetIn();
          case "PIRN-S039" -> Problems.failed("NullPointerException");
          default -> throw new IllegalStateException(section.code() + " is not run");
        };
    assertThat(Rendering.plain().relativeTo(root).render(said)).isEqualTo(section.text());
  }

  @Test
  void aStateFolderThatIsNoneIsRefused() {
    Site site = Site.in(dir);
    site.write(".pirn", "a file");

    org.assertj.core.api.Assertions.assertThatThrownBy(site::start)
        .hasMessageStartingWith("error[PIRN-S014]: cannot write to the folder: FileAlreadyExists");
  }
}
