package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  @TempDir private Path folder;

  @Test
  void tellsWhereItIsInAFileThatOnlyItsOwnerReads() throws IOException {
    Site site = Site.in(folder);
    try (Server server = site.start()) {
      Path file = folder.resolve(".pirn/server.json");
      ServerFile found = ServerFile.find(folder).orElseThrow();

      assertThat(found.url()).isEqualTo(server.url());
      assertThat(found.token()).isEqualTo(server.token()).hasSize(64);
      assertThat(found.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(found.started()).isEqualTo(server.started());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
    assertThat(ServerFile.find(folder)).isEmpty();
  }

  @Test
  void answersAtTheMomentItIsStarted() {
    try (Server server = Site.in(folder).start()) {
      assertThat(Http.of(server).get("/readyz").status()).isEqualTo(200);
      assertThat(Http.of(server).get("/api/v1/patterns").names()).containsExactly("alpha", "beta");
      assertThat(server.ready()).isPositive();
    }
  }

  @Test
  void refusesASecondServerOnTheSameWorkspaceAndNamesTheFirst() {
    Site site = Site.in(folder);
    try (Server first = site.start()) {
      assertThatThrownBy(site::start)
          .isInstanceOf(ServerException.class)
          .hasMessage(
              "error[PIRN-S011]: process %1$d at %2$s already serves the workspace %3$s%n"
                      .formatted(ProcessHandle.current().pid(), first.url(), folder)
                  + "  help: use that one, or end it first: kill %d"
                      .formatted(ProcessHandle.current().pid()));
      assertThat(Http.of(first).get("/healthz").status()).isEqualTo(200);
      assertThat(ServerFile.find(folder)).isPresent();
    }
  }

  @Test
  void startsOverWhatAKilledServerLeftBehind() throws IOException {
    Site site = Site.in(folder);
    Files.createDirectory(folder.resolve(".pirn"));
    ServerFile dead = new ServerFile(deadPid(), "http://127.0.0.1:1", "old", Instant.EPOCH, null);
    site.write(".pirn/server.json", dead.json().encode());
    site.write(".pirn/server.lock", "");

    try (Server server = site.start()) {
      assertThat(ServerFile.find(folder).orElseThrow().url()).isEqualTo(server.url());
    }
  }

  static long deadPid() throws IOException {
    Process process = new ProcessBuilder("true").start();
    process.onExit().join();
    return process.pid();
  }

  @Test
  void namesThePortThatIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerOptions options = Site.in(folder).options().port(other.getLocalPort());

      assertThatThrownBy(() -> Server.start(options))
          .hasMessage(
              "error[PIRN-S012]: the port %d of 127.0.0.1 is already in use%n"
                      .formatted(other.getLocalPort())
                  + "  help: choose another (server.port in pirn.yaml, or --port), or 0 for any that"
                  + " is free");
    }
    assertThat(folder.resolve(".pirn/server.json")).doesNotExist();
  }

  @Test
  void saysWhyItCannotListen() {
    Site site = Site.in(folder);
    site.config("server: { allow_remote: true }");

    assertThatThrownBy(() -> Server.start(site.options().host("203.0.113.7")))
        .isInstanceOf(ServerException.class)
        .hasMessageStartingWith("error[PIRN-S013]: cannot listen at 203.0.113.7 port 0: ");
  }

  @Test
  void refusesAHostThatOthersReachUnlessThatIsSaid() {
    assertThatThrownBy(() -> Server.start(Site.in(folder).options().host("0.0.0.0")))
        .hasMessageStartingWith("error[PIRN-S001]: other machines may reach the host \"0.0.0.0\"");
  }

  @Test
  void needsAFolder() {
    ServerOptions options = ServerOptions.of(Workspace.of(folder.resolve("none")));

    assertThatThrownBy(() -> Server.start(options))
        .hasMessageStartingWith("error[PIRN-S010]: there is no folder " + folder.resolve("none"));
  }

  @Test
  void canBeClosedTwiceAndStartedAgain() {
    Site site = Site.in(folder);
    Server server = site.start();
    server.close();
    server.close();

    try (Server again = site.start()) {
      assertThat(Http.of(again).get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void leavesNoThreadAndNoFileOpenBehind() throws IOException {
    Site site = Site.in(folder);
    cycle(site);
    long files = openFiles();
    for (int i = 0; i < 20; i++) {
      cycle(site);
    }
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(threads())
                .noneMatch(name -> name.startsWith("pirn-") || name.contains("vert.x")));
    assertThat(openFiles()).isLessThanOrEqualTo(files + 3);
  }

  @Test
  void leavesNothingBehindWhenItCannotStart() throws IOException {
    Site site = Site.in(folder);
    site.config("patterns: { strict: true }");
    site.write("patterns/broken.yaml", "name: [");
    assertThatThrownBy(site::start).isInstanceOf(dev.pirn.live.LiveException.class);
    long files = openFiles();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(site::start).isInstanceOf(dev.pirn.live.LiveException.class);
    }
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(threads())
                .noneMatch(name -> name.startsWith("pirn-") || name.contains("vert.x")));
    assertThat(openFiles()).isLessThanOrEqualTo(files + 3);
  }

  private static void cycle(Site site) {
    try (Server server = site.start();
        Http.Events events = Http.of(server).events("?since=0")) {
      assertThat(events.boot()).hasSize(16);
    }
  }

  private static long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files.count();
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }

  @Test
  void withoutReloadingLoadsOnceAndWhenAsked() {
    Site site = Site.in(folder);
    try (Server server = Server.start(site.options().reload(false))) {
      site.pattern("gamma", "New");
      Http http = Http.of(server);
      assertThat(http.get("/api/v1/patterns").names()).containsExactly("alpha", "beta");
      assertThat(http.get("/api/v1/status").json().getBoolean("reload")).isFalse();

      assertThat(http.token(server).post("/api/v1/patterns/reload").status()).isEqualTo(200);

      assertThat(http.get("/api/v1/patterns").names()).containsExactly("alpha", "beta", "gamma");
    }
  }

  @Test
  void takesTheFolderOfPatternsThatItIsGiven() {
    Site site = Site.in(folder);
    site.write("other/delta.yaml", Site.text("delta", "Other"));

    try (Server server = Server.start(site.options().patternsDir(Path.of("other")))) {
      assertThat(Http.of(server).get("/api/v1/patterns").names()).containsExactly("delta");
    }
  }
}
