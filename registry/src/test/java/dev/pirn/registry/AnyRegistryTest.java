package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.yaml.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds of every registry, tried with a hundred that are made up.
class AnyRegistryTest {
  private static final int CASES = 100;
  private static final List<String> LETTERS =
      List.of(
          "a",
          "Z",
          "9",
          " ",
          "-",
          "_",
          ".",
          ":",
          "#",
          "'",
          "\"",
          "\\",
          "\t",
          "&",
          "*",
          "ä",
          "\u65e5",
          "\ud83d\ude00",
          "{",
          "]",
          ",",
          "|",
          "%",
          "@",
          "!",
          "?",
          "~",
          "\n");

  private final long seed = Long.getLong("pirn.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path temp;
  private Path file;

  @BeforeEach
  void file() throws Exception {
    file = temp.toRealPath().resolve("agent_registry.yaml");
  }

  private String text(int most) {
    StringBuilder text = new StringBuilder("x");
    int length = random.nextInt(most);
    for (int i = 1; i < length; i++) {
      text.append(LETTERS.get(random.nextInt(LETTERS.size())));
    }
    return text + "y";
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private Map<String, Object> agent() {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("name", text(100));
    agent.put("category", one(AgentReader.CATEGORIES));
    agent.put("environment", one(AgentReader.ENVIRONMENTS));
    agent.put("owner", text(40));
    agent.put(
        "version", random.nextInt(9) + "." + random.nextInt(90) + ".0" + one(List.of("", "-rc.1")));
    agent.put("location", "agents/a" + random.nextInt(99));
    if (random.nextBoolean()) {
      agent.put("description", text(200));
      agent.put("tags", List.of("t" + random.nextInt(9), text(20)));
      agent.put("created_at", "2026-0%d-1%d".formatted(1 + random.nextInt(9), random.nextInt(9)));
    }
    if (random.nextBoolean()) {
      agent.put("deprecated", true);
      agent.put("deprecation_reason", text(50));
      agent.put("status", "experimental");
    }
    return agent;
  }

  private Map<String, Object> agents() {
    Map<String, Object> agents = new LinkedHashMap<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      agents.put("a" + random.nextInt(12), agent());
    }
    return agents;
  }

  private void write(Map<String, Object> agents) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("version", "1.0");
    all.put("agents", agents);
    all.put("config", Map.of("validation", Map.of("validate_location", false)));
    Sample.write(file, Json.line(all));
  }

  private Map<String, Object> inForce(Registry registry) {
    Map<String, Object> all = new LinkedHashMap<>();
    registry.agents().agents().forEach(it -> all.put(it.id(), it.definition().toMap()));
    return all;
  }

  @Test
  void everyAgentIsLoadedWithAllThatIsSaidOfIt() {
    for (int i = 0; i < CASES; i++) {
      Map<String, Object> agents = agents();
      write(agents);
      try (Registry registry = Registry.open(RegistryOptions.of(file))) {
        assertThat(registry.diagnostics()).as("seed %d, case %d", seed, i).isEmpty();
        assertThat(inForce(registry)).as("seed %d, case %d", seed, i).isEqualTo(agents);
        List<Agent> listed = registry.agents().list(AgentQuery.ALL).value().agents();
        assertThat(listed).hasSize(agents.size());
        assertThat(listed)
            .allSatisfy(it ->
                assertThat(it.toMap())
                    .containsKeys(
                        "id", "name", "category", "environment", "owner", "version", "location"));
      }
    }
  }

  @Test
  void afterTheFileWasReplacedExactlyTheNewAgentsAreThere() {
    write(agents());
    try (Registry registry = Registry.open(RegistryOptions.of(file))) {
      for (int i = 0; i < CASES; i++) {
        Map<String, Object> agents = agents();
        write(agents);
        registry.reload();
        assertThat(inForce(registry)).as("seed %d, case %d", seed, i).isEqualTo(agents);
      }
    }
  }

  @Test
  void whatIsRegisteredIsThereAfterAReloadAsItWasGiven() throws Exception {
    for (int i = 0; i < CASES; i++) {
      Map<String, Object> agents = agents();
      write(agents);
      Map<String, Object> added = agent();
      try (Registry registry = Registry.open(RegistryOptions.of(file))) {
        List<Diagnostic> said = registry.register("added", added, null).diagnostics();
        assertThat(said).as("seed %d, case %d", seed, i).isEmpty();
      }
      Map<String, Object> all = new LinkedHashMap<>(agents);
      all.put("added", added);
      try (Registry registry = Registry.open(RegistryOptions.of(file))) {
        assertThat(inForce(registry))
            .as("seed %d, case %d%n%s", seed, i, Files.readString(file))
            .isEqualTo(all);
      }
    }
  }
}
