package dev.pirn.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.live.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WritingTest {
  @TempDir private Path dir;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(dir);
  }

  /// What a file is after one key has been set.
  private String set(String before, String key, String value) {
    desk.write(".env", before);
    try (Settings settings = desk.settings().open()) {
      Decoded<WrittenSettings> written = settings.set(key, value, null);
      assertThat(written.diagnostics()).isEmpty();
      assertThat(written.value().inForce()).isTrue();
      assertThat(settings.values().string(key)).isEqualTo(value);
    }
    return desk.read(".env");
  }

  @Test
  void onlyTheValueOfTheLineChanges() {
    assertThat(set("# a\nexport  A = 1  # one\n\nB=2", "A", "3"))
        .isEqualTo("# a\nexport  A = 3  # one\n\nB=2");
    assertThat(set("A=1\r\nB=2\r\n", "A", "3")).isEqualTo("A=3\r\nB=2\r\n");
    assertThat(set("\ufeffA=1\n", "A", "3")).isEqualTo("\ufeffA=3\n");
    assertThat(set("A='1' # x\n", "A", "3")).isEqualTo("A='3' # x\n");
    assertThat(set("A=\"1\"\n", "A", "a\"b")).isEqualTo("A=\"a\\\"b\"\n");
    assertThat(set("A= # none yet\n", "A", "3")).isEqualTo("A=3 # none yet\n");
    assertThat(set("A=\"one\ntwo\"\nB=2\n", "A", "3")).isEqualTo("A=\"3\"\nB=2\n");
  }

  @Test
  void aValueThatNeedsQuotesGetsThem() {
    assertThat(set("A=1\n", "A", "x # y")).isEqualTo("A=\"x # y\"\n");
    assertThat(set("A=1\n", "A", "")).isEqualTo("A=\n");
    assertThat(set("A=1\n", "A", "${HOME}")).isEqualTo("A='${HOME}'\n");
    assertThat(set("A='1'\n", "A", "it's")).isEqualTo("A=\"it's\"\n");
    assertThat(set("A=1\n", "A", "one\ntwo")).isEqualTo("A=\"one\\ntwo\"\n");
    assertThat(set("A=1\n", "B", "two words")).isEqualTo("A=1\nB=\"two words\"\n");
  }

  @Test
  void aNewKeyGoesToTheEndInTheFilesOwnWay() {
    assertThat(set("A=1", "B", "2")).isEqualTo("A=1\nB=2\n");
    assertThat(set("A=1\r\n", "B", "2")).isEqualTo("A=1\r\nB=2\r\n");
  }

  @Test
  void theLastOfSeveralLinesOfAKeyIsSet() {
    assertThat(set("A=1\nA=2\n", "A", "3")).isEqualTo("A=1\nA=3\n");
  }

  @Test
  void takingOutRemovesTheLinesOfTheKeyAndNothingElse() {
    desk.write(".env", "# head\nA=1\nB=\"x\ny\" # z\n  export A=2\nC=3\n");
    try (Settings settings = desk.settings().environment(Map.of("A", "outside")).open()) {
      assertThat(settings.unset("A", null).value().changes())
          .extracting(SettingChange::toString)
          .containsExactly("A: 2 -> outside");
      assertThat(desk.read(".env")).isEqualTo("# head\nB=\"x\ny\" # z\nC=3\n");
      settings.unset("B", null);
      assertThat(desk.read(".env")).isEqualTo("# head\nC=3\n");
      assertThat(messages(settings.unset("A", null)))
          .containsExactly("A is set by the environment, not by a file");
      assertThat(messages(settings.unset("D", null))).containsExactly("no file sets D");
    }
  }

  @Test
  void aFileIsNeverLeftEmpty() {
    desk.write(".env", "A=1\n");
    try (Settings settings = desk.settings().open()) {
      assertThat(settings.unset("A", null).value().inForce()).isTrue();
      assertThat(desk.read(".env")).isEqualTo("# no settings\n");
      assertThat(settings.values().keys()).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatDoesNotExistIsMadeForItsOwnerOnlyAndOthersKeepTheirRights() throws Exception {
    try (Settings settings = desk.settings().open()) {
      settings.set("A", "1", null);
      assertThat(rights()).isEqualTo("rw-------");
      Files.setPosixFilePermissions(desk.at(".env"), PosixFilePermissions.fromString("rw-r-----"));
      settings.set("A", "2", null);
      assertThat(rights()).isEqualTo("rw-r-----");
      assertThat(desk.folder.toFile().list()).containsExactly(".env");
    }
  }

  private String rights() throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(desk.at(".env")));
  }

  @Test
  void aLinkStaysALink() throws Exception {
    desk.write("real", "A=1\n");
    Files.createSymbolicLink(desk.at(".env"), desk.at("real"));
    try (Settings settings = desk.settings().open()) {
      assertThat(settings.set("A", "2", null).value().inForce()).isTrue();
      assertThat(settings.values().string("A")).isEqualTo("2");
    }
    assertThat(Files.isSymbolicLink(desk.at(".env"))).isTrue();
    assertThat(desk.read("real")).isEqualTo("A=2\n");
  }

  @Test
  void theFileThatSetsTheKeyNowIsChangedElseTheLast() {
    desk.write("a.env", "A=1\nBOTH=1\n");
    desk.write("b.env", "B=1\nBOTH=2\n");
    try (Settings settings = desk.settings("a.env", "b.env").open()) {
      assertThat(settings.set("A", "2", null).value().file()).isEqualTo(desk.at("a.env"));
      assertThat(settings.set("BOTH", "3", null).value().file()).isEqualTo(desk.at("b.env"));
      assertThat(settings.set("NEW", "4", null).value().file()).isEqualTo(desk.at("b.env"));
      assertThat(settings.values().get("NEW").orElseThrow().origin().line()).isEqualTo(3);
      settings.unset("BOTH", null);
      assertThat(settings.values().string("BOTH")).isEqualTo("1");
    }
    assertThat(desk.read("a.env")).isEqualTo("A=2\nBOTH=1\n");
    assertThat(desk.read("b.env")).isEqualTo("B=1\nNEW=4\n");
  }

  record Rag(int chunkSize) {}

  @Test
  void whatTheRecordsAndChecksRefuseIsNotWritten() {
    desk.write(".env", "CHUNK_SIZE=1\n");
    try (Settings settings =
        desk.settings()
            .bind("", Rag.class, rag -> rag.chunkSize() < 9 ? Verdict.ok() : Verdict.refuse("no"))
            .open()) {
      assertThat(messages(settings.set("CHUNK_SIZE", "many", null)))
          .containsExactly(
              "CHUNK_SIZE must be a whole number from -2147483648 to 2147483647, found \"many\"");
      assertThat(messages(settings.set("CHUNK_SIZE", "9", null))).containsExactly("no");
      assertThat(messages(settings.unset("CHUNK_SIZE", null)))
          .containsExactly("CHUNK_SIZE is not set, and has no default");
      assertThat(messages(settings.set("bad-name", "1", null)))
          .containsExactly("\"bad-name\" cannot be a key");
      assertThat(messages(settings.set("A", "\ud800", null)))
          .containsExactly("the value of A cannot stand in a file");
      assertThat(settings.live().generation()).isEqualTo(1);
    }
    assertThat(desk.read(".env")).isEqualTo("CHUNK_SIZE=1\n");
  }

  @Test
  void aFileThatIsBrokenOnTheDiskIsNotWrittenUnlessTheEditMendsIt() throws Exception {
    desk.write(".env", "CHUNK_SIZE=1\n");
    try (Settings settings = desk.settings().bind("", Rag.class).open()) {
      for (String broken : List.of("", "CHUNK_SIZE=1\noops\n")) {
        desk.write(".env", broken);
        assertThat(settings.set("CHUNK_SIZE", "2", null).value()).as(broken).isNull();
        assertThat(desk.read(".env")).isEqualTo(broken);
      }
      desk.write(".env", "CHUNK_SIZE=many\n");
      Desk.sync(settings);
      assertThat(settings.set("CHUNK_SIZE", "2", null).value().inForce()).isTrue();
      assertThat(settings.values().get(Rag.class).chunkSize()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsWrittenWhileAnotherFileIsBroken() throws Exception {
    desk.write("a.env", "A=1\n");
    desk.write("b.env", "B=1\n");
    try (Settings settings = desk.settings("a.env", "b.env").open()) {
      desk.write("a.env", "oops\n");
      Desk.sync(settings);
      assertThat(messages(settings.set("B", "2", null)))
          .containsExactly("this line is no setting, it has no \"=\"");
      assertThat(desk.read("b.env")).isEqualTo("B=1\n");
    }
  }

  @Test
  void aDigestGuardsAgainstChangesOfOthers() throws Exception {
    desk.write(".env", "A=1\n");
    try (Settings settings = desk.settings().open()) {
      String digest = settings.live().snapshot().digest();
      WrittenSettings written = settings.set("A", "2", digest).value();
      assertThat(messages(settings.set("A", "3", digest)))
          .containsExactly("the settings have changed, their digest is " + written.digest());
      assertThat(settings.set("A", "3", written.digest()).value().inForce()).isTrue();
      Desk.sync(settings);
      String last = settings.live().snapshot().digest();
      desk.write(".env", "A=4\nB=new\n");
      assertThat(settings.set("A", "5", last).diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("PIRN-E031");
      assertThat(desk.read(".env")).isEqualTo("A=4\nB=new\n");
      assertThat(settings.set("A", "5", null).value().inForce()).isTrue();
      assertThat(desk.read(".env")).isEqualTo("A=5\nB=new\n");
    }
  }

  @Test
  void theSameValueIsNoChange() {
    desk.write(".env", "A=1\n");
    try (Settings settings = desk.settings().open()) {
      WrittenSettings written = settings.set("A", "1", null).value();
      assertThat(written.outcome()).isInstanceOf(Reload.Unchanged.class);
      assertThat(written.changes()).isEmpty();
      assertThat(settings.live().generation()).isEqualTo(1);
    }
  }

  @Test
  void manyWritersAtOnceLoseNothing() throws Exception {
    desk.write(".env", "# many\n");
    try (Settings settings = desk.settings().open()) {
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < 60; i++) {
          String key = "K" + i;
          threads.execute(() -> settings.set(key, "v", null));
        }
      }
      assertThat(settings.values().size()).isEqualTo(60);
    }
    assertThat(desk.read(".env").lines()).hasSize(61);
  }

  @Test
  void severalKeysAreOneWriteAndOneGeneration() {
    desk.write(".env", "A=1\nB=2\nC=3\n");
    try (Settings settings = desk.settings().open()) {
      WrittenSettings written =
          settings
              .edit(
                  Map.of("A", Optional.of("9"), "B", Optional.empty(), "D", Optional.of("4")), null)
              .value();
      assertThat(written.changes())
          .extracting(SettingChange::toString)
          .containsExactly("A: 1 -> 9", "B: 2 -> not set", "D: not set -> 4");
      assertThat(settings.live().generation()).isEqualTo(2);
    }
    assertThat(desk.read(".env")).isEqualTo("A=9\nC=3\nD=4\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatMayNotBeWrittenIsAnErrorWithItsReason() throws Exception {
    desk.write("sub/.env", "A=1\n");
    Files.delete(desk.at("sub/.env"));
    Files.delete(desk.at("sub"));
    desk.write("sub", "a file");
    try (Settings settings = desk.settings("sub/.env").open()) {
      assertThat(settings.set("A", "2", null).diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("PIRN-E032");
    }
  }

  private static List<String> messages(Decoded<WrittenSettings> made) {
    assertThat(made.value()).isNull();
    return made.diagnostics().stream().map(Diagnostic::message).toList();
  }
}
