package dev.pirn.web;

import dev.pirn.live.Part;
import dev.pirn.live.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The tree at one `seq`, with what has come and gone before it: all that a plan is made of.
///
/// Immutable but for what it remembers of its own answers. A plan is a pure function of the `seq`
/// that it begins with, whoever asks: a page that is told at once, one that was slow, one that
/// comes back.
final class Standing {
  /// More files than this are no plan any more, but a reload.
  static final int MOST_FILES = 1_000;

  /// How many files that are gone are remembered.
  static final int MOST_GONE = 10_000;

  private static final int MOST_PLANS = 32;

  private final long seq;
  private final Tree tree;

  /// Since when an address is there without interruption, for those that came after the start.
  private final Map<String, Long> added;

  /// When the files that are gone went, the oldest first.
  private final Map<String, Long> gone;

  /// What has gone up to here is not known any more.
  private final long forgotten;

  private final Map<Long, Told> plans = new ConcurrentHashMap<>();
  private volatile @Nullable Map<String, Long> versions;

  /// A plan, and its text, which is the same for all who are told it.
  record Told(Plan plan, String text) {}

  private Standing(
      long seq, Tree tree, Map<String, Long> added, Map<String, Long> gone, long forgotten) {
    this.seq = seq;
    this.tree = tree;
    this.added = added;
    this.gone = gone;
    this.forgotten = forgotten;
  }

  static Standing first(Snapshot<Tree> snapshot) {
    return new Standing(snapshot.generation(), snapshot.value(), Map.of(), Map.of(), 0);
  }

  /// The one that follows.
  Standing next(Snapshot<Tree> snapshot) {
    long now = snapshot.generation();
    Tree after = snapshot.value();
    Map<String, Long> came = new HashMap<>(added);
    Map<String, Long> went = new LinkedHashMap<>(gone);
    for (String url : tree.files().keySet()) {
      if (after.get(url) == null) {
        came.remove(url);
        went.remove(url);
        went.put(url, now);
      }
    }
    for (String url : after.files().keySet()) {
      if (tree.get(url) == null) {
        went.remove(url);
        came.put(url, now);
      }
    }
    long lost = forgotten;
    var oldest = went.entrySet().iterator();
    for (int surplus = went.size() - MOST_GONE; surplus > 0; surplus--) {
      lost = Math.max(lost, oldest.next().getValue());
      oldest.remove();
    }
    return new Standing(now, after, came, went, lost);
  }

  long seq() {
    return seq;
  }

  Tree tree() {
    return tree;
  }

  /// What has changed after a `seq`.
  Plan plan(long since) {
    return told(since).plan();
  }

  /// What has changed after a `seq`, as it is sent.
  Told told(long since) {
    Told known = plans.get(since);
    if (known == null) {
      Plan plan = make(since);
      known = new Told(plan, plan.json().encode());
      if (plans.size() < MOST_PLANS) {
        plans.put(since, known);
      }
    }
    return known;
  }

  private Plan make(long since) {
    if (since < forgotten) {
      return Plan.reload(seq, since, "more files have gone than are remembered");
    }
    List<Plan.File> changed = new ArrayList<>();
    for (Part<WebFile> part : tree.files().values()) {
      if (part.generation() > since) {
        boolean isNew = added.getOrDefault(part.value().url(), 0L) > since;
        changed.add(file(part, isNew ? Plan.Operation.ADDED : Plan.Operation.MODIFIED));
      }
    }
    gone.forEach((url, when) -> {
      if (when > since) {
        changed.add(new Plan.File(url, FileKind.of(url), Plan.Operation.DELETED, null, null));
      }
    });
    return plan(since, changed, false);
  }

  /// What is not as a page of another process has it.
  ///
  /// @param have the digests of what the page has, by address
  Plan difference(Map<String, String> have) {
    List<Plan.File> changed = new ArrayList<>();
    have.forEach((url, digest) -> {
      Part<WebFile> part = tree.get(url);
      if (part == null) {
        changed.add(new Plan.File(url, FileKind.of(url), Plan.Operation.DELETED, null, null));
      } else if (!part.digest().equals(digest)) {
        changed.add(file(part, Plan.Operation.MODIFIED));
      }
    });
    return plan(0, changed, true);
  }

  private static Plan.File file(Part<WebFile> part, Plan.Operation operation) {
    WebFile file = part.value();
    return new Plan.File(file.url(), file.kind(), operation, part.digest(), file.file());
  }

  private Plan plan(long since, List<Plan.File> changed, boolean fresh) {
    if (changed.size() > MOST_FILES) {
      return Plan.reload(seq, since, "%,d files have changed".formatted(changed.size()));
    }
    changed.sort(Comparator.comparing(Plan.File::url));
    Map<String, List<String>> importers = importers(changed);
    Map<String, Long> known = new TreeMap<>();
    for (String url : importers.keySet()) {
      Long version = versions().get(url);
      if (version != null) {
        known.put(url, version);
      }
    }
    for (List<String> urls : importers.values()) {
      urls.forEach(url -> known.put(url, version(url)));
    }
    for (Plan.File file : changed) {
      if (file.kind() == FileKind.JS) {
        known.put(file.url(), version(file.url()));
      }
    }
    return new Plan(seq, since, changed, importers, known, fresh, null);
  }

  private Map<String, List<String>> importers(List<Plan.File> changed) {
    Map<String, List<String>> importers = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>();
    changed.forEach(file -> open.add(file.url()));
    while (!open.isEmpty()) {
      String url = open.remove();
      List<String> direct = tree.referrers(url);
      if (!direct.isEmpty() && importers.putIfAbsent(url, direct) == null) {
        open.addAll(direct);
      }
    }
    return importers;
  }

  /// The greatest `seq` of a file and all that it refers to.
  long version(String url) {
    return versions().getOrDefault(url, 0L);
  }

  /// Each address is given the `seq` of the newest file that it reaches: those are taken from the
  /// newest on, and handed to all who refer to them, so that each is visited once, cycles included.
  private Map<String, Long> versions() {
    Map<String, Long> known = versions;
    if (known == null) {
      known = new HashMap<>();
      List<Map.Entry<String, Long>> newest = new ArrayList<>(gone.entrySet());
      tree.files().forEach((url, part) -> newest.add(Map.entry(url, part.generation())));
      newest.sort(Map.Entry.<String, Long>comparingByValue().reversed());
      Deque<String> open = new ArrayDeque<>();
      for (Map.Entry<String, Long> entry : newest) {
        open.add(entry.getKey());
        while (!open.isEmpty()) {
          String url = open.remove();
          if (known.putIfAbsent(url, entry.getValue()) == null) {
            open.addAll(tree.referrers(url));
          }
        }
      }
      versions = known;
    }
    return known;
  }
}
