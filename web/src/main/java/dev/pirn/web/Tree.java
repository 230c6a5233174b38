package dev.pirn.web;

import dev.pirn.live.Decoded;
import dev.pirn.live.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All files that pages follow, at one moment, by their addresses.
final class Tree {
  static final Tree EMPTY = new Tree(Map.of());

  private final Map<String, Part<WebFile>> files;

  /// Who refers to an address; found when somebody asks first, at worst twice.
  private volatile @Nullable Map<String, List<String>> referrers;

  private Tree(Map<String, Part<WebFile>> files) {
    this.files = files;
  }

  /// @param parts of which the first with an address has it
  static Decoded<Tree> assemble(List<Part<WebFile>> parts) {
    Map<String, Part<WebFile>> files = LinkedHashMap.newLinkedHashMap(parts.size());
    parts.forEach(part -> files.putIfAbsent(part.value().url(), part));
    return Decoded.of(new Tree(Collections.unmodifiableMap(files)));
  }

  Map<String, Part<WebFile>> files() {
    return files;
  }

  @Nullable Part<WebFile> get(String url) {
    return files.get(url);
  }

  /// Who refers to an address directly.
  List<String> referrers(String url) {
    Map<String, List<String>> known = referrers;
    if (known == null) {
      known = new HashMap<>();
      for (Part<WebFile> part : files.values()) {
        for (String reference : part.value().references()) {
          known.computeIfAbsent(reference, _ -> new ArrayList<>(2)).add(part.value().url());
        }
      }
      referrers = known;
    }
    return known.getOrDefault(url, List.of());
  }
}
