package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.registry.AliveOptions;
import dev.pirn.web.LiveWeb;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What other machines may do. The address 127.0.0.2 stands for one of them.
@EnabledOnOs(OS.LINUX)
class DevicesTest {
  private static final String FAR = "127.0.0.2";
  private static final Set<String> PAGES =
      Set.of("/ws/hotreload", "/api/v1/ws/hotreload", "/livereload", Devices.ENTRANCE);

  @TempDir private Path folder;
  private Server server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private void start(String config) {
    stop();
    Site site = Site.in(folder);
    site.config(config);
    site.write("web/index.html", "<!doctype html><html><head></head><body>page</body></html>");
    site.write("web/style.css", "a{}");
    server =
        Server.start(
            site.options(), new EventLog(), AliveOptions.DEFAULTS, address -> !address.equals(FAR));
  }

  private Http stranger() {
    return Http.of(server).from(FAR);
  }

  private String pass() {
    try {
      return Files.readString(folder.resolve(".pirn/pass")).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String cookie() {
    return "pirn-%d=%s".formatted(URI.create(server.url()).getPort(), pass());
  }

  private Http device() {
    return stranger().with("Cookie", cookie());
  }

  @Test
  void aStrangerSeesNothing() {
    start("web: {}");
    for (String path : new String[] {"/", "/style.css", "/api/v1/status", "/dashboard", "/none"}) {
      Http.Response answer = stranger().get(path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.json().getJsonArray("diagnostics").getJsonObject(0).getString("code"))
          .isEqualTo("PIRN-S036");
      assertThat(answer.header("Set-Cookie")).isNull();
    }
    assertThat(upgrade(null)).isEqualTo(401);
    assertThat(stranger().with("Cookie", cookie().replaceAll("=.", "=g")).get("/").status())
        .isEqualTo(401);
    assertThat(stranger().get("/").body())
        .contains("this machine has not been let in")
        .contains("open the link that \\\"pirn devices\\\" shows");
  }

  @Test
  void theLinkLetsADeviceIn() throws IOException {
    start("web: {}");
    Http.Response answer = stranger().get(Devices.ENTRANCE + "?pass=" + pass());
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("Location")).isEqualTo("/");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Set-Cookie"))
        .startsWith(cookie() + ";")
        .contains("Path=/", "HTTPOnly", "SameSite=Lax", "Max-Age=2592000");

    assertThat(device().get("/").body()).contains("page").contains("data-key=");
    assertThat(device().get("/style.css").body()).isEqualTo("a{}");
    assertThat(device().get("/@hotreload/client.js").status()).isEqualTo(200);
    assertThat(device().get("/none").status()).isEqualTo(404);
    assertThat(upgrade(cookie())).isEqualTo(101);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(".pirn/pass"))))
        .isEqualTo("rw-------");
  }

  @Test
  void anotherPassLetsNobodyIn() {
    start("web: {}");
    for (String query : new String[] {"", "?pass=", "?pass=" + "0".repeat(32), "?pass=%zz"}) {
      Http.Response answer = stranger().get(Devices.ENTRANCE + query);
      assertThat(answer.status()).as(query).isEqualTo(query.contains("%") ? 400 : 401);
      assertThat(answer.header("Set-Cookie")).isNull();
    }
    assertThat(stranger().get(Devices.ENTRANCE).body())
        .contains("PIRN-S037")
        .contains("this link lets nobody in")
        .contains("open the one that \\\"pirn devices\\\" shows now");
  }

  @Test
  void aDeviceGetsPagesAndNothingElse() {
    start("web: {}");
    Http own = device().with("Origin", server.url());
    server
        .routes()
        .registered()
        .forEach((path, methods) -> {
          String asked = path.replaceAll(":[a-z]+", "alpha");
          for (String method : methods) {
            if (!PAGES.contains(path)) {
              Http.Response answer = own.send(method, asked, "");
              assertThat(answer.status()).as(method + " " + asked).isEqualTo(401);
              assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
          }
        });
    assertThat(device().post("/").status()).as("not from a page").isEqualTo(401);
    assertThat(device().token(server).get("/api/v1/status").status()).isEqualTo(200);
    assertThat(stranger().token(server).get("/").status()).isEqualTo(200);
  }

  @Test
  void theDashboardIsNoPageForDevices() throws IOException {
    start("web: {}");
    Files.delete(folder.resolve("web/index.html"));
    Awaitility.await().until(() -> device().get("/").status() == 404);
    assertThat(Http.of(server).get("/").body()).contains("<title>");
  }

  @Test
  void aDeviceStaysLetInWhenTheServerIsStartedAnew() throws IOException {
    start("web: {}");
    String before = pass();
    start("web: {}");
    assertThat(device().get("/").status()).isEqualTo(200);
    assertThat(pass()).isEqualTo(before).matches("[0-9a-f]{32}");
    server.close();
    Files.delete(folder.resolve(".pirn/pass"));
    start("web: {}");
    assertThat(pass()).isNotEqualTo(before);
    assertThat(device().get("/").status()).isEqualTo(200);
    assertThat(stranger().with("Cookie", cookie().replace(pass(), before)).get("/").status())
        .isEqualTo(401);
  }

  @Test
  void noDeviceIsLetInWhereReloadIsOff() {
    start("hot_reload: { enabled: false }");
    assertThat(Http.of(server).get(Devices.ENTRANCE + "?pass=" + pass()).status()).isEqualTo(404);
    assertThat(stranger().get(Devices.ENTRANCE + "?pass=" + pass()).status()).isEqualTo(401);
    assertThat(Http.of(server).get("/api/v1/hotreload/devices").status()).isEqualTo(404);
    assertThat(device().get("/").status()).isEqualTo(401);
  }

  @Test
  void linksNameWhereOthersReachTheServer() {
    Devices devices = new Devices("secret");
    assertThat(devices.links("127.0.0.1", 7474)).isEmpty();
    assertThat(devices.links("localhost", 7474)).isEmpty();
    assertThat(devices.links("192.0.2.7", 7474))
        .containsExactly("http://192.0.2.7:7474/@hotreload/enter?pass=secret");
    assertThat(devices.links("2001:db8::7", 80))
        .containsExactly("http://[2001:db8::7]:80/@hotreload/enter?pass=secret");
    assertThat(devices.links("0.0.0.0", 7474))
        .allMatch(it -> it.matches("http://[^/]+:7474/@hotreload/enter\\?pass=secret"))
        .noneMatch(it -> it.contains("127.0.0.1") || it.contains("0.0.0.0") || it.contains("%"));
  }

  @Test
  void aServerThatOnlyThisMachineReachesHasNoLinks() {
    start("web: {}");
    assertThat(server.links()).isEmpty();
    assertThat(Http.of(server).get("/api/v1/hotreload/devices").json().getJsonArray("links"))
        .isEmpty();
  }

  @Test
  void lanListensForOthers() {
    ServerOptions options = Site.in(folder).options();
    WorkspaceConfig.Server near = config("127.0.0.1");
    assertThat(Server.host(options, near)).isEqualTo("127.0.0.1");
    assertThat(Server.host(options.lan(true), near)).isEqualTo("0.0.0.0");
    assertThat(Server.host(options.lan(true), config("192.0.2.7"))).isEqualTo("192.0.2.7");
    assertThat(Server.host(options.lan(true).host("127.0.0.1"), near)).isEqualTo("127.0.0.1");
  }

  private static WorkspaceConfig.Server config(String host) {
    return new WorkspaceConfig.Server(host, 0, false, List.of());
  }

  private int upgrade(@Nullable String cookie) {
    Vertx vertx = Vertx.vertx();
    URI url = URI.create(server.url());
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost(url.getHost())
            .setPort(url.getPort())
            .setURI("/ws/hotreload")
            .addSubProtocol(LiveWeb.SUBPROTOCOL)
            .putHeader("Origin", server.url());
    if (cookie != null) {
      options.putHeader("Cookie", cookie);
    }
    try {
      return SocketClient.status(
          vertx.createWebSocketClient(new WebSocketClientOptions().setLocalAddress(FAR)), options);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
