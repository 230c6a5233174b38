package dev.pirn.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
  @Test
  void writesAddressesAsBrowsersDo() {
    assertThat(Urls.of(Path.of("a b", "ü#?%.css"))).isEqualTo("/a%20b/%C3%BC%23%3F%25.css");
    assertThat(Urls.of(Path.of("it's (1)+2&3=[x].js"))).isEqualTo("/it's%20(1)+2&3=[x].js");
  }

  @Test
  void readsWhatItWrites() {
    String url = Urls.of(Path.of("a b", "ü#?%+.css"));
    assertThat(Urls.names(url)).isEqualTo(List.of("a b", "ü#?%+.css"));
    assertThat(Urls.canonical(Urls.names(url))).isEqualTo(url);
    assertThat(Urls.names("/")).isEmpty();
    assertThat(Urls.names("/a/")).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "/../a",
        "/a/..",
        "/%2e%2e/a",
        "/a%2fb",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/a//b",
        "/a::$DATA",
        "/PROGRA~1/a",
        "/a.",
        "/a%20",
        "/%zz",
        "/a%0ab",
        "/./a"
      })
  void refusesWhatCouldMeanAnotherFile(String path) {
    assertThatThrownBy(() -> Urls.names(path)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b.js, ./c.js, /a/c.js",
    "/a/b.js, ../c.js?x#y, /c.js",
    "/a/b.js, ../../../c.js, /c.js",
    "/a/b.js, /c.js, /c.js",
    "/a/b.css, c%20d.css, /a/c%20d.css",
    "/a/b.css, c d.css, /a/c%20d.css",
    "/a/b.css, https://x.example/c.css, ",
    "/a/b.css, //x.example/c.css, ",
    "/a/b.css, data:text/css;x, ",
    "/a/b.css, #icon, "
  })
  void resolvesReferences(String from, String reference, String to) {
    assertThat(Urls.resolve(from, reference)).isEqualTo(to);
  }
}
