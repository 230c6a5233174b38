package dev.pirn.yaml;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes a YAML file line by line: what is not changed keeps its comments, order, quotes, line
/// ends and blank lines, byte for byte.
///
/// ```java
/// YamlEdit edit = Objects.requireNonNull(YamlEdit.of(content, options).value());
/// byte[] bytes = edit.put(List.of("server", "port"), 8080).remove(List.of("debug")).bytes().value();
/// ```
///
/// What is there already is compared with what it is to be, and only differences are written: keys
/// of a map that are not in the new one go, new ones come last, values keep the quotes that they
/// had. Comment lines right above a key, as far in as the key, belong to it and go with it.
///
/// **Threading.** For one thread at a time.
///
/// **Failure.** What cannot be changed without changing something else, such as a value behind an
/// alias, is reported by [#bytes]; then there are none. The bytes are not parsed again: who writes
/// them to a file decodes them first.
public final class YamlEdit {
  private final Content content;
  private final YamlNode root;
  private final Layout layout;
  private final List<Change> changes = new ArrayList<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private final Map<YamlNode, Insertion> insertions = new LinkedHashMap<>();

  /// A stretch of the text and what comes in its place.
  private record Change(int start, int end, String text) {}

  /// New entries of one map.
  ///
  /// @param parent the entry whose value it is; null for the root
  private record Insertion(
      YamlMap.@Nullable Entry parent, YamlNode map, boolean inFlow, Map<String, Object> entries) {}

  private YamlEdit(Content content, SourceText source, YamlNode root) {
    this.content = content;
    this.root = root;
    this.layout = new Layout(source);
  }

  /// Begins to edit a file; fails if it cannot be parsed.
  public static Decoded<YamlEdit> of(Content content, YamlOptions options) {
    Problems problems = new Problems();
    SourceText source = TextReader.read(content, options, problems);
    YamlNode root = source == null ? null : NodeReader.read(source, options, problems);
    return source == null || root == null || problems.anyError()
        ? Decoded.failed(problems.list())
        : Decoded.of(new YamlEdit(content, source, root), problems.list());
  }

  /// The root as it is in the file.
  public YamlNode root() {
    return root;
  }

  /// Makes what stands at a path of keys be a value: plain data, of which entries that are null are
  /// left out. Maps on the way are made where they are missing.
  public YamlEdit put(List<String> path, Object value) {
    YamlMap.Entry parent = null;
    YamlNode at = root;
    boolean inFlow = false;
    for (int i = 0; i < path.size(); i++) {
      boolean nothing = at instanceof YamlScalar scalar && scalar.isNull();
      YamlMap.Entry entry = at instanceof YamlMap map ? map.entry(path.get(i)) : null;
      if (parent != null && layout.aliased(parent)) {
        return refuse(behindAlias(parent));
      }
      if (!nothing && !(at instanceof YamlMap)) {
        return refuse(notEdited(at.place(), "\"%s\" is no mapping".formatted(path.get(i - 1))));
      }
      if (entry == null) {
        Object nested = value;
        for (int j = path.size() - 1; j > i; j--) {
          nested = Map.of(path.get(j), nested);
        }
        insert(parent, at, inFlow, path.get(i), nested);
        return this;
      }
      inFlow |= layout.flow(at);
      parent = entry;
      at = entry.value();
    }
    change(Objects.requireNonNull(parent, "the path is not empty"), value, inFlow);
    return this;
  }

  /// Takes away the entry at a path of keys, with the comment lines right above it.
  public YamlEdit remove(List<String> path) {
    YamlNode at = root;
    for (String key : path.subList(0, path.size() - 1)) {
      YamlMap.Entry entry = at instanceof YamlMap map ? map.entry(key) : null;
      if (entry != null && layout.aliased(entry)) {
        return refuse(behindAlias(entry));
      }
      at = entry == null ? at : entry.value();
    }
    YamlMap.Entry entry = at instanceof YamlMap map ? map.entry(path.getLast()) : null;
    if (entry == null) {
      return refuse(notEdited(at.place(), "there is no \"%s\"".formatted(path.getLast())));
    }
    remove((YamlMap) at, entry);
    return this;
  }

  /// The bytes of the changed file, or why there are none.
  public Decoded<byte[]> bytes() {
    insertions.values().forEach(this::write);
    insertions.clear();
    if (!problems.isEmpty()) {
      return Decoded.failed(problems);
    }
    List<Change> sorted = new ArrayList<>(changes);
    sorted.sort((a, b) -> Integer.compare(a.start, b.start));
    StringBuilder out = new StringBuilder();
    int done = 0;
    for (Change change : sorted) {
      if (change.start < done) {
        return Decoded.failed(
            notEdited(Place.of(content.file()), "one place is changed in two ways"));
      }
      out.append(layout.text(), done, change.start).append(change.text);
      done = change.end;
    }
    out.append(layout.text(), done, layout.text().length());
    byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
    return Decoded.of(hasMark() ? withMark(bytes) : bytes);
  }

  // ---- values

  private void change(YamlMap.Entry entry, Object value, boolean inFlow) {
    YamlNode old = entry.value();
    if (layout.aliased(entry)) {
      refuse(behindAlias(entry));
    } else if (old instanceof YamlMap map
        && value instanceof Map<?, ?> wanted
        && overlaps(wanted)) {
      changeMap(entry, map, wanted, inFlow);
    } else if (old instanceof YamlList list && value instanceof List<?> items) {
      changeList(entry, list, items, inFlow);
    } else if (!(old instanceof YamlScalar scalar && Spelling.says(scalar, value))) {
      replace(entry, value, inFlow);
    }
  }

  private static boolean overlaps(Map<?, ?> wanted) {
    return wanted.values().stream().anyMatch(Objects::nonNull);
  }

  private void changeMap(YamlMap.Entry parent, YamlMap map, Map<?, ?> wanted, boolean inFlow) {
    boolean flow = inFlow || layout.flow(map);
    Map<String, Object> left = new LinkedHashMap<>();
    wanted.forEach((key, value) -> {
      if (value != null) {
        left.put(key.toString(), value);
      }
    });
    for (YamlMap.Entry entry : map.entries()) {
      String key = entry.key().text();
      String spelled =
          left.containsKey(key)
              ? key
              : left.keySet().stream()
                  .filter(it -> map.entry(it) == null && Names.kebab(it).equals(Names.kebab(key)))
                  .findFirst()
                  .orElse(null);
      Object value = spelled == null ? null : left.remove(spelled);
      if (value == null) {
        remove(map, entry);
      } else {
        change(entry, value, flow);
      }
    }
    left.forEach((key, value) -> insert(parent, map, inFlow, key, value));
  }

  /// Takes items out and puts others behind the last, where that is all; else writes all anew.
  private void changeList(YamlMap.Entry entry, YamlList list, List<?> wanted, boolean inFlow) {
    List<YamlNode> items = list.items();
    List<Object> left = new ArrayList<>(wanted);
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      boolean stays =
          !left.isEmpty()
              && items.get(i) instanceof YamlScalar scalar
              && Spelling.says(scalar, left.getFirst());
      if (stays) {
        left.removeFirst();
      } else {
        gone.add(i);
      }
    }
    boolean byItems = gone.size() < items.size() && (gone.isEmpty() || left.isEmpty());
    if (!byItems) {
      if (!(items.isEmpty() && wanted.isEmpty())) {
        replace(entry, wanted, inFlow);
      }
      return;
    }
    boolean flow = layout.flow(list);
    gone.forEach(i -> removeItem(items, i, flow));
    int last = layout.end(items.getLast());
    int dash = layout.start(list);
    for (Object item : left) {
      String text =
          flow
              ? ", " + Spelling.inline(item, true, quoted(items.getLast()))
              : layout.newline()
                  + " ".repeat(dash - layout.lineStart(dash))
                  + "- "
                  + Spelling.inline(item, false, quoted(items.getLast()));
      add(flow ? last : layout.lineEnd(last), flow ? last : layout.lineEnd(last), text);
    }
  }

  private void removeItem(List<YamlNode> items, int i, boolean flow) {
    int start = layout.start(items.get(i));
    int end = layout.end(items.get(i));
    if (!flow) {
      add(layout.lineStart(start), layout.nextLine(end), "");
    } else if (i + 1 < items.size()) {
      add(start, layout.start(items.get(i + 1)), "");
    } else {
      add(layout.end(items.get(i - 1)), end, "");
    }
  }

  private boolean quoted(YamlNode node) {
    return layout.text().charAt(layout.start(node)) == '"';
  }

  private void replace(YamlMap.Entry entry, Object value, boolean inFlow) {
    YamlNode old = entry.value();
    boolean flow = inFlow || layout.flow(old);
    int start = layout.start(old);
    int end = layout.end(old);
    if (end > start && layout.hasProperties(old)) {
      refuse(notEdited(old.place(), "a value with an anchor or a tag is not changed"));
      return;
    }
    boolean simple = !(value instanceof Map || value instanceof List);
    if (old instanceof YamlScalar && end > start && simple) {
      String written = layout.text().substring(start, end);
      boolean block = written.startsWith("|") || written.startsWith(">");
      add(start, end, Spelling.like(block ? "" : written, value, flow));
    } else if (old instanceof YamlList list
        && !flow
        && value instanceof List<?> items
        && !items.isEmpty()) {
      String separator = layout.newline() + " ".repeat(start - layout.lineStart(start));
      add(
          start,
          layout.end(list),
          String.join(
              separator,
              items.stream().map(item -> "- " + Spelling.inline(item, false, false)).toList()));
    } else {
      int colon = layout.behindColon(entry);
      add(
          colon,
          Math.max(colon, end),
          " " + Spelling.inline(value, flow, flow && quoted(entry.key())));
    }
  }

  // ---- entries

  private void insert(
      YamlMap.@Nullable Entry parent, YamlNode map, boolean inFlow, String key, Object value) {
    Insertion insertion = insertions.get(map);
    if (insertion == null) {
      insertion = new Insertion(parent, map, inFlow, new LinkedHashMap<>());
      insertions.put(map, insertion);
    }
    insertion.entries.put(key, value);
  }

  private void write(Insertion insertion) {
    boolean empty = !(insertion.map instanceof YamlMap map) || map.entries().isEmpty();
    if (empty && insertion.parent != null && !insertion.inFlow) {
      writeFirst(insertion, insertion.parent);
    } else if (insertion.map instanceof YamlMap map && !layout.flow(map)) {
      writeBlock(insertion, map);
    } else {
      writeFlow(insertion);
    }
  }

  /// In place of `{}` or of nothing.
  private void writeFirst(Insertion insertion, YamlMap.Entry parent) {
    int colon = layout.behindColon(parent);
    int end = Math.max(colon, layout.end(parent.value()));
    add(colon, end, "");
    int key = layout.start(parent.key());
    int indent = key - layout.lineStart(key) + step();
    int at = layout.lineEnd(end);
    add(at, at, layout.newline() + entries(insertion, indent, layout.newline()));
  }

  private void writeBlock(Insertion insertion, YamlMap map) {
    YamlMap.Entry last = map.entries().getLast();
    int key = layout.start(last.key());
    boolean apart =
        map.entries().size() > 1
            && layout.blankBetween(layout.end(beforeLast(map)), layout.start(last.key()));
    String newline = layout.newline();
    String text =
        (apart ? newline : "")
            + entries(insertion, key - layout.lineStart(key), apart ? newline + newline : newline);
    int at = layout.tail(last);
    boolean open = at == layout.text().length() && !layout.text().endsWith("\n");
    add(at, at, open ? newline + text : text + newline);
  }

  private static YamlMap.Entry beforeLast(YamlMap map) {
    return map.entries().reversed().stream().skip(1).findFirst().orElseThrow();
  }

  private String entries(Insertion insertion, int indent, String separator) {
    return String.join(
        separator,
        insertion.entries.entrySet().stream()
            .map(it -> Spelling.block(it.getKey(), it.getValue(), indent, step(), layout.newline()))
            .toList());
  }

  private void writeFlow(Insertion insertion) {
    YamlMap map = (YamlMap) insertion.map;
    boolean quotes = !map.entries().isEmpty() && quoted(map.entries().getLast().key());
    String inline = Spelling.inline(insertion.entries, true, quotes);
    String text = inline.substring(1, inline.length() - 1);
    if (map.entries().isEmpty()) {
      int end = layout.end(map) - 1;
      add(end, end, text);
      return;
    }
    YamlMap.Entry last = map.entries().getLast();
    int end = layout.end(last);
    int key = layout.start(last.key());
    int indent = layout.indent(key);
    String separator = indent < 0 ? " " : layout.newline() + " ".repeat(indent);
    int next = layout.skipBlanks(end);
    boolean comma = layout.text().charAt(next) == ',';
    int at = comma ? next + 1 : end;
    add(at, at, (comma ? "" : ",") + separator + text);
  }

  private void remove(YamlMap map, YamlMap.Entry entry) {
    List<YamlMap.Entry> all = List.copyOf(map.entries());
    int i = all.indexOf(entry);
    if (layout.flow(map)) {
      if (i + 1 < all.size()) {
        add(layout.start(entry.key()), layout.start(all.get(i + 1).key()), "");
      } else {
        int start = i == 0 ? layout.start(entry.key()) : layout.end(all.get(i - 1));
        add(start, layout.end(entry), "");
      }
    } else if (layout.indent(layout.start(entry.key())) < 0) {
      refuse(notEdited(entry.key().place(), "something else stands in the same line"));
    } else {
      removeLines(entry);
    }
  }

  private void removeLines(YamlMap.Entry entry) {
    String text = layout.text();
    int start = layout.lead(entry);
    int end = layout.tail(entry);
    boolean apart = start > 0 && layout.blank(layout.lineStart(start - 1));
    if (apart && end < text.length()) {
      while (end < text.length() && layout.blank(end)) {
        end = layout.nextLine(end);
      }
    } else if (apart) {
      while (start > 0 && layout.blank(layout.lineStart(start - 1))) {
        start = layout.lineStart(start - 1);
      }
    }
    if (end == text.length() && !text.endsWith("\n") && start > 0) {
      start -= text.startsWith("\r\n", Math.max(0, start - 2)) ? 2 : 1;
    }
    add(start, end, "");
  }

  /// How much deeper the file indents the inside of a map.
  private int step() {
    if (root instanceof YamlMap map && !layout.flow(map)) {
      for (YamlMap.Entry entry : map.entries()) {
        if (entry.value() instanceof YamlMap inner
            && !layout.flow(inner)
            && !layout.aliased(entry)) {
          int first = layout.start(inner.entries().getFirst().key());
          return Math.max(1, first - layout.lineStart(first));
        }
      }
    }
    return 2;
  }

  // ---- the rest

  private void add(int start, int end, String text) {
    changes.add(new Change(start, end, text));
  }

  private YamlEdit refuse(Diagnostic problem) {
    problems.add(problem);
    return this;
  }

  private static Diagnostic behindAlias(YamlMap.Entry entry) {
    return Diagnostic.error(
            Code.BEHIND_ALIAS.id(),
            entry.key().place(),
            "the value of \"%s\" is an alias and not changed, because others may share it"
                .formatted(entry.key().text()))
        .help("write the value out here, then change it");
  }

  private static Diagnostic notEdited(Place place, String message) {
    return Diagnostic.error(Code.NOT_EDITED.id(), place, message)
        .help("change it by hand in the file");
  }

  private boolean hasMark() {
    byte[] bytes = content.bytes();
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static byte[] withMark(byte[] bytes) {
    byte[] marked = new byte[bytes.length + 3];
    marked[0] = (byte) 0xEF;
    marked[1] = (byte) 0xBB;
    marked[2] = (byte) 0xBF;
    System.arraycopy(bytes, 0, marked, 3, bytes.length);
    return marked;
  }
}
