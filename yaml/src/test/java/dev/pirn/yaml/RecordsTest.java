package dev.pirn.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Severity;
import dev.pirn.yaml.Everything.Probe.HttpProbe;
import dev.pirn.yaml.Everything.Probe.TcpProbe;
import dev.pirn.yaml.Everything.Server;
import dev.pirn.yaml.Everything.Template;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  @Test
  void absentKeysGiveDefaultsAndEmptyValues() {
    Everything value = decode(Everything.class, "text:\n");
    assertThat(value)
        .isEqualTo(
            new Everything(
                null,
                false,
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                List.of(),
                null,
                List.of()));
  }

  @Test
  void everyComponentTakesItsValue() {
    Everything value =
        decode(
            Everything.class,
            """
            text: 5
            flag: true
            count: 1
            size: 2
            ratio: 0.5
            timeout: 2s
            folder: a/b
            restart: on_failure
            anything: [1, {a: b}]
            raw: {x: 1}
            server: {port: 80}
            servers:
              - host: a
                port: 1
              - {port: 2}
            ids: [3, 1, 2]
            templates:
              short: Hello
              full:
                content: Bye
                parameters: [name]
                tags: [a]
            probes:
              - {kind: http-probe, path: /}
              - {path: /x, kind: HttpProbe}
              - {kind: port, port: 5432}
              - {kind: TCP, port: 22}
            backend_function: f
            table: [[a, b], []]
            """);
    assertThat(value.text()).isEqualTo("5");
    assertThat(value.flag()).isTrue();
    assertThat(value.count()).hasValue(1);
    assertThat(value.size()).hasValue(2);
    assertThat(value.ratio()).hasValue(0.5);
    assertThat(value.timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(value.folder()).isEqualTo(Path.of("a/b"));
    assertThat(value.restart()).isEqualTo(Everything.RestartPolicy.ON_FAILURE);
    assertThat(value.anything()).isEqualTo(List.of(1L, Map.of("a", "b")));
    assertThat(value.raw().keyPlace("x").line()).isEqualTo(10);
    assertThat(value.server()).contains(new Server("127.0.0.1", 80));
    assertThat(value.servers()).containsExactly(new Server("a", 1), new Server("127.0.0.1", 2));
    assertThat(value.ids()).containsExactly(3, 1, 2);
    assertThat(value.templates())
        .containsExactly(
            Map.entry("short", new Template.Short("Hello")),
            Map.entry(
                "full", new Template.Full("Bye", List.of("name"), Map.of("tags", List.of("a")))));
    assertThat(value.probes())
        .containsExactly(
            new HttpProbe("/"), new HttpProbe("/x"), new TcpProbe(5432), new TcpProbe(22));
    assertThat(value.backend()).isEqualTo("f");
    assertThat(value.table()).containsExactly(List.of("a", "b"), List.of());
  }

  record Spelled(
      String backendFunction,
      @Key("base_url") String address,
      @Key(aliases = "maxWorkers") int workers2) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{backendFunction: f, base_url: u, workers2: 2}",
        "{backend_function: f, base-url: u, workers2: 2}",
        "{backend-function: f, baseUrl: u, max_workers: 2}",
        "{backend-function: f, baseUrl: u, max-workers: 2}"
      })
  void aKeyMayBeSpelledInThreeWays(String text) {
    assertThat(decode(Spelled.class, text)).isEqualTo(new Spelled("f", "u", 2));
  }

  @Test
  void theNameOfAComponentDoesNotCountBesideItsKey() {
    assertThat(problems(Spelled.class, "{backendFunction: f, address: u, workers2: 2}"))
        .contains("unknown key \"address\"", "the key \"base_url\" is missing");
  }

  @Test
  void theNameWinsOverItsAlias() {
    String text = "teradata_function: alias\nbackend_function: name\n";
    assertThat(decode(Everything.class, text).backend()).isEqualTo("name");
  }

  record Defaults(
      @Default("8080") int port,
      @Default("''") String empty,
      @Default("[a, b]") List<String> names,
      @Default("{port: 1}") Server server,
      @Default("2s") Duration timeout) {}

  @Test
  void defaultsAreWrittenInYaml() {
    assertThat(decode(Defaults.class, "{}"))
        .isEqualTo(
            new Defaults(
                8080, "", List.of("a", "b"), new Server("127.0.0.1", 1), Duration.ofSeconds(2)));
  }

  record Tree(String name, List<Tree> children, @Nullable Tree twin) {}

  @Test
  void aRecordMayContainItself() {
    assertThat(decode(Tree.class, "{name: a, children: [{name: b}], twin: {name: c}}"))
        .isEqualTo(
            new Tree("a", List.of(new Tree("b", List.of(), null)), new Tree("c", List.of(), null)));
  }

  @Scalar
  record Port(int number) {
    Port {
      if (number < 1) {
        throw new IllegalArgumentException("a port is at least 1, was " + number);
      }
    }
  }

  record Ports(Port main, Map<String, Port> others) {}

  @Test
  void aScalarRecordIsMadeFromASingleValue() {
    assertThat(decode(Ports.class, "main: 1\nothers: {a: 2}\n"))
        .isEqualTo(new Ports(new Port(1), Map.of("a", new Port(2))));
    assertThat(problems(Ports.class, "main: x\nothers: {a: 0}\n"))
        .containsExactly(
            "\"main\" must be a whole number, found \"x\"", "a port is at least 1, was 0");
  }

  record Nullables(List<@Nullable String> names, Map<String, @Nullable Integer> ids) {}

  @Test
  void itemsAndValuesMayBeNullIfTheirTypeSaysSo() {
    Nullables value = decode(Nullables.class, "names: [a, ~]\nids: {a: , b: 1}\n");
    assertThat(value.names()).containsExactly("a", null);
    assertThat(value.ids()).containsEntry("a", null).containsEntry("b", 1);
  }

  record Strict(String name) {}

  @Test
  void unknownKeysAreErrorsWarningsOrNothing() {
    String text = "name: a\nother: b\n";
    assertThat(severity(text, YamlOptions.UnknownKeys.ERROR)).containsExactly(Severity.ERROR);
    assertThat(severity(text, YamlOptions.UnknownKeys.WARNING)).containsExactly(Severity.WARNING);
    assertThat(severity(text, YamlOptions.UnknownKeys.IGNORE)).isEmpty();
  }

  private static List<Severity> severity(String text, YamlOptions.UnknownKeys unknown) {
    YamlOptions options = YamlOptions.defaults().unknownKeys(unknown);
    Decoded<Strict> decoded = Yaml.decoder(Strict.class, options).decode(Golden.content(text));
    assertThat(decoded.value() != null).isEqualTo(unknown != YamlOptions.UnknownKeys.ERROR);
    return decoded.diagnostics().stream().map(Diagnostic::severity).toList();
  }

  record Times(Duration first, Duration second) {}

  @Test
  void aMissingUnitIsToldOnceAFile() {
    Decoder<Times> decoder = Yaml.decoder(Times.class);
    for (int i = 0; i < 2; i++) {
      Decoded<Times> decoded = decoder.decode(Golden.content("first: 5\nsecond: 6\n"));
      assertThat(decoded.value()).isEqualTo(new Times(Duration.ofMillis(5), Duration.ofMillis(6)));
      assertThat(decoded.diagnostics()).hasSize(1);
    }
  }

  @Test
  void oneNodeIsBoundByItself() {
    YamlMap root = (YamlMap) Yaml.parse(Golden.content("server:\n  port: 80\nbad: {}\n")).value();
    List<Diagnostic> problems = new ArrayList<>();
    YamlOptions options = YamlOptions.defaults();
    assertThat(Yaml.binder(Server.class, options).bind(root.get("server"), problems))
        .isEqualTo(new Server("127.0.0.1", 80));
    assertThat(problems).isEmpty();
    assertThat(Yaml.binder(Server.class, options).bind(root.get("bad"), problems)).isNull();
    assertThat(Golden.render(problems))
        .isEqualTo(
            """
            error[PIRN-Y031]: the key "port" is missing
              --> app.yaml:3:6
            3 | bad: {}
              |      ^^
              help: add "port": it must be a whole number
            """);
  }

  @Test
  void aDecoderServesSeveralThreads() throws Exception {
    Decoder<Tree> decoder = Yaml.decoder(Tree.class);
    Callable<Tree> call =
        () -> decoder.decode(Golden.content("{name: a, twin: {name: b}}")).value();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Tree> tree : threads.invokeAll(java.util.Collections.nCopies(200, call))) {
        assertThat(tree.get().twin().name()).isEqualTo("b");
      }
    }
  }

  private static <T> T decode(Class<T> type, String text) {
    Decoded<T> decoded = Yaml.decoder(type).decode(Golden.content(text));
    assertThat(decoded.diagnostics()).filteredOn(Diagnostic::isError).isEmpty();
    return decoded.value();
  }

  private static <T> List<String> problems(Class<T> type, String text) {
    return Yaml.decoder(type).decode(Golden.content(text)).diagnostics().stream()
        .map(Diagnostic::message)
        .toList();
  }
}
