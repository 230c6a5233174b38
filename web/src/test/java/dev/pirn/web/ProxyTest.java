package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Rendering;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
  @TempDir private Path folder;

  @Test
  void aServerThatIsNamedAsItsOwnUpstreamSaysSo() {
    try (WebServer server = WebServer.of(folder)) {
      String own = server.url();
      server.restart(options -> options.proxy(URI.create(own)));

      Raw.Response response = Raw.get(server, "/");

      assertThat(response.status()).isEqualTo(508);
      JsonObject problem = new JsonObject(response.body());
      assertThat(problem.getString("code")).isEqualTo("PIRN-B008");
      assertThat(Rendering.plain().render(UpstreamProblems.loop(own)))
          .isEqualTo(
              """
              error[PIRN-B008]: "web.proxy" leads back here: %s is this server
                = no page is shown
                help: name the address of your own server, or remove the key
              """
                  .formatted(own));
    }
  }

  @Test
  void whatIsOursIsAnsweredHere() {
    try (WebServer server =
        WebServer.of(folder, options -> options.proxy(URI.create("http://127.0.0.1:1")), null)) {
      assertThat(Raw.get(server, "/@hotreload/client.js").status()).isEqualTo(200);
      assertThat(Raw.get(server, "/@hotreload/token").body()).hasSize(32);
      assertThat(PageClient.refusal(server, "/ws/hotreload", server.url())).isEqualTo(101);
      Raw.Response page = Raw.get(server, "/", "Sec-Fetch-Dest: document", "Accept: text/html");
      assertThat(page.status()).isEqualTo(502);
      assertThat(page.body())
          .contains("<head><script src=\"/@hotreload/client.js\"")
          .contains("http://127.0.0.1:1 does not answer: nothing listens there");
    }
  }
}
