package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bugs of the registry that this one replaces, by their numbers in the inventory; each test
/// would fail on its bug. Of number 11 the query parameter that hides a module is about HTTP only
/// and is proved there.
class SeedBugsTest {
  @TempDir Path temp;
  private Path file;

  @BeforeEach
  void file() throws IOException {
    file = temp.toRealPath().resolve("agent_registry.yaml");
  }

  private Registry open(String text) {
    Sample.write(file, text);
    return Registry.open(RegistryOptions.of(file));
  }

  @Test
  void bug01OfThreeSaves200MsApartTheLastIsInForce() throws Exception {
    try (Registry registry = open(Sample.registry("a"));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      CountDownLatch saved = new CountDownLatch(3);
      for (int i = 1; i <= 3; i++) {
        String id = "save" + i;
        clock.schedule(
            () -> {
              Sample.write(file, Sample.registry("a", id));
              saved.countDown();
            },
            200L * i,
            TimeUnit.MILLISECONDS);
      }
      assertThat(saved.await(20, TimeUnit.SECONDS)).isTrue();
      Sample.sync(registry.live());
      assertThat(registry.agents().ids()).containsExactly("a", "save3");
    }
  }

  @Test
  void bug02SavesByRenameAreSeenAndSoAreDeletionAndRecreation() throws IOException {
    try (Registry registry = open(Sample.registry("a"))) {
      Sample.replace(file, Sample.registry("b"));
      Sample.sync(registry.live());
      assertThat(registry.agents().ids()).containsExactly("b");
      Files.delete(file);
      Recorded.await(() -> assertThat(registry.agents().ids()).isEmpty());
      assertThat(registry.history().getFirst().removed()).containsExactly("b");
      Sample.replace(file, Sample.registry("c"));
      Sample.sync(registry.live());
      assertThat(registry.agents().ids()).containsExactly("c");
    }
  }

  @Test
  void bug03AFailedReloadLeavesEverythingAsItWas() {
    String before =
        Sample.registryWith("config: {discovery: {default_sort: version}}\n", "a", "b", "c");
    try (Registry registry = open(before)) {
      AgentRegistry inForce = registry.agents();
      Sample.write(
          file,
          before.replace("default_sort: version", "default_sort: nonsense").replace("The b", ""));
      Sample.sync(registry.live());
      assertThat(registry.agents()).isSameAs(inForce);
      assertThat(registry.agents().config().discovery().defaultSort()).isEqualTo(AgentSort.VERSION);
    }
  }

  @Test
  void bug04AReaderThatListsDuring1000ReloadsNeverSeesAPartialRegistry() throws Exception {
    String few = Sample.registry(ids(3));
    String many = Sample.registry(ids(40));
    try (Registry registry = open(few)) {
      AtomicBoolean done = new AtomicBoolean();
      Set<Integer> sizes = Collections.synchronizedSet(new TreeSet<>());
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  while (!done.get()) {
                    sizes.add(registry.agents().list(AgentQuery.ALL).value().agents().size());
                    sizes.add(registry.agents().tags().size() + registry.agents().size());
                    Thread.yield();
                  }
                } catch (RuntimeException e) {
                  thrown.set(e);
                }
              });
      for (int i = 0; i < 1_000; i++) {
        Sample.write(file, i % 2 == 0 ? many : few);
        registry.reload();
      }
      done.set(true);
      reader.join();
      assertThat(thrown.get()).isNull();
      assertThat(sizes).isSubsetOf(3, 40);
      assertThat(registry.live().generation()).isGreaterThan(900);
    }
  }

  private static String[] ids(int count) {
    String[] ids = new String[count];
    for (int i = 0; i < count; i++) {
      ids[i] = "agent_" + i;
    }
    return ids;
  }

  @Test
  void bug05AnEventSurvivesJson() {
    try (Registry registry = open(Sample.registry("a"))) {
      Recorded.await(() -> assertThat(registry.history()).hasSize(1));
      ReloadEvent event = registry.history().getFirst();
      assertThat(event.toMap()).hasSize(8);
      assertThat(ReloadEvent.fromJson(event.toJson()).value()).isEqualTo(event);
    }
  }

  @Test
  void bug06WhatTheFileSaysIsCheckedAndObeyed() {
    assertThat(Sample.decode(Sample.registry("a", "a")).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("the key \"a\" is there twice");
    for (String bad :
        List.of("category: x", "environment: x", "version: \"1\"", "created_at: 1.1.2026")) {
      String key = bad.substring(0, bad.indexOf(':'));
      String text = Sample.registry("a").replaceAll("(?m)^    " + key + ":.*$", "    " + bad);
      String with = text.contains(bad) ? text : text + "    " + bad + "\n";
      assertThat(Sample.read(with).refused()).as(bad).containsOnlyKeys("a");
    }
    String off =
        "config: {hot_reload: {enabled: false}, discovery: {enable_fuzzy_search: false}}\n";
    AgentRegistry registry = Sample.read(Sample.registryWith(off, "helper"));
    assertThat(registry.list(AgentQuery.ALL.text("helpr")).value().agents()).isEmpty();
  }

  @Test
  void bug07AFileThatIsNotThereYetIsWaitedFor() {
    try (Registry registry = Registry.open(RegistryOptions.of(file))) {
      assertThat(registry.agents().size()).isZero();
      assertThat(registry.statistics().hotReloadEnabled()).isTrue();
      Sample.write(file, Sample.registry("a"));
      Sample.sync(registry.live());
      assertThat(registry.agents().ids()).containsExactly("a");
    }
  }

  @Test
  void bug08AListenerMayReloadUnsubscribeAndClose() {
    Registry registry = open(Sample.registry("a"));
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    AtomicReference<Subscription> first = new AtomicReference<>();
    AtomicBoolean once = new AtomicBoolean();
    first.set(
        registry.onReload(event -> {
          told.add("first");
          first.get().close();
        }));
    registry.onReload(event -> {
      if (once.compareAndSet(false, true)) {
        registry.reload();
        throw new IllegalStateException("harms nobody");
      }
    });
    registry.onReload(event -> told.add("second"));
    registry.onReload(event -> {
      if (event.agentsCount() == 3) {
        registry.close();
        told.add("closed");
      }
    });
    Sample.write(file, Sample.registry("a", "b"));
    Recorded.await(() -> assertThat(told).contains("first", "second"));
    Sample.write(file, Sample.registry("a", "b", "c"));
    Recorded.await(() -> assertThat(told).contains("closed"));
    assertThat(told).containsOnlyOnce("first");
    registry.close();
    assertThat(registry.agents().size()).isEqualTo(3);
  }

  @Test
  void bug09WhatIsRegisteredSurvivesTheNextReloadAndRegistriesAreApart() {
    try (Registry registry = open(Sample.registry("a"));
        Registry other = Registry.open(RegistryOptions.of(temp.resolve("other.yaml")))) {
      Agent before = registry.agents().get("a").orElseThrow();
      registry.update("a", Map.of("owner", "new"), null);
      assertThat(before.definition().owner()).isEqualTo("team");
      registry.reload();
      assertThat(registry.agents().get("a").orElseThrow().definition().owner()).isEqualTo("new");
      assertThat(other.agents().size()).isZero();
    }
  }

  @Test
  void bug10SyncObeysItsOptionsKeepsCommentsAndTellsThatItIsOutOfStep() throws IOException {
    Files.createDirectories(temp.resolve("agents/a"));
    Files.writeString(temp.resolve("agents/a/agent.yaml"), "name: A\n");
    Files.createDirectories(temp.resolve("other/b_new"));
    Files.writeString(temp.resolve("other/b_new/agent.yaml"), "name: B\n");
    String before =
        "# one\n"
            + Sample.registry("a")
            + "# two\nconfig: {auto_sync: {scan_directories: [agents]}} # three\n";
    try (Registry registry = open(before)) {
      SyncOptions other = SyncOptions.COMPARE.scan(List.of("agents", "other"));
      assertThat(registry.sync(other).outOfStep()).isTrue();
      assertThat(registry.sync(other.apply(false, false, false)).outOfStep()).isTrue();
      assertThat(Sample.text(file)).isEqualTo(before);
      assertThat(registry.sync(other.exclude(List.of("b_*"))).added()).isEmpty();
      assertThat(registry.sync(other.exclude(List.of("b_"))).added())
          .as("a glob, no prefix")
          .containsExactly("b_new");
      assertThat(registry.sync(other.apply(true, false, false)).outOfStep()).isFalse();
      assertThat(Sample.text(file)).contains("# one", "# two", "# three").doesNotContain("id:");
    }
  }

  @Test
  void bug11DatesWithoutQuotesAreDates() {
    AgentRegistry registry = Sample.read(Sample.registry("a") + "    created_at: 2026-01-31\n");
    Agent agent = registry.get("a").orElseThrow();
    assertThat(agent.definition().createdAt()).isEqualTo(LocalDate.of(2026, 1, 31));
    assertThat(agent.toMap()).containsEntry("created_at", "2026-01-31");
  }

  @Test
  void bug12NoAgentsAreAnErrorAndABrokenFileDoesNotKeepTheProgramFromStarting() {
    try (Registry registry = open("version: \"1.0\"\nagents: {}\n")) {
      assertThat(registry.agents().size()).isZero();
      assertThat(registry.diagnostics())
          .extracting(Diagnostic::message)
          .containsExactly("a registry needs at least one agent");
      Sample.write(file, Sample.registry("a"));
      Sample.sync(registry.live());
      assertThat(registry.agents().ids()).containsExactly("a");
      assertThat(registry.diagnostics().stream().filter(Diagnostic::isError)).isEmpty();
    }
  }
}
