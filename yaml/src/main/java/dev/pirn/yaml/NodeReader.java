package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Text to nodes.
///
/// The engine's scanner and parser give events; the nodes are made from them here and not by the
/// engine's own composer, so that every duplicate key is found in one pass and the limits hold
/// while reading, before anything is built.
///
/// Aliases share the anchored node. What makes them dangerous is the size and the depth of the tree
/// that a reader of the nodes walks, so both are counted as if every alias were a copy.
final class NodeReader {
  /// How many nodes all the aliases of a file may repeat.
  static final int MOST_REPEATED = 10_000;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).setParseComments(false).build();

  /// An anchored node; what an alias of it adds. The node is null until it is complete.
  private record Anchored(@Nullable YamlNode node, long size, int height) {}

  /// Ends the reading for a reason that allows no going on.
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic reason;

    Stop(Diagnostic reason) {
      super(reason.message(), null, false, false);
      this.reason = reason;
    }
  }

  private final SourceText source;
  private final YamlOptions options;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<String, Anchored> anchors = new HashMap<>();
  private int aliases;
  private long nodes;
  private long repeated;
  private int deepest;
  private boolean incomplete;
  private Event event;

  private NodeReader(SourceText source, YamlOptions options, Problems problems) {
    this.source = source;
    this.options = options;
    this.problems = problems;
    this.events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, source.text()));
    this.event = events.next();
  }

  /// The root, or null when nothing can be made of the text and the reason is reported. Smaller
  /// problems are reported beside a root.
  static @Nullable YamlNode read(SourceText source, YamlOptions options, Problems problems) {
    NodeReader reader = new NodeReader(source, options, problems);
    try {
      YamlNode root = reader.readDocument();
      return reader.incomplete ? null : root;
    } catch (Stop stop) {
      problems.add(stop.reason);
    } catch (RuntimeException failure) {
      // The engine reports bad syntax by several exceptions, of which not all are its own.
      problems.add(SyntaxProblem.explain(failure, reader.event, source));
    }
    return null;
  }

  private YamlNode readDocument() {
    Event start = next();
    if (start instanceof StreamEndEvent) {
      throw empty();
    }
    YamlNode root = readNode(next(), 0);
    if (root instanceof YamlScalar scalar && scalar.isNull()) {
      throw empty();
    }
    next();
    if (next() instanceof DocumentStartEvent second) {
      throw stop(
          Code.SECOND_DOCUMENT,
          at(second).place(),
          "a second document starts here; a file holds one",
          "remove the \"---\", or put the second document into a file of its own");
    }
    return root;
  }

  private YamlNode readNode(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return resolve(alias, depth);
    }
    nodes++;
    NodeEvent start = (NodeEvent) event;
    String anchor = start.getAnchor().map(Object::toString).orElse(null);
    if (anchor == null) {
      return readContent(start, depth);
    }
    anchors.put(anchor, new Anchored(null, 0, 0));
    long nodesBefore = nodes - 1;
    int deepestBefore = deepest;
    deepest = depth;
    YamlNode node = readContent(start, depth);
    anchors.put(anchor, new Anchored(node, nodes - nodesBefore, deepest - depth));
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  private YamlNode readContent(NodeEvent start, int depth) {
    return switch (start) {
      case MappingStartEvent map -> readMap(map, deeper(map, depth));
      case SequenceStartEvent list -> readList(list, deeper(list, depth));
      case ScalarEvent scalar -> readScalar(scalar);
      default -> throw new IllegalStateException("unexpected " + start);
    };
  }

  private int deeper(Event event, int depth) {
    reach(event, depth + 1);
    return depth + 1;
  }

  private void reach(Event event, int depth) {
    deepest = Math.max(deepest, depth);
    if (depth > options.maxDepth()) {
      throw stop(
          Code.TOO_DEEP,
          at(event).place(),
          "lists and maps are nested more than %,d deep".formatted(options.maxDepth()),
          "close what is open, or nest less");
    }
  }

  private YamlScalar readScalar(ScalarEvent event) {
    String tag = event.getTag().orElse(null);
    boolean plain = tag == null ? event.isPlain() : Tags.scalarIsPlain(tag, event);
    YamlScalar scalar = new YamlScalar(at(event), event.getValue(), plain);
    if (tag != null && !Tags.fits(tag, scalar)) {
      refuseTag(tag, scalar);
    }
    return scalar;
  }

  private YamlList readList(SequenceStartEvent start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    Event item = next();
    for (; !(item instanceof SequenceEndEvent); item = next()) {
      items.add(readNode(item, depth));
    }
    Span span = start.getFlowStyle() == FlowStyle.FLOW ? between(start, item) : at(start, 1);
    YamlList list = new YamlList(span, items);
    checkTag(start, list);
    return list;
  }

  private YamlMap readMap(MappingStartEvent start, int depth) {
    SequencedMap<String, YamlMap.Entry> entries = new LinkedHashMap<>();
    Event event = next();
    Span first = event instanceof ScalarEvent scalar ? at(scalar) : at(start, 1);
    for (; !(event instanceof MappingEndEvent); event = next()) {
      YamlNode key = readNode(event, depth);
      YamlNode value = readNode(next(), depth);
      putEntry(entries, key, value);
    }
    Span span = start.getFlowStyle() == FlowStyle.FLOW ? between(start, event) : first;
    YamlMap map = new YamlMap(span, entries);
    checkTag(start, map);
    return map;
  }

  private void putEntry(
      SequencedMap<String, YamlMap.Entry> entries, YamlNode keyNode, YamlNode value) {
    if (!(keyNode instanceof YamlScalar key)) {
      problems.add(SyntaxProblem.keyNotText(keyNode));
      return;
    }
    if (key.plain() && key.text().equals("<<")) {
      incomplete = true;
      problems.add(
          Diagnostic.error(
                  Code.MERGE_KEY.id(), key.place(), "the merge key \"<<\" is not part of YAML 1.2")
              .help(
                  "write the merged keys out; to mean a key of this name, write \"<<\" in quotes"));
      return;
    }
    YamlMap.Entry first = entries.putIfAbsent(key.text(), new YamlMap.Entry(key, value));
    if (first != null) {
      problems.add(
          Diagnostic.error(
                  Code.DUPLICATE_KEY.id(),
                  key.place(),
                  "the key %s is there twice".formatted(Quoting.quote(key.text())))
              .related(List.of(first.key().place()))
              .help("remove one of the two"));
    }
  }

  private YamlNode resolve(AliasEvent event, int depth) {
    String name = event.getAlias().toString();
    Place place = at(event).place();
    Anchored target = anchors.get(name);
    if (target == null) {
      throw stop(
          Code.UNKNOWN_ALIAS,
          place,
          "the alias \"*%s\" has no anchor \"&%s\" before it".formatted(name, name),
          "put the text in quotes if no alias is meant");
    }
    if (target.node == null) {
      throw stop(
          Code.ENDLESS_ALIAS,
          place,
          "the alias \"*%s\" stands inside its own anchor".formatted(name),
          "an alias can only repeat what is complete");
    }
    if (++aliases > options.maxAliases()) {
      throw stop(
          Code.TOO_MANY_ALIASES,
          place,
          "more than %,d aliases in one file".formatted(options.maxAliases()),
          "write some of them out, or raise the limit");
    }
    nodes += target.size;
    repeated += target.size;
    if (repeated > MOST_REPEATED) {
      throw stop(
          Code.ALIASES_TOO_LARGE,
          place,
          "the aliases of the file repeat more than %,d values".formatted(MOST_REPEATED),
          "use fewer aliases, or smaller ones");
    }
    reach(event, depth + target.height);
    return target.node;
  }

  private void checkTag(CollectionStartEvent start, YamlNode node) {
    String tag = start.getTag().orElse(null);
    if (tag != null && !Tags.fits(tag, node)) {
      refuseTag(tag, node);
    }
  }

  private void refuseTag(String tag, YamlNode node) {
    problems.add(
        Diagnostic.error(
                Code.TAG.id(),
                node.place(),
                "the tag %s is not supported here".formatted(Quoting.quote(Tags.shown(tag))))
            .help("remove the tag; only plain data is read"));
  }

  private Event next() {
    event = events.next();
    return event;
  }

  private Stop empty() {
    return new Stop(
        Diagnostic.error(Code.EMPTY.id(), Place.of(source.file()), "the file has no content")
            .help("write at least one \"key: value\""));
  }

  private static Stop stop(Code code, Place place, String message, String help) {
    return new Stop(Diagnostic.error(code.id(), place, message).help(help));
  }

  private Span at(Event event, int length) {
    Mark start = event.getStartMark().orElseThrow();
    return new Span(source, start.getLine(), start.getColumn(), length);
  }

  private Span at(Event event) {
    return between(event, event);
  }

  private Span between(Event first, Event last) {
    Mark start = first.getStartMark().orElseThrow();
    Mark end = last.getEndMark().orElseThrow();
    boolean oneLine = start.getLine() == end.getLine();
    return at(first, oneLine ? end.getColumn() - start.getColumn() : -1);
  }
}
