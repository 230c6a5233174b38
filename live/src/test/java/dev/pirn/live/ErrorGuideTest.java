package dev.pirn.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.pirn.watch.WatchSpec;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the guide says of each code is what is reported.
class ErrorGuideTest {
  private static final Path GUIDE =
      Path.of(System.getProperty("pirn.home", ".."), "docs/guide/errors/live.md");

  @TempDir Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  /// Does to a source of `app.yaml`, of which generation 3 is in force, what the guide tells.
  @FunctionalInterface
  interface Mishap {
    List<Diagnostic> in(Desk desk, Live<String> live) throws Exception;
  }

  static Stream<Arguments> mishaps() {
    return Stream.of(
        mishap(Codes.MISSING, (desk, live) -> after(live, () -> desk.delete("app.yaml"))),
        mishap(
            Codes.UNREADABLE,
            (desk, live) -> {
              // What may only be written, even by root.
              Files.createSymbolicLink(desk.at("new"), Path.of("/proc/sys/vm/compact_memory"));
              Files.move(desk.at("new"), desk.at("app.yaml"), StandardCopyOption.ATOMIC_MOVE);
              return live.reload().diagnostics();
            }),
        mishap(
            Codes.TOO_LARGE,
            (desk, live) -> after(live, () -> desk.write("app.yaml", "x".repeat(5_000_000)))),
        mishap(Codes.EMPTY, (desk, live) -> after(live, () -> desk.write("app.yaml", ""))),
        mishap(
            Codes.NOT_A_FILE,
            (desk, live) -> {
              desk.delete("app.yaml");
              Files.createDirectory(desk.at("app.yaml"));
              return live.reload().diagnostics();
            }),
        mishap(
            Codes.DECODER_FAILED,
            (desk, live) -> after(live, () -> desk.write("app.yaml", "no such table"))),
        mishap(
            Codes.CHECK_FAILED,
            (desk, live) -> after(live, () -> desk.write("app.yaml", "no connection"))),
        mishap(
            Codes.REFUSED, (desk, live) -> after(live, () -> desk.write("app.yaml", "65 workers"))),
        mishap(Codes.NOT_KEPT, (_, live) -> live.rollback(1).diagnostics()));
  }

  private static Arguments mishap(String code, Mishap mishap) {
    return argumentSet(code, code, mishap);
  }

  private static List<Diagnostic> after(Live<?> live, Runnable edit) {
    edit.run();
    Desk.sync(live);
    return live.diagnostics();
  }

  @ParameterizedTest
  @MethodSource("mishaps")
  @EnabledOnOs(OS.LINUX)
  void ofOneFile(String code, Mishap mishap) throws Exception {
    desk.write("app.yaml", "1");
    Source<String> source =
        Source.file(
            desk.at("app.yaml"),
            content -> {
              Decoded<String> decoded = Desk.decode(content);
              if ("no such table".equals(decoded.value())) {
                throw new IllegalStateException("no such table");
              }
              return decoded;
            });
    try (Live<String> live =
        Live.of(source)
            .keep(2)
            .check(text -> {
              if (text.equals("no connection")) {
                throw new IllegalStateException("no connection");
              }
              return text.equals("65 workers")
                  ? Verdict.refuse("at most 64 workers")
                  : Verdict.ok();
            })
            .open()) {
      after(live, () -> desk.write("app.yaml", "2"));
      after(live, () -> desk.write("app.yaml", "3"));
      assertThat(live.generation()).isEqualTo(3);
      guideShows(code, mishap.in(desk, live));
    }
  }

  @Test
  void ofAFileThatIsBeingWritten() throws IOException {
    try (java.nio.channels.FileChannel _ =
        java.nio.channels.FileChannel.open(
            desk.write("app.yaml", "half"), StandardOpenOption.WRITE)) {
      try (Live<String> live = Live.of(desk.file("app.yaml")).open()) {
        throw new AssertionError("opened with " + live.get());
      } catch (LiveException e) {
        guideShows(Codes.BEING_WRITTEN, e.diagnostics());
      }
    }
  }

  @Test
  void ofAnAssemblerThatFails() {
    Source<Integer> source =
        Source.files(
            WatchSpec.tree(desk.folder),
            Desk::decode,
            parts -> {
              if (parts.stream().map(Part::value).distinct().count() < parts.size()) {
                throw new IllegalStateException("two of the same name");
              }
              return Decoded.of(parts.size());
            });
    try (Live<Integer> live = Live.of(source).open()) {
      after(live, () -> desk.write("a.yaml", "1"));
      after(live, () -> desk.write("b.yaml", "2"));
      guideShows(Codes.ASSEMBLER_FAILED, after(live, () -> desk.write("c.yaml", "2")));
    }
  }

  @Test
  void ofAStrictSource() {
    try (Live<?> live = Live.of(Desk.tree(WatchSpec.tree(desk.folder)).strict(true)).open()) {
      after(live, () -> desk.write("a.yaml", "1"));
      after(live, () -> desk.write("b.yaml", "2"));
      after(live, () -> desk.write("a.yaml", "!broken"));
      guideShows(Codes.HELD_BACK, after(live, () -> desk.write("b.yaml", "3")));
    }
  }

  @Test
  void ofAFolderThatIsMissing() {
    try (Live<?> live = Live.of(Desk.tree(WatchSpec.tree(desk.at("patterns")))).open()) {
      guideShows(Codes.WATCH, live.diagnostics());
    }
  }

  @Test
  void everyCodeHasOneHeading() throws Exception {
    List<String> codes = new ArrayList<>();
    for (Field field : Codes.class.getDeclaredFields()) {
      codes.add((String) field.get(null));
    }
    assertThat(
            Pattern.compile("(?m)^### (PIRN-[LW]\\d+): ")
                .matcher(guide())
                .results()
                .map(heading -> heading.group(1)))
        .containsExactlyInAnyOrderElementsOf(codes);
  }

  private void guideShows(String code, List<Diagnostic> reported) {
    String section = guide().split("### " + code + ": ", -1)[1].split("\n##", 2)[0];
    Matcher example = Pattern.compile("```text\n((?s:.*?))```\n").matcher(section);
    assertThat(example.find()).as("%s has an example", code).isTrue();
    List<Diagnostic> those = reported.stream().filter(d -> d.code().equals(code)).toList();
    assertThat(Rendering.plain().relativeTo(desk.folder).render(those)).isEqualTo(example.group(1));
  }

  private static String guide() {
    try {
      return Files.readString(GUIDE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
