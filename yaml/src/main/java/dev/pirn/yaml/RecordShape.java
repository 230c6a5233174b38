package dev.pirn.yaml;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Nearest;
import dev.pirn.live.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A record made from a map.
///
/// @param slots the components that have keys
/// @param spellings every spelling of every key, in the order of the components
/// @param extra the component that takes the other keys, or null
/// @param discriminator a key that was looked at before, or null
record RecordShape(
    Construction construction,
    List<Slot> slots,
    Map<String, Spelling> spellings,
    @Nullable Slot extra,
    @Nullable String discriminator)
    implements Shape {

  /// What a key of the file stands for.
  record Spelling(Slot slot, boolean alias) {}

  @Override
  public @Nullable Object bind(YamlNode node, Binding binding) {
    if (!(node instanceof YamlMap map)) {
      return binding.notMapping(node, knownKeys());
    }
    YamlMap.@Nullable Entry[] given = new YamlMap.Entry[construction.arguments()];
    List<YamlMap.Entry> others = new ArrayList<>();
    for (YamlMap.Entry entry : map.entries()) {
      Spelling spelling = spellings.get(entry.key().text());
      if (spelling != null) {
        take(entry, spelling, given, binding);
      } else if (!entry.key().text().equals(discriminator)) {
        others.add(entry);
      }
    }
    @Nullable Object[] values = new Object[construction.arguments()];
    boolean complete = true;
    for (Slot slot : slots) {
      Object value = bindSlot(slot, given[slot.index()], map, binding);
      complete &= value != NONE;
      values[slot.index()] = value;
    }
    if (!others.isEmpty()) {
      reportOthers(others, given, binding);
    }
    if (extra != null) {
      Object value = ((MapShape) extra.shape()).bindEntries(others, binding);
      complete &= value != NONE;
      values[extra.index()] = value;
    }
    return complete ? construction.make(values, node, binding) : NONE;
  }

  @Override
  public String expected() {
    return "a mapping";
  }

  /// Of a name and an alias the name counts; of two names or two aliases, the first.
  private void take(
      YamlMap.Entry entry, Spelling spelling, YamlMap.@Nullable Entry[] given, Binding binding) {
    int index = spelling.slot().index();
    YamlMap.Entry before = given[index];
    if (before == null) {
      given[index] = entry;
      return;
    }
    Spelling spellingBefore = spellings.get(before.key().text());
    boolean aliasBefore = spellingBefore != null && spellingBefore.alias();
    if (aliasBefore == spelling.alias()) {
      binding.report(
          Diagnostic.error(
                  Code.DUPLICATE_KEY.id(),
                  entry.key().place(),
                  "%s is the same key as %s".formatted(quoted(entry), quoted(before)))
              .related(List.of(before.key().place()))
              .help("remove one of the two"));
      return;
    }
    given[index] = aliasBefore ? entry : before;
    YamlMap.Entry unused = aliasBefore ? before : entry;
    binding.report(
        Diagnostic.warning(
                Code.KEY_NOT_USED.id(),
                unused.key().place(),
                "%s is not used, because %s is given too"
                    .formatted(quoted(unused), quoted(aliasBefore ? entry : before)))
            .help("remove one of the two"));
  }

  private static @Nullable Object bindSlot(
      Slot slot, YamlMap.@Nullable Entry entry, YamlMap map, Binding binding) {
    boolean valueless =
        entry == null || (entry.value() instanceof YamlScalar scalar && scalar.isNull());
    if (entry != null && !valueless) {
      return binding.bindAt(entry.key().text(), slot.shape(), entry.value());
    }
    if (slot.absent() != NONE) {
      return slot.absent();
    }
    return entry == null
        ? binding.missing(slot.key(), slot.shape(), map)
        : binding.valueless(entry.key(), slot.shape());
  }

  private void reportOthers(
      List<YamlMap.Entry> others, YamlMap.@Nullable Entry[] given, Binding binding) {
    Severity severity = binding.options().unknownKeys().severity();
    Set<String> free = new LinkedHashSet<>();
    spellings.forEach((name, spelling) -> {
      if (given[spelling.slot().index()] == null) {
        free.add(name);
      }
    });
    for (YamlMap.Entry entry : others) {
      if (extra != null) {
        reportSimilar(entry, free, binding);
      } else if (severity != null) {
        reportUnknown(entry, free, severity, binding);
      }
    }
  }

  private void reportUnknown(
      YamlMap.Entry entry, Set<String> free, Severity severity, Binding binding) {
    // The others are mostly spellings of the first.
    List<String> nearest = Nearest.to(entry.key().text(), free).stream().limit(1).toList();
    binding.report(
        new Diagnostic(
            Code.UNKNOWN_KEY.id(),
            severity,
            "unknown key " + quoted(entry) + binding.inHere(),
            entry.key().place(),
            Nearest.didYouMean(nearest),
            List.of(),
            null,
            nearest.isEmpty() ? "remove it; " + knownKeys() : "rename the key, or remove it"));
  }

  private static void reportSimilar(YamlMap.Entry entry, Set<String> free, Binding binding) {
    String key = entry.key().text();
    // Short words are alike by chance.
    List<String> similar = key.length() < 4 ? List.of() : Nearest.within(1, key, free);
    if (!similar.isEmpty()) {
      binding.report(
          Diagnostic.warning(
                  Code.SIMILAR_KEY.id(),
                  entry.key().place(),
                  "%s%s is kept as an extra key".formatted(quoted(entry), binding.inHere()))
              .hint(Nearest.didYouMean(similar))
              .help("rename the key if it was meant to be " + Quoting.quote(similar.getFirst())));
    }
  }

  private String knownKeys() {
    return "known keys are " + slots.stream().map(Slot::key).collect(Collectors.joining(", "));
  }

  private static String quoted(YamlMap.Entry entry) {
    return Quoting.quote(entry.key().text());
  }

  @Override
  public Map<String, Object> schema(YamlOptions options) {
    return Schemas.ofRecord(this, options);
  }
}
