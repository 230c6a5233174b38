package dev.pirn.registry;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Makes a registry's file follow the folders.
final class FolderSync {
  private final RegistryOptions options;
  private final FolderScan scan;

  FolderSync(RegistryOptions options, FolderScan scan) {
    this.options = options;
    this.scan = scan;
  }

  /// @param change writes edits, all or none
  SyncResult run(
      SyncOptions how,
      AgentRegistry registry,
      Function<List<Edit>, Decoded<WrittenAgents>> change) {
    List<String> added = new ArrayList<>();
    List<String> updated = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<Edit> edits = new ArrayList<>();
    LocalDate today = how.today() == null ? LocalDate.now(ZoneId.systemDefault()) : how.today();
    for (FolderScan.Found found : scan.found().values()) {
      Agent agent = registry.get(found.id()).orElse(null);
      if (agent == null && !registry.refused().containsKey(found.id())) {
        added.add(found.id());
        if (how.add()) {
          edits.add(Edit.register(found.id(), infer(found, registry, today)));
        }
      } else if (agent != null && differs(agent, found, registry, how)) {
        updated.add(found.id());
        if (how.update()) {
          edits.add(Edit.update(found.id(), Map.of("location", found.location())));
        }
      }
    }
    for (Agent agent : registry.agents()) {
      if (scan.complete() && gone(agent)) {
        removed.add(agent.id());
        if (how.remove()) {
          edits.add(Edit.remove(agent.id()));
        }
      }
    }
    List<Diagnostic> errors = new ArrayList<>(scan.problems());
    List<String> written = List.of();
    if (!how.dryRun() && !edits.isEmpty()) {
      Decoded<WrittenAgents> done = change.apply(edits);
      written = done.value() == null ? List.of() : done.value().ids();
      errors.addAll(done.diagnostics().stream().filter(Diagnostic::isError).toList());
    }
    return new SyncResult(added, updated, removed, written, errors);
  }

  private static boolean differs(
      Agent agent, FolderScan.Found found, AgentRegistry registry, SyncOptions how) {
    boolean fileIsRight =
        registry.config().autoSync().conflictResolution()
            == RegistryConfig.ConflictResolution.REGISTRY;
    return !agent.definition().location().equals(found.location())
        && (how.update() || !fileIsRight);
  }

  /// An agent whose folder lies where it says is there, whether that is scanned or passed over.
  private boolean gone(Agent agent) {
    return !scan.found().containsKey(agent.id())
        && !scan.broken().contains(agent.id())
        && !Files.exists(
            options.root().resolve(agent.definition().location()).resolve("agent.yaml"));
  }

  /// What can be said of a new agent by where it lies and what it says of itself.
  private static Map<String, Object> infer(
      FolderScan.Found found, AgentRegistry registry, LocalDate today) {
    Set<String> folders = new TreeSet<>(List.of(found.location().split("/")));
    String category =
        folders.contains("examples")
            ? "example"
            : folders.contains("tests")
                ? "test"
                : found.id().equals("judge_default") ? "system" : "production";
    String environment =
        switch (category) {
          case "example" -> "demo";
          case "test" -> "test";
          default -> "production";
        };
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", cut(Objects.requireNonNullElse(found.name(), found.id()), 200));
    fields.put("category", category);
    fields.put("environment", environment);
    fields.put("owner", "platform-team");
    fields.put("version", "1.0.0");
    fields.put("location", found.location());
    fields.put("deprecated", false);
    if (found.description() != null) {
      fields.put("description", cut(found.description(), 500));
    }
    if (found.businessGoal() != null) {
      fields.put("business_goal", cut(found.businessGoal(), 1000));
    }
    List<String> tags = tags(found, registry);
    if (!tags.isEmpty()) {
      fields.put("tags", tags);
    }
    fields.put("created_at", today.toString());
    fields.put("updated_at", today.toString());
    return fields;
  }

  /// The tags in use or suggested that stand in what the agent says of itself.
  private static List<String> tags(FolderScan.Found found, AgentRegistry registry) {
    String said =
        String.join(
                " ",
                found.id().replace('_', ' '),
                Objects.requireNonNullElse(found.name(), ""),
                Objects.requireNonNullElse(found.description(), ""))
            .toLowerCase(Locale.ROOT);
    Set<String> known = new TreeSet<>(registry.tags());
    known.addAll(registry.tagTaxonomy().all());
    Set<String> words = new TreeSet<>(List.of(said.split("[^\\p{L}\\p{N}-]+")));
    return known.stream()
        .filter(tag -> words.contains(tag.toLowerCase(Locale.ROOT)))
        .limit(20)
        .toList();
  }

  private static String cut(String text, int most) {
    int length = text.codePointCount(0, text.length());
    return length <= most ? text : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
