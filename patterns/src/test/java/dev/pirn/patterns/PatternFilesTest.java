package dev.pirn.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.AtomicFile;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternFilesTest {
  private static final String TEXT = Sample.pattern("a", "c");

  @TempDir private Path dir;
  private Path root = Path.of("");

  @BeforeEach
  void makeARoot() throws IOException {
    root = Files.createDirectory(dir.resolve("root"));
  }

  @Test
  void writesTheFileWholeAndLeavesNothingBeside() throws IOException {
    WrittenPattern written = value(write("a", "sql/deep", TEXT, null));
    assertThat(written.file()).isEqualTo(root.resolve("sql/deep/a.yaml")).hasContent(TEXT);
    assertThat(written.replaced()).isFalse();
    assertThat(written.digest()).isEqualTo(AtomicFile.digest(written.file())).hasSize(64);
    assertThat(names(root.resolve("sql/deep"))).containsExactly("a.yaml");
  }

  @Test
  void replacesOnlyWhatSomebodyHasSeen() throws IOException {
    WrittenPattern first = value(write("a", "", TEXT, null));
    assertThat(codes(write("a", "", TEXT + "# 2\n", null))).containsExactly("PIRN-P041");
    WrittenPattern second = value(write("a", "", TEXT + "# 2\n", first.digest()));
    assertThat(second.replaced()).isTrue();
    Decoded<WrittenPattern> late = write("a", "", TEXT + "# 3\n", first.digest());
    assertThat(codes(late)).containsExactly("PIRN-P042");
    assertThat(late.diagnostics().getFirst().message())
        .isEqualTo("the file has changed, its digest is " + second.digest());
    assertThat(second.file()).hasContent(TEXT + "# 2\n");
    assertThat(codes(write("b", "", Sample.pattern("b", "c"), first.digest())))
        .containsExactly("PIRN-P042");
    assertThat(names(root)).containsExactly("a.yaml");
  }

  @Test
  void aYmlFileOfThatNameIsTheFile() throws IOException {
    Files.writeString(root.resolve("a.yml"), TEXT);
    assertThat(codes(write("a", "", TEXT, null))).containsExactly("PIRN-P041");
    String digest = AtomicFile.digest(root.resolve("a.yml"));
    assertThat(value(write("a", "", TEXT + "#", digest)).file()).isEqualTo(root.resolve("a.yml"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/b", "", ".", "..", "a\nb", "a.", ".a", "a\0"})
  void aNameThatIsNotSafeIsRefused(String name) throws IOException {
    assertThat(codes(write(name, "", TEXT, null))).containsExactly("PIRN-P001");
    assertThat(names(root)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../out", "/", "/etc", "a//b", "a/", "a/../b", ".hidden", "a\0"})
  void aFolderThatIsNotSafeIsRefused(String folder) throws IOException {
    assertThat(codes(write("a", folder, TEXT, null))).containsExactly("PIRN-P044");
    assertThat(names(root)).isEmpty();
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path outside = Files.createDirectory(dir.resolve("outside"));
    Path target = Files.writeString(outside.resolve("target.yaml"), "kept");
    Files.createSymbolicLink(root.resolve("link"), outside);
    Files.createSymbolicLink(root.resolve("a.yaml"), target);
    assertThat(codes(write("a", "link", TEXT, null))).containsExactly("PIRN-P044");
    assertThat(codes(write("a", "", TEXT, null))).containsExactly("PIRN-P045");
    assertThat(target).hasContent("kept");
    assertThat(names(outside)).containsExactly("target.yaml");
  }

  @Test
  void aFileInPlaceOfAFolderIsRefused() throws IOException {
    Files.writeString(root.resolve("sql"), "");
    assertThat(codes(write("a", "sql", TEXT, null))).containsExactly("PIRN-P044");
  }

  @Test
  void theContentIsCheckedBeforeAByteIsWritten() throws IOException {
    assertThat(codes(write("a", "", "name: a\n", null))).containsExactly("PIRN-Y031");
    assertThat(codes(write("a", "", "name: [", null))).isNotEmpty();
    assertThat(codes(write("a", "", "", null))).isNotEmpty();
    assertThat(codes(write("b", "", TEXT, null))).contains("PIRN-P040");
    assertThat(codes(write("a", "", "kind: Workflow", null))).containsExactly("PIRN-P010");
    assertThat(codes(write("a", "", " ".repeat(PatternFiles.MOST_BYTES + 1), null)))
        .containsExactly("PIRN-P043");
    assertThat(names(root)).isEmpty();
  }

  @Test
  void warningsComeWithWhatWasWritten() {
    Decoded<WrittenPattern> written = write("a", "", "name: a\ncategory: c\n", null);
    assertThat(written.value()).isNotNull();
    assertThat(codes(written)).containsExactly("PIRN-P006");
  }

  @Test
  void aBundleIsWrittenUnderItsOwnName() {
    String text = Sample.bundle("b", Sample.entry("x", "t"));
    assertThat(value(write("b", "", text, null)).file()).isEqualTo(root.resolve("b.yaml"));
    assertThat(codes(write("x", "", text, null))).containsExactly("PIRN-P040");
  }

  @Test
  void aNameThatAnotherFileHasIsRefusedAndWithoutAFolderThatFileIsMeant() throws IOException {
    Path file = root.resolve("sub/other.yaml");
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(file, TEXT);
    String digest = Objects.requireNonNull(AtomicFile.digest(file));
    PatternLibrary library = library(file, digest);
    assertThat(codes(files().write("a", "", bytes(TEXT), null, library)))
        .containsExactly("PIRN-P041");
    Decoded<WrittenPattern> replaced = files().write("a", null, bytes(TEXT + "#"), digest, library);
    assertThat(Objects.requireNonNull(replaced.value()).file()).isEqualTo(file);
  }

  @Test
  void withoutAFolderABundleIsReplacedWhereItIs() throws IOException {
    String text = Sample.bundle("b", Sample.entry("x", "t"));
    Path file = Files.writeString(root.resolve("other.yaml"), text);
    String digest = Objects.requireNonNull(AtomicFile.digest(file));
    Bundle bundle = new Bundle("b", "sql", "1.0.0", "", Map.of());
    Pattern entry = Tree.of("b.yaml", text).library().get("x").orElseThrow().pattern();
    PatternLibrary library = library(new LoadedPattern(entry, bundle, root, file, digest, 1));
    assertThat(codes(files().write("b", null, bytes(text), null, library)))
        .containsExactly("PIRN-P041");
    Decoded<WrittenPattern> replaced = files().write("b", null, bytes(text + "#"), digest, library);
    assertThat(Objects.requireNonNull(replaced.value()).file()).isEqualTo(file);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aReplacedFileKeepsItsPermissions() throws IOException {
    WrittenPattern first = value(write("a", "", TEXT, null));
    Files.setPosixFilePermissions(first.file(), PosixFilePermissions.fromString("rw-r-----"));
    value(write("a", "", TEXT + "#", first.digest()));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.file())))
        .isEqualTo("rw-r-----");
  }

  private PatternLibrary library(Path file, String digest) {
    Pattern pattern = Tree.of("a.yaml", TEXT).library().get("a").orElseThrow().pattern();
    return library(new LoadedPattern(pattern, null, root, file, digest, 1));
  }

  private static PatternLibrary library(LoadedPattern loaded) {
    return new PatternLibrary(
        Map.of(loaded.name(), loaded), List.of(), new LibraryProblems(List.of(), List.of()));
  }

  private PatternFiles files() {
    return new PatternFiles(root, new PatternDecoder(Map.of()));
  }

  private Decoded<WrittenPattern> write(
      String name, String folder, String text, @Nullable String replaces) {
    return files().write(name, folder, bytes(text), replaces, PatternLibrary.empty());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static WrittenPattern value(Decoded<WrittenPattern> written) {
    assertThat(codes(written).stream().filter(code -> !code.equals("PIRN-P008"))).isEmpty();
    return Objects.requireNonNull(written.value());
  }

  private static List<String> codes(Decoded<WrittenPattern> written) {
    return written.diagnostics().stream().map(Diagnostic::code).toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }
}
