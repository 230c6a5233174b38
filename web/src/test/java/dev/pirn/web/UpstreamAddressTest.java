package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAddressTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, http://localhost:3000",
    "HTTP://localhost:3000/a?b, http://localhost:3000",
    "http://localhost:80, http://localhost",
    "http://localhost, http://localhost",
    "https://a.test, https://a.test",
    "https://a.test:443, https://a.test",
    "https://a.test:80, https://a.test:80",
    "http://[::1]:3000, http://[::1]:3000",
  })
  void hasAnOrigin(String target, String origin) {
    assertThat(new UpstreamAddress(URI.create(target)).origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a.test", "localhost:3000", "/a", "http:///a", "a.test"})
  void isThatOfAnHttpServer(String target) {
    assertThatThrownBy(() -> new UpstreamAddress(URI.create(target)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not the address of an HTTP server: " + target);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, http://localhost:3000/a?b#c, http://me:1/a?b#c",
    "http://localhost:3000, HTTP://LOCALHOST:3000/a, http://me:1/a",
    "http://localhost:3000, http://localhost:3000, http://me:1",
    "http://localhost:3000, //localhost:3000/a, http://me:1/a",
    "http://localhost:3000, http://localhost:3000/a b|c, http://me:1/a b|c",
    "http://localhost:3000, http://localhost:3001/a, http://localhost:3001/a",
    "http://localhost:3000, https://localhost:3000/a, https://localhost:3000/a",
    "http://localhost:3000, http://localhost:3000.test/a, http://localhost:3000.test/a",
    "http://localhost:3000, http://localhost:3000@b.test/a, http://localhost:3000@b.test/a",
    "http://localhost:3000, http:///a, http:///a",
    "http://localhost:3000, /a, /a",
    "http://localhost:3000, a?b=http://localhost:3000/, a?b=http://localhost:3000/",
    "http://a.test, http://a.test:80/a, http://me:1/a",
    "http://a.test:80, http://a.test/a, http://me:1/a",
    "http://a.test, //a.test/a, http://me:1/a",
    "https://a.test, https://a.test:443/a, http://me:1/a",
    "https://a.test, http://a.test/a, http://a.test/a",
    "http://[::1]:3000, http://[::1]:3000/a, http://me:1/a",
  })
  void takesRedirectsToItselfHere(String target, String location, String here) {
    assertThat(new UpstreamAddress(URI.create(target)).location(location, "http://me:1"))
        .isEqualTo(here);
  }
}
