package dev.pirn.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentGateTest {
  private static final Instant LATER = Instant.now().plusSeconds(3600);

  @TempDir private Path temp;
  private Desk desk;

  @BeforeEach
  void desk() {
    desk = new Desk(temp);
  }

  @Test
  void touchingAndTheSameBytesAndOtherRightsAreNoChange() throws IOException {
    ContentGate gate = new ContentGate();
    Path file = desk.write("a.py", "one");
    assertThat(gate.changed(file)).as("never seen").isTrue();
    assertThat(gate.changed(file)).isFalse();
    Files.setLastModifiedTime(file, FileTime.from(LATER));
    assertThat(gate.changed(file)).isFalse();
    desk.write("a.py", "one");
    Desk.makeExecutable(file);
    assertThat(gate.changed(file)).isFalse();
    Path beside = desk.write("a.py.new", "one");
    Files.move(beside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(gate.changed(file)).isFalse();
    desk.write("a.py", "two");
    assertThat(gate.changed(file)).isTrue();
    assertThat(gate.changed(file)).isFalse();
  }

  @Test
  void deletingIsAChangeAndComingBackIsOneToo() throws IOException {
    ContentGate gate = new ContentGate();
    Path file = desk.write("a.py", "one");
    gate.changed(file);
    Files.delete(file);
    assertThat(gate.changed(file)).isTrue();
    assertThat(gate.size()).isZero();
    desk.write("a.py", "one");
    assertThat(gate.changed(file)).isTrue();
  }

  @Test
  void whatCannotBeReadCountsAsChanged() throws IOException {
    ContentGate gate = new ContentGate();
    Path folder = Files.createDirectory(desk.at("folder"));
    assertThat(gate.changed(folder)).isTrue();
    assertThat(gate.changed(folder)).isTrue();
  }

  @Test
  void whatRestedBeforeTheProcessStartedIsRememberedAndWhatDidNotIsNot() throws IOException {
    Path file = desk.write("agents/a/main.py", "one");
    desk.write("agents/a/venv/lib.py", "one");
    WatchRules rules = desk.rules("a");
    ContentGate gate = new ContentGate();
    Path root = desk.at("agents/a");
    // Its time says long ago, but something was done to it just now.
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    gate.remember(root, it -> rules.verdict(it).matters(), _ -> true, Instant.now());
    assertThat(gate.size()).isZero();
    gate.remember(
        root,
        it -> rules.verdict(it).matters(),
        folder -> rules.spec().enters(root.relativize(folder).toString()),
        LATER);
    assertThat(gate.size()).isEqualTo(1);
    assertThat(gate.changed(file)).isFalse();
    desk.write("agents/a/main.py", "two");
    gate.remember(file, _ -> true, _ -> true, LATER);
    assertThat(gate.changed(file)).as("remembering never hides a change").isTrue();
    gate.forget(root);
    assertThat(gate.size()).isZero();
  }

  @Test
  void noMoreIsRememberedThanThereIsRoomFor() {
    ContentGate gate = new ContentGate(2);
    for (String name : new String[] {"a", "b", "c"}) {
      assertThat(gate.changed(desk.write(name, "x"))).isTrue();
    }
    assertThat(gate.size()).isEqualTo(2);
    assertThat(gate.changed(desk.at("a"))).isFalse();
    assertThat(gate.changed(desk.at("c"))).as("without room it counts").isTrue();
  }
}
