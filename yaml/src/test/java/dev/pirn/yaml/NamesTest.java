package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "name, name, name, name",
    "backendFunction, backendFunction, backend_function, backend-function",
    "backend_function, backendFunction, backend_function, backend-function",
    "backend-function, backendFunction, backend_function, backend-function",
    "baseURL, baseUrl, base_url, base-url",
    "URLPath, urlPath, url_path, url-path",
    "maxAge2, maxAge2, max_age2, max-age2",
    "x, x, x, x",
    "_, _, _, _",
    "a__b, aB, a_b, a-b"
  })
  void aNameHasThreeSpellings(String name, String camel, String snake, String kebab) {
    assertThat(Names.spellings(name)).contains(name).containsAnyOf(camel).containsAnyOf(snake);
    assertThat(Names.spellings(name)).containsAnyOf(kebab);
  }
}
