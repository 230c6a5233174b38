package dev.pirn.watch;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows what a path means: every folder and symbolic link that it passes through is watched, so
/// that a link that is turned round, a folder that is moved away above, or a path that comes into
/// being is noticed. Belongs to the reader thread.
///
/// A real folder on the way is watched for its own end only, which costs nothing while it stays. A
/// link is watched in the folder that holds it, and so is the first name that is missing.
final class Anchor {
  private static final int MOST_LINKS = 40;

  private final Engine engine;
  private final Path path;
  private final Listener listener;
  private List<Step> steps = List.of();
  private @Nullable Path meaning;
  private boolean complete;
  private boolean closed;

  /// Is told of what happens along the path.
  interface Listener {
    /// The path may mean something else now.
    void turned();

    /// Something happened to the file at the path's end, which lies behind a link.
    void touched(int mask);
  }

  Anchor(Engine engine, Path path, Listener listener) {
    this.engine = engine;
    this.path = path;
    this.listener = listener;
  }

  /// What the path meant when it was last followed, with no link in it; null when it led nowhere.
  @Nullable Path meaning() {
    return meaning;
  }

  /// Whether the last event on the way was of something that was moved into place, or closed by its
  /// writer; who makes a file or a link in any other way may be at work on what it means.
  boolean complete() {
    return complete;
  }

  /// Follows the path anew and watches what it passes now.
  void follow() {
    // What changes while we set the watches is seen by walking again until nothing differs.
    for (int attempt = 0; attempt < 10 && !closed; attempt++) {
      List<Spot> now = walk();
      if (!moved(now)) {
        break;
      }
      List<Step> before = steps;
      steps = now.stream().map(Step::new).toList();
      steps.forEach(Step::watch);
      before.forEach(Step::release);
    }
    planPoll();
  }

  private void planPoll() {
    if (steps.stream().anyMatch(step -> step.blind)) {
      engine.poll(this);
    } else {
      engine.unpoll(this);
    }
  }

  /// Looks whether anything has changed along the path, where no watch tells of it.
  void poll() {
    steps.stream().filter(step -> step.blind).forEach(Step::watch);
    if (moved(walk())) {
      complete = false;
      engine.turned(listener);
    } else {
      listener.touched(RawEvent.ATTRIBUTES);
    }
    planPoll();
  }

  /// Whether the path leads along other spots than it did, or a watch on it has ended: a folder
  /// that was made anew may have the number of the old one.
  private boolean moved(List<Spot> now) {
    if (now.size() != steps.size()) {
      return true;
    }
    for (int i = 0; i < now.size(); i++) {
      Step step = steps.get(i);
      if (step.ended || !step.spot.equals(now.get(i))) {
        return true;
      }
    }
    return false;
  }

  /// Events were lost, and maybe the end of a watch with them.
  void distrust() {
    steps.forEach(step -> step.ended = true);
  }

  void close() {
    closed = true;
    engine.unpoll(this);
    steps.forEach(Step::release);
    steps = List.of();
  }

  private List<Spot> walk() {
    List<Spot> found = new ArrayList<>();
    Path at = path.getRoot();
    Deque<Path> names = new ArrayDeque<>();
    path.forEach(names::addLast);
    int links = 0;
    meaning = null;
    while (!names.isEmpty()) {
      String name = names.removeFirst().toString();
      if (name.equals("..") || name.equals(".") || name.isEmpty()) {
        Path up = name.equals("..") ? at.getParent() : at;
        at = up == null ? at : up;
        continue;
      }
      Path next = at.resolve(name);
      Print print = engine.disk.print(next);
      if (print == null || print.kind() == Print.Kind.UNREADABLE) {
        found.add(new Spot(at, name, false, 0));
        return found;
      }
      switch (print.kind()) {
        case LINK -> {
          found.add(new Spot(at, name, false, print.key()));
          Path target = engine.disk.target(next);
          if (target == null || ++links > MOST_LINKS) {
            return found;
          }
          List<Path> more = new ArrayList<>();
          target.forEach(more::add);
          for (int i = more.size() - 1; i >= 0; i--) {
            names.addFirst(more.get(i));
          }
          Path top = target.getRoot();
          at = target.isAbsolute() && top != null ? top : at;
        }
        case FOLDER -> {
          found.add(new Spot(next, null, false, print.key()));
          at = next;
        }
        case FILE, OTHER, UNREADABLE -> {
          if (links > 0) {
            found.add(new Spot(at, name, true, 0));
          }
          at = next;
        }
      }
    }
    meaning = at;
    return found;
  }

  /// One folder that the path depends on: for itself, or for one name in it.
  ///
  /// @param folder the folder
  /// @param entry the name in it; null for the folder itself
  /// @param end whether the entry is the file at the path's end
  /// @param key what stands there, so that a replaced folder makes another spot
  private record Spot(Path folder, @Nullable String entry, boolean end, long key) {}

  /// The watch on one spot.
  private final class Step implements WatchTarget {
    private final Spot spot;
    private int watch = Folder.UNWATCHED;
    private boolean ended;
    private boolean blind;

    Step(Spot spot) {
      this.spot = spot;
    }

    void watch() {
      try {
        watch = engine.watches.add(spot.folder, spot.entry != null, this);
        blind = false;
      } catch (WatchRefused e) {
        // What is gone is seen when the path is walked again.
        ended = e.reason() == WatchRefused.Reason.GONE;
        blind = !ended;
      }
    }

    void release() {
      if (watch != Folder.UNWATCHED) {
        engine.watches.remove(watch, this);
        watch = Folder.UNWATCHED;
      }
    }

    @Override
    public void event(int mask, int cookie, @Nullable String name) {
      boolean self = name != null && name.isEmpty();
      if (self
          && (mask & (RawEvent.SELF_DELETED | RawEvent.SELF_MOVED | RawEvent.UNMOUNTED)) != 0) {
        turned(mask);
      } else if (spot.entry != null && spot.entry.equals(name)) {
        int content = RawEvent.MODIFIED | RawEvent.CLOSED | RawEvent.ATTRIBUTES;
        if (!spot.end || (mask & ~content) != 0) {
          turned(mask);
        } else {
          listener.touched(mask);
        }
      }
    }

    @Override
    public void ended() {
      watch = Folder.UNWATCHED;
      ended = true;
      turned(RawEvent.WATCH_ENDED);
    }

    private void turned(int mask) {
      complete = (mask & (RawEvent.MOVED_TO | RawEvent.CLOSED)) != 0;
      engine.turned(listener);
    }
  }
}
