package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
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
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Text to nodes.
///
/// The engine's scanner and parser give events; the nodes are made from them here and not by the
/// engine's own composer, so that every duplicate key is found in one pass and the limits hold
/// while reading, before anything is built.
final class NodeReader {
  // The engine copies the rest of its buffer with each piece that it reads of a long scalar.
  private static final int LARGE = 64 * 1024;
  private static final LoadSettings SETTINGS = settings(4 * 1024);
  private static final LoadSettings SETTINGS_FOR_LARGE = settings(LARGE);

  private final SourceText source;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Aliases aliases;
  private Event last;
  // Keys were left out, so that whoever looked for them would report what is not so.
  private boolean incomplete;
  // The line in which `{{` was reported last, as more is wrong with such a line than needs saying.
  private int bracesLine = -1;

  private NodeReader(SourceText source, YamlOptions options, Problems problems) {
    this.source = source;
    this.problems = problems;
    LoadSettings settings = source.text().length() < LARGE ? SETTINGS : SETTINGS_FOR_LARGE;
    this.events = new ParserImpl(settings, new StreamReader(settings, source.text()));
    this.aliases = new Aliases(options);
    this.last = events.next();
  }

  private static LoadSettings settings(int bufferSize) {
    return LoadSettings.builder()
        .setBufferSize(bufferSize)
        .setCodePointLimit(Integer.MAX_VALUE)
        .setParseComments(false)
        .build();
  }

  /// The root, or null when nothing can be made of the text and the reason is reported. Smaller
  /// problems are reported beside a root.
  static @Nullable YamlNode read(SourceText source, YamlOptions options, Problems problems) {
    NodeReader reader = new NodeReader(source, options, problems);
    try {
      return reader.readDocument();
    } catch (Stop stop) {
      problems.add(
          Diagnostic.error(stop.code().id(), reader.span(reader.last).place(), stop.message())
              .help(stop.help()));
    } catch (YamlEngineException | IllegalArgumentException failure) {
      // The engine says what is wrong with syntax, but fails by itself on some escapes.
      Mark before = reader.last.getEndMark().orElseThrow();
      Diagnostic problem = SyntaxProblem.explain(failure, before, source);
      if (!reader.isInBracesLine(problem.place())) {
        problems.add(problem);
      }
    }
    return null;
  }

  private @Nullable YamlNode readDocument() {
    if (next() instanceof StreamEndEvent) {
      problems.add(StructureProblem.empty(source));
      return null;
    }
    YamlNode root = readNode(next(), 0);
    next();
    if (next() instanceof DocumentStartEvent) {
      throw new Stop(
          Code.SECOND_DOCUMENT,
          "a second document starts here; a file holds one",
          "remove the \"---\", or put what follows into a file of its own");
    }
    if (root instanceof YamlScalar scalar && scalar.isNull()) {
      problems.add(StructureProblem.empty(source));
      return null;
    }
    return incomplete ? null : root;
  }

  private YamlNode readNode(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return aliases.resolve(alias.getAlias().toString(), depth);
    }
    NodeEvent start = (NodeEvent) event;
    if (start.getAnchor().isEmpty()) {
      return readContent(start, depth);
    }
    Aliases.Before before = aliases.begin(start.getAnchor().get().toString(), depth);
    YamlNode node = readContent(start, depth);
    aliases.complete(before, node);
    return node;
  }

  private YamlNode readContent(NodeEvent start, int depth) {
    if (start instanceof ScalarEvent scalar) {
      aliases.count(depth);
      return readScalar(scalar);
    }
    aliases.count(depth + 1);
    return start instanceof MappingStartEvent map
        ? readMap(map, depth + 1)
        : readList((SequenceStartEvent) start, depth + 1);
  }

  private YamlScalar readScalar(ScalarEvent event) {
    String tag = event.getTag().orElse(null);
    boolean plain = tag == null ? event.isPlain() : Tags.scalarIsPlain(tag, event);
    YamlScalar scalar = new YamlScalar(span(event), event.getValue(), plain);
    checkTag(tag, scalar);
    if (event.isPlain()) {
      checkLines(scalar.span());
    }
    return scalar;
  }

  /// Plain text goes on in the lines below it, whatever they look like.
  private void checkLines(Span span) {
    for (int line = span.line() + 1; line <= span.endLine(); line++) {
      if (source.line(line).stripLeading().startsWith("- ")) {
        problems.add(StructureProblem.listInText(source, line));
        return;
      }
    }
  }

  private YamlList readList(SequenceStartEvent start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    Event event = next();
    for (; !(event instanceof SequenceEndEvent); event = next()) {
      items.add(readNode(event, depth));
    }
    boolean inBrackets = start.getFlowStyle() == FlowStyle.FLOW;
    YamlList list = new YamlList(inBrackets ? span(start, event) : firstCharacter(start), items);
    checkTag(start.getTag().orElse(null), list);
    return list;
  }

  private YamlMap readMap(MappingStartEvent start, int depth) {
    SequencedMap<String, YamlMap.Entry> entries = new LinkedHashMap<>();
    Event event = next();
    Span firstKey = event instanceof ScalarEvent ? span(event) : firstCharacter(start);
    for (; !(event instanceof MappingEndEvent); event = next()) {
      YamlNode key = readNode(event, depth);
      YamlNode value = readNode(next(), depth);
      putEntry(entries, key, value);
    }
    boolean inBraces = start.getFlowStyle() == FlowStyle.FLOW;
    YamlMap map = new YamlMap(inBraces ? span(start, event) : firstKey, entries);
    checkTag(start.getTag().orElse(null), map);
    return map;
  }

  private void putEntry(
      SequencedMap<String, YamlMap.Entry> entries, YamlNode keyNode, YamlNode value) {
    if (!(keyNode instanceof YamlScalar key)) {
      incomplete = true;
      reportKey(keyNode);
      return;
    }
    if (key.plain() && key.text().equals("<<")) {
      incomplete = true;
      problems.add(StructureProblem.mergeKey(key));
      return;
    }
    YamlMap.Entry first = entries.putIfAbsent(key.text(), new YamlMap.Entry(key, value));
    if (first != null) {
      problems.add(StructureProblem.duplicateKey(key, first.key()));
    }
  }

  /// Reports a key that is not text. Braces in braces are rarely meant as a map for a key.
  private void reportKey(YamlNode key) {
    Place place = key.place();
    if (isInBracesLine(place)) {
      return;
    }
    int line = place.line() - 1;
    int column = place.column() - 1;
    if (key instanceof YamlMap && source.before(line, column).endsWith("{")) {
      bracesLine = line;
      problems.add(StructureProblem.braces(source.placeToEnd(line, column - 1)));
    } else {
      problems.add(StructureProblem.keyNotText(key));
    }
  }

  private void checkTag(@Nullable String tag, YamlNode node) {
    if (tag != null && !Tags.fits(tag, node)) {
      problems.add(StructureProblem.tag(tag, node));
    }
  }

  private boolean isInBracesLine(@Nullable Place place) {
    return place != null && place.line() - 1 == bracesLine;
  }

  private Event next() {
    last = events.next();
    return last;
  }

  private Span span(Event first, Event last) {
    Mark start = first.getStartMark().orElseThrow();
    Mark end = last.getEndMark().orElseThrow();
    return new Span(source, start.getLine(), start.getColumn(), end.getLine(), end.getColumn());
  }

  private Span span(Event event) {
    return span(event, event);
  }

  private Span firstCharacter(Event event) {
    Mark start = event.getStartMark().orElseThrow();
    return new Span(
        source, start.getLine(), start.getColumn(), start.getLine(), start.getColumn() + 1);
  }
}
