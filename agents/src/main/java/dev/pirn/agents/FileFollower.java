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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows the files of agents, and tells whom a change concerns.
///
/// Each agent has a watch of its own, as each may want its files to be at rest for another time; a
/// file that several agents share is told to each of them once. Files that need not lie in an
/// agent's folder (env files, `.meshwatch`) have one watch together.
///
/// While git changes the working tree nothing is told, as it would be half a branch: the lock of
/// its index shows that it is at work, and a new index that it is through.
///
/// **Threading.** [#follow] and [#close] are called by one thread at a time, which must not be one
/// that is told: they wait for those.
final class FileFollower implements AutoCloseable {
  /// Is told what concerns an agent, on the threads of the watches.
  interface Told {
    /// Files of an agent have other contents.
    ///
    /// @param detect how long after the last of the changes
    void edited(String agent, Set<Path> files, Duration detect);

    /// A file that is only to be reported has changed.
    void noticed(String agent, Path file);

    /// A file that says what agents are has changed, or one came or went where agents lie.
    void definitions(Set<Path> files);
  }

  private static final Duration TOGETHER = Duration.ofMillis(30);

  /// A lock may be left of a git that was killed: who changes nothing for so long is not at work.
  private static final Duration LONGEST_GIT = Duration.ofSeconds(5);

  /// What git did last may be told a little later than that it is through.
  private static final Duration AFTER_GIT = Duration.ofMillis(100);

  private final Watcher watcher;
  private final Told told;
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();
  private @Nullable Watch folders;
  private @Nullable Watch beside;
  private Set<Path> filesBeside = Set.of();

  FileFollower(Watcher watcher, Told told) {
    this.watcher = watcher;
    this.told = told;
  }

  /// Follows the folders in which agents lie, which need not exist yet.
  void folders(List<Path> roots) {
    if (!roots.isEmpty()) {
      // As deep as the files by which an agent is known.
      WatchSpec spec = WatchSpec.trees(roots).include("*", "*/*", "*/src/index.ts").hidden(true);
      folders = watcher.watch(spec.debounce(TOGETHER).together(true), this::inFolders);
    }
  }

  private void inFolders(ChangeSet changes) {
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
  void follow(Collection<WatchRules> rules) {
    Set<String> names = new TreeSet<>();
    Set<Path> files = new TreeSet<>();
    for (WatchRules it : rules) {
      if (it.enabled()) {
        names.add(it.agent().name());
        files.addAll(it.filesBeside());
        Path index = index(it.roots().getFirst());
        if (index != null) {
          files.add(index);
        }
        follow(it, index);
      }
    }
    for (String name : List.copyOf(followed.keySet())) {
      if (!names.contains(name)) {
        Objects.requireNonNull(followed.remove(name)).close();
      }
    }
    if (!files.equals(filesBeside)) {
      Watch before = beside;
      filesBeside = files;
      beside =
          files.isEmpty()
              ? null
              : watcher.watch(
                  WatchSpec.files(List.copyOf(files)).debounce(TOGETHER),
                  changes -> followed.values().forEach(it -> it.changed(changes)));
      if (before != null) {
        before.close();
      }
    }
  }

  /// The index of the repository in which a folder lies, or null.
  private static @Nullable Path index(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve(".git"))) {
        return at.resolve(".git").resolve("index");
      }
    }
    return null;
  }

  private void follow(WatchRules rules, @Nullable Path index) {
    String name = rules.agent().name();
    Followed known = followed.get(name);
    if (known == null || !known.takes(rules)) {
      // The new one is open before the old one is closed, so that nothing falls between.
      ContentGate gate = known == null ? new ContentGate() : known.gate;
      Followed made = new Followed(rules, gate, index);
      followed.put(name, made);
      made.open();
      if (known != null) {
        known.close();
      }
    }
  }

  @Override
  public void close() {
    List<Watch> all = new ArrayList<>();
    if (folders != null) {
      all.add(folders);
    }
    if (beside != null) {
      all.add(beside);
    }
    all.forEach(Watch::close);
    followed.values().forEach(Followed::close);
    followed.clear();
  }

  /// One agent.
  private final class Followed {
    private final ContentGate gate;
    private final @Nullable Path index;
    private volatile WatchRules rules;

    @GuardedBy("this")
    private final Set<Path> heldBack = new TreeSet<>();

    @GuardedBy("this")
    private int holds;

    private @Nullable Watch watch;

    Followed(WatchRules rules, ContentGate gate, @Nullable Path index) {
      this.rules = rules;
      this.gate = gate;
      this.index = index;
    }

    void open() {
      watch = watcher.watch(rules.spec(), this::changed);
      Instant now = Instant.now();
      Thread.ofVirtual().name("pirn-remember-" + rules.agent().name()).start(() -> remember(now));
    }

    private void remember(Instant started) {
      for (Path root : rules.roots()) {
        gate.remember(
            root,
            file -> rules.verdict(file).effect() == WatchVerdict.Effect.RESTART,
            rules::enters,
            started);
      }
    }

    /// @return whether the watch need not be another one
    boolean takes(WatchRules now) {
      boolean same = rules.watchesAs(now);
      if (same) {
        rules = now;
      }
      return same;
    }

    void changed(ChangeSet changes) {
      tell(due(paths(changes)));
    }

    /// @return what is to be told now; nothing while git is at work
    private synchronized Set<Path> due(Set<Path> more) {
      heldBack.addAll(more);
      int hold = ++holds;
      Duration wait = heldBack.isEmpty() ? Duration.ZERO : git();
      if (wait.isZero()) {
        return letGo();
      }
      CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> tell(waited(hold, wait)));
      return Set.of();
    }

    private synchronized Set<Path> waited(int hold, Duration wait) {
      if (hold != holds) {
        return Set.of();
      }
      return wait.equals(LONGEST_GIT) ? letGo() : due(Set.of());
    }

    @GuardedBy("this")
    private Set<Path> letGo() {
      Set<Path> all = new TreeSet<>(heldBack);
      heldBack.clear();
      return all;
    }

    /// How long to wait for git.
    private Duration git() {
      if (index == null) {
        return Duration.ZERO;
      }
      if (Files.exists(index.resolveSibling("index.lock"))) {
        return LONGEST_GIT;
      }
      try {
        Instant through = Files.getLastModifiedTime(index).toInstant();
        Duration left = Duration.between(Instant.now(), through.plus(AFTER_GIT));
        return left.compareTo(AFTER_GIT) > 0 || left.toMillis() <= 0 ? Duration.ZERO : left;
      } catch (IOException e) {
        return Duration.ZERO;
      }
    }

    private void tell(Set<Path> paths) {
      String name = rules.agent().name();
      Set<Path> edited = new TreeSet<>();
      Set<Path> defining = new TreeSet<>();
      for (Path path : paths) {
        switch (rules.verdict(path).effect()) {
          case RESTART -> {
            if (isOther(path)) {
              edited.add(path);
            }
          }
          case DEFINITION -> defining.add(path);
          case LOG_ONLY -> told.noticed(name, path);
          case IGNORED, NOT_WATCHED -> {}
        }
      }
      if (!defining.isEmpty()) {
        told.definitions(defining);
      }
      if (!edited.isEmpty()) {
        told.edited(name, edited, sinceLast(edited));
      }
    }

    /// Two watches may tell of one file.
    private synchronized boolean isOther(Path path) {
      return gate.changed(path);
    }

    void close() {
      if (watch != null) {
        watch.close();
      }
    }
  }

  private static Set<Path> paths(ChangeSet changes) {
    Set<Path> all = new TreeSet<>();
    for (Change change : changes.changes()) {
      all.add(change.path());
      Path from = change.from();
      if (from != null) {
        all.add(from);
      }
    }
    return all;
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
}
