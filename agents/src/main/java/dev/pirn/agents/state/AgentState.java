package dev.pirn.agents.state;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.agents.state.StateException.Kind;
import dev.pirn.live.AtomicFile;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The values of one agent, one file each.
///
/// A file that is not whole is renamed to `NAME.damaged`, and reading its value fails until
/// somebody writes or deletes it: it is never taken for a value that was not there.
///
/// **Threading.** Any thread; one monitor guards everything, and is held for the disk as well.
final class AgentState {
  static final int MOST_VALUE_BYTES = 1 << 20;
  static final int MOST_KEYS = 1_000;
  static final long MOST_BYTES = 16L << 20;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._-]{1,128}");
  private static final String FILE = ".state";
  private static final String DAMAGED = ".damaged";

  private final String agent;
  private final Path folder;
  private final Consumer<String> problems;

  /// What there is, by the name of the file; read when it is first needed.
  @GuardedBy("this")
  private @Nullable Map<String, Known> known;

  /// What is known of a file.
  ///
  /// @param key null if it is damaged and nobody can tell
  private record Known(@Nullable String key, @Nullable String etag, long length) {}

  /// A value.
  record Value(Buffer bytes, String etag) {}

  /// A value in a list.
  record Listed(String key, long bytes, String etag) {}

  AgentState(String agent, Path folder, Consumer<String> problems) {
    this.agent = agent;
    this.folder = folder;
    this.problems = problems;
  }

  /// Whether this can be the name of a value.
  static boolean isKey(String key) {
    return KEY.matcher(key).matches() && !key.equals(".") && !key.equals("..");
  }

  private static String nameOf(String key) {
    if (!isKey(key)) {
      throw new StateException(
          Kind.BAD_KEY,
          "a key is 1 to 128 letters, digits, dots, hyphens and underscores, and not \".\" or \"..\"");
    }
    return Stored.nameOf(key);
  }

  synchronized @Nullable Value get(String key) {
    String name = nameOf(key);
    Known entry = index().get(name);
    if (entry == null) {
      return null;
    }
    if (entry.etag() != null) {
      Stored.Entry stored = read(name);
      if (stored != null) {
        return new Value(stored.value(), Stored.etag(stored.value()));
      }
    }
    throw damaged(key, name);
  }

  private StateException damaged(String key, String name) {
    return new StateException(
        Kind.DAMAGED,
        "what was kept as \"%s\" is damaged, and was set aside as %s; write or delete it to go on"
            .formatted(key, folder.resolve(name + DAMAGED).getFileName()));
  }

  synchronized Outcome put(String key, byte[] value, Condition condition) {
    String name = nameOf(key);
    if (value.length > MOST_VALUE_BYTES) {
      throw tooLarge();
    }
    Map<String, Known> index = index();
    Known old = index.get(name);
    if (!condition.holds(etagOf(old))) {
      return new Outcome(false, old != null, etagOf(old));
    }
    if (old == null && index.size() >= MOST_KEYS) {
      throw new StateException(
          Kind.FULL,
          "agent \"%s\" keeps %,d values already, which is as many as it may; delete one first"
              .formatted(agent, MOST_KEYS));
    }
    long bytes = bytes() + value.length - (old == null ? 0 : old.length());
    if (bytes > MOST_BYTES) {
      throw new StateException(
          Kind.FULL,
          "agent \"%s\" would keep %,d bytes with this, and may keep %,d; delete something first"
              .formatted(agent, bytes, MOST_BYTES));
    }
    try {
      AtomicFile.writePrivately(folder.resolve(name + FILE), Stored.encode(key, value));
    } catch (IOException e) {
      throw broken(e);
    }
    String etag = Stored.etag(value);
    index.put(name, new Known(key, etag, value.length));
    return new Outcome(true, old != null, etag);
  }

  static StateException tooLarge() {
    return new StateException(
        Kind.TOO_LARGE, "a value has at most %,d bytes".formatted(MOST_VALUE_BYTES));
  }

  synchronized Outcome delete(String key, Condition condition) {
    String name = nameOf(key);
    Known old = index().get(name);
    if (!condition.holds(etagOf(old))) {
      return new Outcome(false, old != null, etagOf(old));
    }
    try {
      Files.deleteIfExists(folder.resolve(name + FILE));
      Files.deleteIfExists(folder.resolve(name + DAMAGED));
    } catch (IOException e) {
      throw broken(e);
    }
    index().remove(name);
    return new Outcome(true, old != null, null);
  }

  private static @Nullable String etagOf(@Nullable Known entry) {
    return entry == null ? null : entry.etag() == null ? "" : entry.etag();
  }

  /// All that is whole, by key.
  synchronized List<Listed> list() {
    Map<String, Listed> all = new TreeMap<>();
    for (Known entry : index().values()) {
      if (entry.key() != null && entry.etag() != null) {
        all.put(entry.key(), new Listed(entry.key(), entry.length(), entry.etag()));
      }
    }
    return new ArrayList<>(all.values());
  }

  @GuardedBy("this")
  private long bytes() {
    return index().values().stream().mapToLong(Known::length).sum();
  }

  /// Deletes everything.
  synchronized void clear() {
    for (String name : List.copyOf(index().keySet())) {
      try {
        Files.deleteIfExists(folder.resolve(name + FILE));
        Files.deleteIfExists(folder.resolve(name + DAMAGED));
      } catch (IOException e) {
        throw broken(e);
      }
      index().remove(name);
    }
  }

  @GuardedBy("this")
  private Map<String, Known> index() {
    Map<String, Known> index = known;
    if (index == null) {
      index = new TreeMap<>();
      for (String file : files()) {
        if (file.endsWith(DAMAGED)) {
          index.putIfAbsent(cut(file, DAMAGED), new Known(null, null, 0));
        } else if (file.endsWith(FILE)) {
          String name = cut(file, FILE);
          Stored.Entry stored = read(name);
          index.put(
              name,
              stored == null
                  ? new Known(null, null, 0)
                  : new Known(stored.key(), Stored.etag(stored.value()), stored.value().length()));
        }
      }
      known = index;
    }
    return index;
  }

  private static String cut(String file, String ending) {
    return file.substring(0, file.length() - ending.length());
  }

  private List<String> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /// Reads a file, or sets it aside if it is not what was written.
  @GuardedBy("this")
  private Stored.@Nullable Entry read(String name) {
    Path file = folder.resolve(name + FILE);
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= MOST_VALUE_BYTES + 1_024) {
        Stored.Entry stored = Stored.decode(Files.readAllBytes(file));
        if (stored != null && Stored.nameOf(stored.key()).equals(name)) {
          return stored;
        }
      }
      setAside(name, file);
      return null;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @GuardedBy("this")
  private void setAside(String name, Path file) throws IOException {
    Path aside = folder.resolve(name + DAMAGED);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
    if (known != null) {
      known.put(name, new Known(null, null, 0));
    }
    problems.accept(
        "what agent \"%s\" kept in %s is not what was written; it was set aside as %s, and the agent is told"
            .formatted(agent, file, aside.getFileName()));
  }

  private StateException broken(IOException e) {
    return new StateException(
        Kind.BROKEN, "the state of agent \"%s\" cannot be reached: %s".formatted(agent, e), e);
  }
}
