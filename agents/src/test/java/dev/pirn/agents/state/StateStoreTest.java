package dev.pirn.agents.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.agents.state.StateException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
  @TempDir Path folder;
  private final List<String> problems = new ArrayList<>();

  private StateStore store() {
    return StateStore.open(folder, problems::add);
  }

  private AgentState agent() {
    return store().of("greeter");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(AgentState agent, String key) {
    AgentState.Value value = agent.get(key);
    return value == null ? null : value.bytes().toString();
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(it -> it.toString().endsWith(ending)).sorted().toList();
    }
  }

  private Path onlyFile() throws IOException {
    List<Path> all = files(".state");
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void whatIsWrittenOutlivesTheStore() {
    agent().put("counter", bytes("41"), Condition.NONE);
    agent().put("counter", bytes("42"), Condition.NONE);
    agent().put("empty", new byte[0], Condition.NONE);
    assertThat(text(agent(), "counter")).isEqualTo("42");
    assertThat(text(agent(), "empty")).isEmpty();
    assertThat(text(agent(), "nothing")).isNull();
    assertThat(store().keys("greeter")).containsExactly("counter", "empty");
    assertThat(store().keys("other")).isEmpty();
  }

  @Test
  void keysThatDifferInCapitalsAreDifferentFilesEverywhere() throws IOException {
    AgentState agent = agent();
    agent.put("Key", bytes("1"), Condition.NONE);
    agent.put("key", bytes("2"), Condition.NONE);
    assertThat(text(agent, "Key")).isEqualTo("1");
    assertThat(files(".state").stream().map(it -> it.getFileName().toString().toLowerCase()))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @Test
  void anyBytesAreKept() {
    byte[] value = new byte[AgentState.MOST_VALUE_BYTES];
    new Random(1).nextBytes(value);
    agent().put("x", value, Condition.NONE);
    assertThat(agent().get("x").bytes().getBytes()).isEqualTo(value);
  }

  @Test
  void onlyItsOwnerReadsIt() throws IOException {
    agent().put("x", bytes("secret"), Condition.NONE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(onlyFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void whatIsDeletedIsGone() {
    AgentState agent = agent();
    agent.put("x", bytes("1"), Condition.NONE);
    assertThat(agent.delete("x", Condition.NONE).existed()).isTrue();
    assertThat(agent.delete("x", Condition.NONE).existed()).isFalse();
    assertThat(text(agent(), "x")).isNull();
  }

  @Test
  void clearingLeavesNothing() throws IOException {
    AgentState agent = agent();
    agent.put("x", bytes("1"), Condition.NONE);
    agent.put("y", bytes("2"), Condition.NONE);
    store().of("other").put("z", bytes("3"), Condition.NONE);
    StateStore store = store();
    store.clear("greeter");
    assertThat(store.keys("greeter")).isEmpty();
    assertThat(store().keys("greeter")).isEmpty();
    assertThat(files(".state")).hasSize(1);
  }

  @Test
  void aFileThatWasChangedIsSetAsideAndToldUntilItIsWrittenAnew() throws IOException {
    agent().put("x", bytes("precious"), Condition.NONE);
    Path file = onlyFile();
    String stored = Files.readString(file);
    Files.writeString(file, stored.replace("precious", "previous"));

    AgentState agent = agent();
    String message =
        "what was kept as \"x\" is damaged, and was set aside as %s; write or delete it to go on"
            .formatted(file.getFileName().toString().replace(".state", ".damaged"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> agent.get("x"))
          .isInstanceOf(StateException.class)
          .hasMessage(message)
          .extracting(it -> ((StateException) it).kind())
          .isEqualTo(Kind.DAMAGED);
    }
    assertThat(problems)
        .containsExactly(
            "what agent \"greeter\" kept in %s is not what was written; it was set aside as %s, and the agent is told"
                .formatted(file, file.getFileName().toString().replace(".state", ".damaged")));
    assertThat(agent.list()).isEmpty();
    assertThatThrownBy(() -> agent().get("x")).as("after a restart").hasMessage(message);

    agent.put("x", bytes("new"), Condition.NONE);
    assertThat(text(agent(), "x")).isEqualTo("new");
    assertThat(files(".damaged")).as("evidence").hasSize(1);
    agent.delete("x", Condition.NONE);
    assertThat(files(".damaged")).isEmpty();
    assertThat(text(agent(), "x")).isNull();
  }

  @Test
  void damageIsNoticedWhileTheStoreIsOpen() throws IOException {
    AgentState agent = agent();
    agent.put("x", bytes("precious"), Condition.NONE);
    Files.write(onlyFile(), new byte[] {1}, StandardOpenOption.APPEND);
    assertThatThrownBy(() -> agent.get("x")).isInstanceOf(StateException.class);
    assertThat(problems).hasSize(1);
  }

  @Test
  void aFileThatSomebodyTookAwayIsNoValueThatWasNeverThere() throws IOException {
    AgentState agent = agent();
    agent.put("x", bytes("precious"), Condition.NONE);
    Files.delete(onlyFile());
    assertThatThrownBy(() -> agent.get("x")).isInstanceOf(StateException.class);
    assertThat(problems).hasSize(1);
  }

  @Test
  void eachWayToDamageAFileIsNoticed() throws IOException {
    agent().put("x", bytes("precious"), Condition.NONE);
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i++) {
      byte[] broken = whole.clone();
      broken[i] ^= 1;
      Files.write(file, broken);
      assertThatThrownBy(() -> agent().get("x"))
          .as("byte %d", i)
          .isInstanceOf(StateException.class);
      Files.write(file, java.util.Arrays.copyOf(whole, i));
      assertThatThrownBy(() -> agent().get("x"))
          .as("cut at %d", i)
          .isInstanceOf(StateException.class);
    }
    Files.write(file, whole);
    assertThat(text(agent(), "x")).isEqualTo("precious");
  }

  @Test
  void aFileUnderAnotherNameIsNotTaken() throws IOException {
    agent().put("x", bytes("1"), Condition.NONE);
    Path file = onlyFile();
    Files.move(file, file.resolveSibling(Stored.nameOf("y") + ".state"));
    assertThatThrownBy(() -> agent().get("y")).isInstanceOf(StateException.class);
    assertThat(text(agent(), "x")).isNull();
  }

  @Test
  void keysAreChecked() {
    for (String key :
        List.of("", ".", "..", "a/b", "a\\b", "\u0000", "a b", "\u00e9", "x".repeat(129), "a%2f")) {
      assertThatThrownBy(() -> agent().put(key, bytes("1"), Condition.NONE))
          .as(key)
          .isInstanceOf(StateException.class)
          .hasMessage(
              "a key is 1 to 128 letters, digits, dots, hyphens and underscores, and not \".\" or \"..\"");
      assertThatThrownBy(() -> agent().get(key)).isInstanceOf(StateException.class);
    }
    for (String key : List.of("...", "-", "con", ".x.tmp", "x".repeat(128), "X".repeat(128))) {
      agent().put(key, bytes(key), Condition.NONE);
      assertThat(text(agent(), key)).isEqualTo(key);
    }
    assertThatThrownBy(() -> store().of("../x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an agent's name is 1 to 128 letters, digits, dots, hyphens and underscores, was \"../x\"");
  }

  @Test
  void aValueHasALimit() {
    assertThatThrownBy(
            () -> agent().put("x", new byte[AgentState.MOST_VALUE_BYTES + 1], Condition.NONE))
        .hasMessage("a value has at most 1,048,576 bytes");
    assertThat(text(agent(), "x")).isNull();
  }

  @Test
  void allValuesTogetherHaveALimit() {
    AgentState agent = agent();
    byte[] value = new byte[AgentState.MOST_VALUE_BYTES];
    for (int i = 0; i < 16; i++) {
      agent.put("k" + i, value, Condition.NONE);
    }
    assertThatThrownBy(() -> agent.put("one-more", bytes("1"), Condition.NONE))
        .hasMessage(
            "agent \"greeter\" would keep 16,777,217 bytes with this, and may keep 16,777,216; delete something first");
    agent.put("k0", value, Condition.NONE);
    agent.delete("k1", Condition.NONE);
    agent.put("one-more", bytes("1"), Condition.NONE);
    store().of("other").put("x", value, Condition.NONE);
  }

  @Test
  void thereIsALimitToTheNumberOfValues() {
    AgentState agent = agent();
    for (int i = 0; i < AgentState.MOST_KEYS; i++) {
      agent.put("k" + i, bytes("1"), Condition.NONE);
    }
    assertThatThrownBy(() -> agent.put("one-more", bytes("1"), Condition.NONE))
        .hasMessage(
            "agent \"greeter\" keeps 1,000 values already, which is as many as it may; delete one first");
    agent.put("k7", bytes("2"), Condition.NONE);
    assertThat(store().keys("greeter")).hasSize(1_000);
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    AgentState agent = StateStore.open(file, problems::add).of("greeter");
    assertThatThrownBy(() -> agent.put("x", bytes("1"), Condition.NONE))
        .isInstanceOf(StateException.class)
        .hasMessageStartingWith("the state of agent \"greeter\" cannot be reached: ")
        .extracting(it -> ((StateException) it).kind())
        .isEqualTo(Kind.BROKEN);
    assertThat(agent.list()).isEmpty();
  }
}
