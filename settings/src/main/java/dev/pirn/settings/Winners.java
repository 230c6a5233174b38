package dev.pirn.settings;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import dev.pirn.live.Source;
import dev.pirn.yaml.Yaml;
import dev.pirn.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// Applies winners: once, as a whole, and only within the guardrails.
///
/// A winner is the same as the last if experiment, name and parameters are. So one that is found
/// again and again does not undo what somebody has changed by hand since, and one that comes back
/// after another counts again.
final class Winners {
  private static final Pattern NO_KEY = Pattern.compile("[^A-Za-z0-9_.]+");

  private final Settings settings;
  private final Secrets secrets;
  private final WinnerRecord state;

  // One winner at a time, so that none is applied twice.
  private final ReentrantLock applying = new ReentrantLock();

  Winners(Settings settings, Secrets secrets, Path stateFolder) {
    this.settings = settings;
    this.secrets = secrets;
    this.state = new WinnerRecord(stateFolder);
  }

  Acknowledgement apply(Path winnerFile, Path mapFile) {
    applying.lock();
    try {
      Acknowledgement made = decide(winnerFile, mapFile);
      if (made.status() == Acknowledgement.Status.UNCHANGED) {
        return made;
      }
      try {
        state.acknowledge(made);
        return made;
      } catch (IOException e) {
        return with(made, Problems.notRecorded("the acknowledgement", SettingsFiles.reason(e)));
      }
    } finally {
      applying.unlock();
    }
  }

  private static Acknowledgement with(Acknowledgement made, Diagnostic more) {
    List<Diagnostic> all = new ArrayList<>(made.diagnostics());
    all.add(more);
    return new Acknowledgement(
        made.promotionId(), made.appliedAt(), made.status(), made.changes(), all);
  }

  private Acknowledgement decide(Path winnerFile, Path mapFile) {
    String stem = stem(winnerFile);
    Decoded<Winner> readWinner = winner(winnerFile);
    Winner winner = readWinner.value();
    if (winner == null) {
      return failed(stem, readWinner.diagnostics());
    }
    Decoded<WinnerMap> readMap = map(mapFile);
    WinnerMap map = readMap.value();
    String said = winner.experiment();
    if (map == null) {
      String name = winner.promotionId() != null ? winner.promotionId() : stem;
      return failed(name, readMap.diagnostics());
    }
    String experiment = said != null ? said : map.experiment() != null ? map.experiment() : stem;
    String identity = winner.identity(experiment);
    String id =
        winner.promotionId() != null
            ? winner.promotionId()
            : experiment + "-" + identity.substring(0, 12);
    Decoded<Map<String, String>> readState = state.read();
    Map<String, String> applied = readState.value();
    if (applied == null) {
      return failed(id, readState.diagnostics());
    }
    if (identity.equals(applied.get(experiment))) {
      return acknowledge(id, Acknowledgement.Status.UNCHANGED, List.of(), List.of());
    }
    List<Diagnostic> blocked = new ArrayList<>();
    if (map.experiment() != null && said != null && !map.experiment().equals(said)) {
      blocked.add(Problems.otherExperiment(said, map.experiment(), Place.of(winnerFile)));
    }
    guardMetrics(winner, map, Place.of(winnerFile), blocked);
    Map<String, Optional<String>> edits = edits(winner, map, blocked);
    if (!blocked.isEmpty()) {
      return acknowledge(id, Acknowledgement.Status.BLOCKED, List.of(), blocked);
    }
    return write(id, experiment, identity, edits, applied);
  }

  private Acknowledgement write(
      String id,
      String experiment,
      String identity,
      Map<String, Optional<String>> edits,
      Map<String, String> applied) {
    Decoded<WrittenSettings> done = settings.edit(edits, null);
    WrittenSettings written = done.value();
    if (written == null) {
      boolean ours =
          done.diagnostics().stream()
              .anyMatch(it ->
                  it.code().equals(Code.NOT_WRITTEN.id())
                      || it.code().equals(Code.CHANGED_MEANWHILE.id()));
      return ours
          ? failed(id, done.diagnostics())
          : acknowledge(id, Acknowledgement.Status.BLOCKED, List.of(), done.diagnostics());
    }
    if (!written.inForce()) {
      return failed(id, written.outcome().diagnostics());
    }
    try {
      state.write(experiment, identity, applied);
      return acknowledge(id, Acknowledgement.Status.APPLIED, written.changes(), List.of());
    } catch (IOException e) {
      return acknowledge(
          id,
          Acknowledgement.Status.APPLIED,
          written.changes(),
          List.of(Problems.notRecorded("the winner", SettingsFiles.reason(e))));
    }
  }

  private static void guardMetrics(
      Winner winner, WinnerMap map, Place place, List<Diagnostic> blocked) {
    new TreeMap<>(map.metrics())
        .forEach((name, bounds) -> {
          String value = winner.metrics().get(name);
          String expected = value == null ? null : bounds.violated(value);
          if (value == null || expected != null) {
            blocked.add(Problems.metric(name, value, expected, place));
          }
        });
  }

  private Map<String, Optional<String>> edits(
      Winner winner, WinnerMap map, List<Diagnostic> blocked) {
    Map<String, Optional<String>> edits = new TreeMap<>();
    winner
        .params()
        .forEach((name, param) -> {
          WinnerMap.Target target = map.parameters().get(name);
          String value = param.value();
          if (target == null) {
            blocked.add(Problems.notMapped(name, param.place(), map.parameters().keySet()));
          } else if (value == null) {
            blocked.add(Problems.noSingleValue(name, param.place()));
          } else {
            String key = target.key().text();
            String expected = target.bounds().violated(value);
            if (expected != null) {
              Setting found = found(key, value);
              // What a secret may be is as good as the secret.
              String words = found.secret() ? "within the bounds of the map" : expected;
              blocked.add(Problems.outOfBounds(name, key, words, found.quoted(), param.place()));
            }
            edits.put(key, Optional.of(value));
          }
        });
    return edits;
  }

  private Setting found(String key, String value) {
    return new Setting(key, value, isSecret(key) || secrets.value(value), null);
  }

  private static Acknowledgement failed(String id, List<Diagnostic> why) {
    return acknowledge(id, Acknowledgement.Status.FAILED, List.of(), why);
  }

  private static Acknowledgement acknowledge(
      String id,
      Acknowledgement.Status status,
      List<SettingChange> changes,
      List<Diagnostic> diagnostics) {
    return new Acknowledgement(id, Instant.now(), status, changes, diagnostics);
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
  }

  private static Decoded<Winner> winner(Path file) {
    Decoded<Content> read = content(file, Code.BAD_WINNER);
    Content content = read.value();
    if (content == null) {
      return Decoded.failed(read.diagnostics());
    }
    Decoded<YamlNode> parsed = Yaml.parse(content);
    YamlNode root = parsed.value();
    if (root == null) {
      // What is wrong may stand in a line with a secret.
      return Decoded.failed(parsed.diagnostics().stream().map(Problems::badWinner).toList());
    }
    Winner winner = Winner.of(root);
    return winner == null
        ? Decoded.failed(Problems.noParams(Winner.hidden(root.place())))
        : Decoded.of(winner);
  }

  private Decoded<WinnerMap> map(Path file) {
    Decoded<Content> read = content(file, Code.BAD_MAP);
    Content content = read.value();
    if (content == null) {
      return Decoded.failed(read.diagnostics());
    }
    Decoded<WinnerMap> decoded = Yaml.decoder(WinnerMap.class).decode(content);
    WinnerMap map = decoded.value();
    boolean quotable = !namesSecret(new String(content.bytes(), StandardCharsets.UTF_8));
    if (map == null) {
      return quotable
          ? decoded
          : Decoded.failed(decoded.diagnostics().stream().map(Problems::badMap).toList());
    }
    List<Diagnostic> wrong = new ArrayList<>();
    Map<String, Place> keys = new HashMap<>();
    map.parameters()
        .values()
        .forEach(target -> {
          String key = target.key().text();
          Place first = keys.putIfAbsent(key, target.key().place());
          if (!EnvParser.isName(key)) {
            wrong.add(Problems.badName(key, target.key().place()));
          } else if (first != null) {
            wrong.add(Problems.keyTwice(key, target.key().place(), first));
          }
        });
    return wrong.isEmpty()
        ? Decoded.of(map)
        : Decoded.failed(quotable ? wrong : wrong.stream().map(Problems::withoutLines).toList());
  }

  /// Whether bounds of a secret may stand in a map: what a secret may be is as good as the secret.
  /// It need not be YAML, so every word in it may be a key.
  private boolean namesSecret(String map) {
    return secrets.value(map)
        || NO_KEY.splitAsStream(map).filter(word -> !word.isEmpty()).anyMatch(this::isSecret);
  }

  private boolean isSecret(String key) {
    Setting known = settings.values().find(key);
    return secrets.name(key) || (known != null && known.secret());
  }

  private static Decoded<Content> content(Path file, Code code) {
    try {
      Path absolute = file.toAbsolutePath().normalize();
      if (Files.size(absolute) > Source.DEFAULT_MAX_BYTES) {
        return Decoded.failed(Problems.unreadable(code, file, "it is larger than 4 MiB"));
      }
      return Decoded.of(new Content(absolute, Files.readAllBytes(absolute)));
    } catch (IOException e) {
      return Decoded.failed(Problems.unreadable(code, file, SettingsFiles.reason(e)));
    }
  }
}
