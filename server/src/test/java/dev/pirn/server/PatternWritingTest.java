package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternWritingTest {
  private static final String AT = "/api/v1/patterns";

  @TempDir private Path folder;
  private Server server;
  private Http http;

  @BeforeEach
  void start() {
    server = Site.in(folder).start();
    http = Http.of(server).token(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static JsonObject body(String name, String title) {
    return new JsonObject().put("name", name).put("content", Site.text(name, title));
  }

  private long files() {
    try (Stream<Path> files = Files.walk(folder.resolve("patterns"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void createsAPatternThatIsInForceWhenItAnswers() {
    Http.Response created = http.post(AT, body("gamma", "New"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("Location")).isEqualTo(AT + "/gamma");
    assertThat(created.json().getString("file")).isEqualTo("patterns/gamma.yaml");
    assertThat(created.json().getBoolean("inForce")).isTrue();
    Http.Response read = http.get(AT + "/gamma");
    assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
    assertThat(read.json().getString("title")).isEqualTo("New");
  }

  @Test
  void createsInAFolderAndFromPlainYaml() {
    assertThat(http.post(AT, body("one", "One").put("category", "sql/quality")).status())
        .isEqualTo(201);
    assertThat(http.post(AT, body("two", "Two").put("folder", "deep")).status()).isEqualTo(201);
    assertThat(http.yaml(AT, Site.text("three", "Three")).status()).isEqualTo(201);
    assertThat(http.yaml(AT + "?name=four&folder=deep", Site.text("four", "Four")).status())
        .isEqualTo(201);

    assertThat(folder.resolve("patterns/sql/quality/one.yaml")).exists();
    assertThat(folder.resolve("patterns/deep/two.yaml")).exists();
    assertThat(folder.resolve("patterns/three.yaml")).exists();
    assertThat(folder.resolve("patterns/deep/four.yaml")).exists();
  }

  @Test
  void doesNotOverwriteUnlessTheTagIsNamed() throws IOException {
    Path file = folder.resolve("patterns/alpha.yaml");
    String before = Files.readString(file);
    String tag = http.get(AT + "/alpha").header("ETag");

    assertThat(http.post(AT, body("alpha", "Other")).status()).isEqualTo(409);
    assertThat(http.with("If-Match", "\"0\"").post(AT, body("alpha", "Other")).status())
        .isEqualTo(412);
    assertThat(http.with("If-Match", "W/" + tag).post(AT, body("alpha", "Other")).status())
        .isEqualTo(412);
    assertThat(Files.readString(file)).isEqualTo(before);

    Http.Response replaced = http.with("If-Match", tag).post(AT, body("alpha", "Other"));
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().getBoolean("replaced")).isTrue();
    assertThat(http.get(AT + "/alpha").json().getString("title")).isEqualTo("Other");
    assertThat(http.with("If-Match", "*").post(AT, body("alpha", "Again")).status()).isEqualTo(200);
    assertThat(http.with("If-Match", "*").post(AT, body("none", "None")).status()).isEqualTo(412);
  }

  @Test
  void writesNothingThatIsNotAPattern() {
    Http.Response refused = http.yaml(AT + "?name=bad", "name: bad\ntitle: no category\n");

    assertThat(refused.status()).isEqualTo(422);
    JsonObject problem = refused.json().getJsonArray("diagnostics").getJsonObject(0);
    assertThat(problem.getString("file")).isEqualTo("patterns/bad.yaml");
    assertThat(problem.getString("message")).contains("category");
    assertThat(files()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "a/b", "..", ".hidden", "a\nb", "con .", "ä", ""})
  void refusesNamesThatAreNotNames(String name) {
    Http.Response refused = http.post(AT, body("x", "X").put("name", name));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().getString("code")).isEqualTo("PIRN-P001");
    assertThat(files()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "/tmp", "a/../../b", ".git"})
  void refusesFoldersThatLeadOut(String where) {
    Http.Response refused = http.post(AT, body("x", "X").put("folder", where));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().getString("code")).isEqualTo("PIRN-P044");
  }

  @Test
  void refusesTooMuchAndTheWrongKind() {
    String large = "name: x\n# " + "x".repeat(5 * 1024 * 1024);

    assertThat(http.yaml(AT, large).status()).isEqualTo(413);
    assertThat(http.with("Content-Type", "text/plain").send("POST", AT, "x").status())
        .isEqualTo(415);
    assertThat(http.with("Content-Type", "application/json").send("POST", AT, "{").status())
        .isEqualTo(400);
    assertThat(http.post(AT, new JsonObject()).json().getString("detail"))
        .isEqualTo("the body must have a \"name\"");
    assertThat(http.post(AT, body("x", "X").put("nmae", 1)).json().getString("detail"))
        .isEqualTo("the body has an unknown key \"nmae\"");
    assertThat(http.post(AT, body("x", "X").put("name", 1)).json().getString("detail"))
        .isEqualTo("the body must have text as \"name\"");
    assertThat(http.yaml(AT, "category: x").json().getString("detail"))
        .isEqualTo("\"name\" must be given, or stand in the content");
    assertThat(files()).isEqualTo(2);
  }

  @Test
  void validatesATextWithoutWritingIt() {
    Http.Response fine = http.yaml(AT + "/validate", Site.text("x", "X"));
    assertThat(fine.status()).isEqualTo(200);

    Http.Response wrong = http.yaml(AT + "/validate?file=x.yaml", "name: x\ncategory: [");
    JsonObject first = wrong.array().getJsonObject(0);
    assertThat(first.getString("file")).isEqualTo("x.yaml");
    assertThat(first.getString("severity")).isEqualTo("error");
    assertThat(first.getInteger("line")).isPositive();
    assertThat(http.yaml(AT + "/validate?file=..%5Cx.yaml", "x").status()).isEqualTo(400);
    assertThat(files()).isEqualTo(2);
  }
}
