package dev.pirn.agents;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.pirn.watch.Change;
import dev.pirn.watch.ChangeSet;
import dev.pirn.watch.Watch;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Follows the files of agents, and tells whom a change concerns.
///
/// Each agent has a watch of its own, as each may want its files to be at rest for another time; a
/// file that several agents share is told to each of them once.
///
/// **Threading.** Safe for use by several threads. Tells on the threads of the watches.
final class FileFollower implements AutoCloseable {
  /// Is told what concerns an agent.
  interface Told {
    /// Files of an agent have other contents.
    void edited(String agent, Set<Path> files, Duration detect);

    /// A file that is only to be reported has changed.
    void noticed(String agent, Path file);

    /// A file that says what agents are has changed, or an agent's folder came or went.
    void definitions(Set<Path> files);
  }

  private static final Duration TOGETHER = Duration.ofMillis(30);

  private final Watcher watcher;
  private final Told told;
  private final Map<String, ContentGate> gates = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, Watch> watches = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, WatchRules> followed = new HashMap<>();

  @GuardedBy("this")
  private @Nullable Watch folders;

  @GuardedBy("this")
  private boolean closed;

  FileFollower(Watcher watcher, Told told) {
    this.watcher = watcher;
    this.told = told;
  }

  /// Follows the folders in which agents lie.
  synchronized void folders(List<Path> roots) {
    if (!roots.isEmpty() && !closed) {
      folders =
          watcher.watch(
              WatchSpec.trees(roots)
                  .include("*", "*/*", "*/src/index.ts")
                  .hidden(true)
                  .debounce(TOGETHER),
              this::definitions);
    }
  }

  private void definitions(ChangeSet changes) {
    Set<Path> files = new TreeSet<>();
    for (Change change : changes.changes()) {
      String name = FolderConvention.name(change.path());
      boolean defines = name.equals(FolderConvention.DEFINITION) || name.equals(MeshWatch.NAME);
      if (defines || change.kind() != Change.Kind.MODIFIED) {
        files.add(change.path());
      }
    }
    if (!files.isEmpty()) {
      told.definitions(files);
    }
  }

  /// Follows the files of these agents, and of no others.
  void follow(List<WatchRules> rules) {
    List<Watch> before = new ArrayList<>();
    synchronized (this) {
      Map<String, WatchRules> wanted = new HashMap<>();
      rules.stream().filter(WatchRules::enabled).forEach(it -> wanted.put(it.agent().name(), it));
      followed.keySet().removeIf(name -> {
        boolean ends = !same(followed.get(name), wanted.get(name));
        Watch watch = ends ? watches.remove(name) : null;
        if (watch != null) {
          before.add(watch);
        }
        return ends;
      });
      wanted.forEach((name, it) -> {
        if (followed.put(name, it) == null && !closed) {
          watches.put(name, watcher.watch(it.spec(), changes -> changed(name, changes)));
        }
      });
    }
    // Not under the lock, for which a listener may be waiting.
    before.forEach(Watch::close);
  }

  private static boolean same(@Nullable WatchRules before, @Nullable WatchRules now) {
    return before != null
        && now != null
        && before.roots().equals(now.roots())
        && before.delay().equals(now.delay());
  }

  private void changed(String name, ChangeSet changes) {
    WatchRules rules;
    ContentGate gate;
    synchronized (this) {
      rules = followed.get(name);
      gate = gates.computeIfAbsent(name, _ -> new ContentGate());
    }
    if (rules == null) {
      return;
    }
    Set<Path> edited = new TreeSet<>();
    Set<Path> defining = new TreeSet<>();
    for (Change change : changes.changes()) {
      List<Path> paths = new ArrayList<>(List.of(change.path()));
      if (change.from() != null) {
        paths.add(change.from());
      }
      for (Path path : paths) {
        switch (rules.verdict(path).effect()) {
          case RESTART -> {
            if (gate.changed(path)) {
              edited.add(path);
            }
          }
          case DEFINITION -> defining.add(path);
          case LOG_ONLY -> told.noticed(name, path);
          case IGNORED, NOT_WATCHED -> {}
        }
      }
    }
    if (!defining.isEmpty()) {
      told.definitions(defining);
    }
    if (!edited.isEmpty()) {
      told.edited(name, edited, sinceLast(edited));
    }
  }

  private static Duration sinceLast(Set<Path> files) {
    Instant last = Instant.MIN;
    for (Path file : files) {
      try {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        last = time.isAfter(last) ? time : last;
      } catch (IOException e) {
        // It is gone, and when that happened nobody knows.
      }
    }
    Duration lag = last.equals(Instant.MIN) ? Duration.ZERO : Duration.between(last, Instant.now());
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  @Override
  public void close() {
    List<Watch> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(watches.values());
      if (folders != null) {
        all.add(folders);
      }
      watches.clear();
    }
    all.forEach(Watch::close);
  }
}
