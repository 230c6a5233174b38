package dev.pirn.settings;

import dev.pirn.live.Diagnostic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts values for references, over all files. Lives for one assembly.
///
/// A name means the setting that is in force under it, whatever the order of the lines, and then
/// the environment. Only a setting that names itself means what it takes the place of: an earlier
/// line, a file before, or the environment.
final class Resolver {
  private static final int DEEPEST = 100;
  private static final int LONGEST = 1024 * 1024;
  private static final int LONGEST_IN_ALL = 16 * LONGEST;

  private final Map<String, String> environment;
  private final Secrets secrets;
  private final Map<String, List<EnvEntry>> byKey = new LinkedHashMap<>();
  private final IdentityHashMap<EnvEntry, Setting> done = new IdentityHashMap<>();
  private final List<EnvEntry> path = new ArrayList<>();
  private final Set<EnvEntry> failed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> told = new HashSet<>();
  private final List<Diagnostic> problems = new ArrayList<>();
  private int total;

  Resolver(List<EnvFile> files, Map<String, String> environment, Secrets secrets) {
    this.environment = environment;
    this.secrets = secrets;
    for (EnvFile file : files) {
      for (EnvEntry entry : file.entries()) {
        byKey.computeIfAbsent(entry.key(), _ -> new ArrayList<>(1)).add(entry);
      }
    }
  }

  /// The settings, sorted by key; incomplete if there are errors among the problems.
  Map<String, Setting> settings() {
    List<Setting> all = new ArrayList<>(byKey.size());
    for (List<EnvEntry> entries : byKey.values()) {
      Setting setting = resolve(entries.getLast());
      if (setting != null) {
        all.add(setting);
      }
    }
    all.sort(Comparator.comparing(Setting::key));
    Map<String, Setting> sorted = LinkedHashMap.newLinkedHashMap(all.size());
    all.forEach(setting -> sorted.put(setting.key(), setting));
    return sorted;
  }

  List<Diagnostic> problems() {
    problems.sort(Diagnostic.BY_PLACE);
    return problems;
  }

  private @Nullable Setting resolve(EnvEntry entry) {
    String plain = entry.value().plain();
    if (plain != null) {
      return setting(entry, plain, entry.secret());
    }
    Setting known = done.get(entry);
    if (known != null || failed.contains(entry)) {
      return known;
    }
    path.add(entry);
    Value value = new Value();
    boolean good = append(entry, entry.value(), value);
    path.removeLast();
    total += value.text.length();
    if (good && total > LONGEST_IN_ALL) {
      good = tooLong(entry, "so much that all values together are too long");
    }
    if (!good) {
      failed.add(entry);
      return null;
    }
    Setting setting = setting(entry, value.text.toString(), value.secret || entry.secret());
    done.put(entry, setting);
    return setting;
  }

  private Setting setting(EnvEntry entry, String text, boolean secret) {
    return new Setting(entry.key(), text, secret || secrets.value(text), entry);
  }

  /// What is being put together.
  private static final class Value {
    final StringBuilder text = new StringBuilder();
    boolean secret;
  }

  private boolean append(EnvEntry entry, Template template, Value out) {
    for (Template.Part part : template.parts()) {
      boolean good =
          switch (part) {
            case Template.Literal(String text) -> {
              out.text.append(text);
              yield true;
            }
            case Template.Reference reference -> append(entry, reference, out);
          };
      if (!good) {
        return false;
      }
      if (out.text.length() > LONGEST) {
        return tooLong(entry, "so much that its value is too long");
      }
    }
    return true;
  }

  private boolean append(EnvEntry entry, Template.Reference reference, Value out) {
    EnvEntry target = target(entry, reference.name());
    String found = environment.get(reference.name());
    boolean secret = secrets.name(reference.name());
    if (target != null) {
      int begin = path.indexOf(target);
      if (begin >= 0) {
        return cycle(begin, entry, reference);
      }
      if (path.size() >= DEEPEST) {
        return tooLong(entry, "others more than %d deep".formatted(DEEPEST));
      }
      Setting setting = resolve(target);
      if (setting == null) {
        return false;
      }
      found = setting.value();
      secret |= setting.secret();
    } else if (found != null) {
      secret |= secrets.value(found);
    }
    out.secret |= secret;
    Template fallback = reference.fallback();
    if (fallback != null && (found == null || found.isEmpty())) {
      return append(entry, fallback, out);
    }
    if (found == null) {
      if (told.add(reference)) {
        problems.add(Problems.notSet(reference.name(), entry.place(reference), byKey.keySet()));
      }
    } else {
      out.text.append(found);
    }
    return true;
  }

  /// The line that a name means; null for the environment.
  private @Nullable EnvEntry target(EnvEntry entry, String name) {
    List<EnvEntry> entries = byKey.get(name);
    if (entries == null) {
      return null;
    }
    if (!name.equals(entry.key())) {
      return entries.getLast();
    }
    int before = indexOf(entries, entry) - 1;
    // Nothing comes before it, so that it can only mean itself.
    return before >= 0 ? entries.get(before) : environment.containsKey(name) ? null : entry;
  }

  private static int indexOf(List<EnvEntry> entries, EnvEntry entry) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i) == entry) {
        return i;
      }
    }
    return -1;
  }

  private boolean cycle(int begin, EnvEntry entry, Template.Reference reference) {
    List<EnvEntry> members = path.subList(begin, path.size());
    if (members.stream().noneMatch(failed::contains)) {
      List<String> keys = new ArrayList<>(members.stream().map(EnvEntry::key).toList());
      keys.add(keys.getFirst());
      problems.add(Problems.cycle(keys, entry.place(reference)));
    }
    failed.addAll(members);
    return false;
  }

  private boolean tooLong(EnvEntry entry, String what) {
    if (failed.add(entry)) {
      problems.add(Problems.tooLong(entry.key(), what, entry.valuePlace()));
    }
    return false;
  }
}
