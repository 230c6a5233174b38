package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A POSIX file system in memory, which tells a [SimulatedKernel] what is done to it in the order
/// in which Linux does. Paths are absolute texts with `/` between names.
///
/// What cannot be done (no such file, a folder that is not empty) is not done, without complaint: a
/// random program need not be valid.
final class SimulatedDisk implements Disk {
  private final SimulatedClock clock;
  private final Node top;
  private @Nullable SimulatedKernel kernel;
  private Runnable atCall = () -> {};
  private Consumer<Entry> beforeWord = _ -> {};
  private long numbers;
  private int cookies;
  private long sequence;

  /// A file, folder or link, whatever names it has.
  static final class Node {
    final long number;
    final Print.Kind kind;
    final TreeMap<String, Entry> children = new TreeMap<>();
    final List<Writer> writers = new ArrayList<>();
    @Nullable Node parent;
    String text = "";
    boolean readable = true;
    int mode = 0644;
    int links = 1;
    long modified;
    long changed;

    /// When something was last done to it, counted over the whole disk.
    long sequence;

    /// Whether what was done while a writer had it open can make it look complete: another name,
    /// another place, another writer.
    boolean confusing;

    /// Whether it ever had two names: what is written by one is not told of the other.
    boolean aliased;

    Node(long number, Print.Kind kind) {
      this.number = number;
      this.kind = kind;
    }
  }

  /// One name of a node.
  static final class Entry {
    Node folder;
    String name;
    final Node node;
    boolean linked = true;

    Entry(Node folder, String name, Node node) {
      this.folder = folder;
      this.name = name;
      this.node = node;
    }
  }

  /// An open file.
  static final class Writer {
    final Entry entry;
    boolean open = true;
    boolean changed;
    long since;

    Writer(Entry entry) {
      this.entry = entry;
    }
  }

  SimulatedDisk(SimulatedClock clock) {
    this.clock = clock;
    this.top = new Node(++numbers, Print.Kind.FOLDER);
    top.parent = top;
  }

  void report(SimulatedKernel to) {
    kernel = to;
  }

  /// Runs something whenever the engine is about to ask anything.
  void atCall(Runnable action) {
    atCall = action;
  }

  void pause() {
    atCall.run();
  }

  /// Runs something whenever content has changed and no event has said so yet.
  void beforeWord(Consumer<Entry> action) {
    beforeWord = action;
  }

  long sequence() {
    return sequence;
  }

  static boolean valid(String name) {
    return name.indexOf('\uFFFD') < 0;
  }

  // ---- finding

  /// What is at a path; null when nothing is.
  @Nullable Node node(String path, boolean follow) {
    Node at = top;
    Deque<String> names = new ArrayDeque<>(Arrays.asList(path.substring(1).split("/", -1)));
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        at = Objects.requireNonNull(at.parent);
        continue;
      }
      Entry entry = at.children.get(name);
      if (entry == null) {
        return null;
      }
      Node next = entry.node;
      if (next.kind == Print.Kind.LINK && (follow || !names.isEmpty())) {
        if (++links > 40) {
          return null;
        }
        List<String> target = Arrays.asList(next.text.split("/", -1));
        for (int i = target.size() - 1; i >= 0; i--) {
          names.addFirst(target.get(i));
        }
        at = next.text.startsWith("/") ? top : at;
      } else if (next.kind == Print.Kind.FOLDER || names.isEmpty()) {
        at = next;
      } else {
        return null;
      }
    }
    return at;
  }

  private @Nullable Entry entry(String path) {
    Node folder = node(parent(path), true);
    return folder == null ? null : folder.children.get(name(path));
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  // ---- doing

  private Entry add(Node folder, String name, Node node) {
    Entry entry = new Entry(folder, name, node);
    folder.children.put(name, entry);
    if (node.kind == Print.Kind.FOLDER) {
      node.parent = folder;
    }
    return entry;
  }

  private @Nullable Entry make(String path, Print.Kind kind, String text) {
    Node folder = node(parent(path), true);
    if (folder == null
        || folder.kind != Print.Kind.FOLDER
        || folder.children.containsKey(name(path))) {
      return null;
    }
    Node node = new Node(++numbers, kind);
    node.text = text;
    Entry entry = add(folder, name(path), node);
    touched(node, true);
    tell(entry, RawEvent.CREATED, 0);
    return entry;
  }

  void mkdir(String path) {
    make(path, Print.Kind.FOLDER, "");
  }

  void mkdirs(String path) {
    for (int i = path.indexOf('/', 1); i >= 0; i = path.indexOf('/', i + 1)) {
      mkdir(path.substring(0, i));
    }
    mkdir(path);
  }

  void symlink(String target, String path) {
    make(path, Print.Kind.LINK, target);
  }

  void fifo(String path) {
    make(path, Print.Kind.OTHER, "");
  }

  @Nullable Writer open(String path, boolean truncate) {
    Node there = node(path, true);
    Entry entry = entry(path);
    if (there == null) {
      entry = entry == null ? make(path, Print.Kind.FILE, "") : null;
    } else if (entry == null || entry.node != there || there.kind != Print.Kind.FILE) {
      return null;
    }
    if (entry == null) {
      return null;
    }
    Writer writer = new Writer(entry);
    entry.node.confusing |= !entry.node.writers.isEmpty();
    entry.node.writers.add(writer);
    if (there == null) {
      changed(writer);
    } else if (truncate) {
      entry.node.text = "";
      changed(writer);
      touched(entry.node, true);
      tell(entry, RawEvent.MODIFIED, 0);
    }
    return writer;
  }

  void write(Writer writer, String text) {
    if (writer.open) {
      Node node = writer.entry.node;
      node.text += text;
      changed(writer);
      touched(node, true);
      tell(writer.entry, RawEvent.MODIFIED, 0);
    }
  }

  private void changed(Writer writer) {
    if (!writer.changed) {
      writer.changed = true;
      writer.since = sequence + 1;
    }
  }

  void close(Writer writer) {
    if (writer.open) {
      writer.open = false;
      Node node = writer.entry.node;
      node.writers.remove(writer);
      node.confusing &= !node.writers.isEmpty();
      tell(writer.entry, RawEvent.CLOSED, 0);
    }
  }

  void save(String path, String text) {
    Writer writer = open(path, true);
    if (writer != null) {
      write(writer, text);
      close(writer);
    }
  }

  void touch(String path) {
    Entry entry = entry(path);
    if (entry != null && entry.node.kind == Print.Kind.FILE) {
      entry.node.confusing |= !entry.node.writers.isEmpty();
      touched(entry.node, true);
      tell(entry, RawEvent.ATTRIBUTES, 0);
      tell(entry, RawEvent.CLOSED, 0);
    }
  }

  void chmod(String path, int mode) {
    Entry entry = entry(path);
    if (entry != null && entry.node.kind != Print.Kind.LINK) {
      entry.node.mode = mode;
      entry.node.readable = (mode & 0400) != 0 || entry.node.kind == Print.Kind.FILE;
      touched(entry.node, false);
      tell(entry, RawEvent.ATTRIBUTES, 0);
      kernel().itself(entry.node, RawEvent.ATTRIBUTES);
    }
  }

  void link(String from, String to) {
    Entry entry = entry(from);
    Node folder = node(parent(to), true);
    if (entry != null
        && folder != null
        && folder.kind == Print.Kind.FOLDER
        && entry.node.kind == Print.Kind.FILE
        && !folder.children.containsKey(name(to))) {
      entry.node.links++;
      entry.node.aliased = true;
      entry.node.confusing = true;
      touched(entry.node, false);
      tell(add(folder, name(to), entry.node), RawEvent.CREATED, 0);
    }
  }

  void remove(String path) {
    Entry entry = entry(path);
    if (entry != null && (entry.node.kind != Print.Kind.FOLDER || entry.node.children.isEmpty())) {
      drop(entry);
      tell(entry, RawEvent.DELETED, 0);
      entry.linked = false;
    }
  }

  /// Takes the name away; a folder's own end is told before its parent's word of it.
  private void drop(Entry entry) {
    entry.folder.children.remove(entry.name, entry);
    entry.node.links--;
    touched(entry.node, false);
    if (entry.node.kind == Print.Kind.FOLDER) {
      kernel().ended(entry.node);
    }
  }

  void removeAll(String path) {
    Node node = node(path, false);
    if (node != null && node.kind == Print.Kind.FOLDER) {
      List.copyOf(node.children.keySet()).forEach(name -> removeAll(path + "/" + name));
    }
    remove(path);
  }

  /// Renames; whether it did.
  boolean rename(String from, String to) {
    Entry entry = entry(from);
    Node folder = node(parent(to), true);
    if (entry == null || folder == null || folder.kind != Print.Kind.FOLDER) {
      return false;
    }
    for (Node at = folder; at != top; at = Objects.requireNonNull(at.parent)) {
      if (at == entry.node) {
        return false;
      }
    }
    Entry victim = folder.children.get(name(to));
    boolean isFolder = entry.node.kind == Print.Kind.FOLDER;
    if (victim != null
        && (victim.node == entry.node
            || isFolder != (victim.node.kind == Print.Kind.FOLDER)
            || !victim.node.children.isEmpty())) {
      return false;
    }
    int cookie = ++cookies;
    int type = isFolder ? RawEvent.FOLDER : 0;
    Node before = entry.folder;
    String oldName = entry.name;
    before.children.remove(oldName);
    entry.folder = folder;
    entry.name = name(to);
    folder.children.put(entry.name, entry);
    entry.node.parent = isFolder ? folder : null;
    confuse(entry.node);
    touched(entry.node, false);
    kernel().inside(before, RawEvent.MOVED_FROM | type, cookie, oldName);
    kernel().inside(folder, RawEvent.MOVED_TO | type, cookie, entry.name);
    kernel().itself(entry.node, RawEvent.SELF_MOVED);
    if (victim != null) {
      victim.node.links--;
      victim.linked = false;
      touched(victim.node, false);
      if (isFolder) {
        kernel().ended(victim.node);
      }
    }
    return true;
  }

  private static void confuse(Node node) {
    node.confusing |= !node.writers.isEmpty();
    node.children.values().forEach(child -> confuse(child.node));
  }

  private void touched(Node node, boolean content) {
    node.changed = clock.stamp();
    node.modified = content ? node.changed : node.modified;
    node.sequence = ++sequence;
  }

  private void tell(Entry entry, int mask, int cookie) {
    if (mask == RawEvent.MODIFIED) {
      beforeWord.accept(entry);
    }
    if (entry.linked) {
      int type = entry.node.kind == Print.Kind.FOLDER ? RawEvent.FOLDER : 0;
      kernel().inside(entry.folder, mask | type, cookie, entry.name);
    }
  }

  private SimulatedKernel kernel() {
    return Objects.requireNonNull(kernel);
  }

  // ---- what the engine asks

  @Override
  public @Nullable Print print(Path path) {
    pause();
    return print(node(path.toString(), false));
  }

  @Override
  public @Nullable Print follow(Path path) {
    pause();
    return print(node(path.toString(), true));
  }

  private static @Nullable Print print(@Nullable Node node) {
    return node == null
        ? null
        : new Print(
            node.kind,
            node.number,
            node.text.length(),
            node.modified,
            node.changed,
            node.mode,
            node.links);
  }

  @Override
  public @Nullable Path target(Path link) {
    pause();
    Node node = node(link.toString(), false);
    return node == null || node.kind != Print.Kind.LINK ? null : Path.of(node.text);
  }

  @Override
  public List<Disk.Entry> list(Path folder) throws IOException {
    pause();
    Node node = node(folder.toString(), true);
    if (node == null) {
      throw new NoSuchFileException(folder.toString());
    }
    if (node.kind != Print.Kind.FOLDER) {
      throw new NotDirectoryException(folder.toString());
    }
    if (!node.readable) {
      throw new AccessDeniedException(folder.toString());
    }
    List<Disk.Entry> entries = new ArrayList<>();
    for (String name : List.copyOf(node.children.keySet())) {
      // Each is looked at by a call of its own, and may have changed by then.
      pause();
      Entry entry = node.children.get(name);
      Print print = print(entry == null ? null : entry.node);
      if (print != null) {
        entries.add(new Disk.Entry(name, valid(name), print));
      }
    }
    return entries;
  }

  @Override
  public Set<Long> written(Set<Long> keys) {
    pause();
    Set<Long> found = new HashSet<>();
    written(top, keys, found);
    return found;
  }

  private static void written(Node node, Set<Long> keys, Set<Long> found) {
    if (!node.writers.isEmpty() && keys.contains(node.number)) {
      found.add(node.number);
    }
    node.children.values().forEach(child -> written(child.node, keys, found));
  }
}
