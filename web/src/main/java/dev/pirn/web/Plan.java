package dev.pirn.web;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has changed between two states of the files.
///
/// @param seq the state that it leads to
/// @param since the state that it begins with
/// @param files what is different, sorted by address
/// @param importers who refers to a changed file, and who to those, by address
/// @param versions the greatest `seq` that each module among them reaches
/// @param fresh whether it is for a page of another process
/// @param reload why it says no more than that everything has to be loaded anew, or null
public record Plan(
    long seq,
    long since,
    List<File> files,
    Map<String, List<String>> importers,
    Map<String, Long> versions,
    boolean fresh,
    @Nullable String reload) {
  public Plan {
    files = List.copyOf(files);
    importers = Map.copyOf(importers);
    versions = Map.copyOf(versions);
  }

  /// What happened to a file.
  public enum Operation {
    /// It was not there.
    ADDED,
    /// Its content has changed.
    MODIFIED,
    /// It is gone.
    DELETED
  }

  /// A file that has changed.
  ///
  /// @param url its address
  /// @param kind what it is to a page
  /// @param operation what happened to it
  /// @param digest the SHA-256 of its content in hexadecimal, or null where it is gone
  /// @param file where it lies, or null where it is gone
  public record File(
      String url,
      FileKind kind,
      Operation operation,
      @Nullable String digest,
      @Nullable Path file) {
    JsonObject json() {
      String word =
          switch (operation) {
            case ADDED -> "add";
            case MODIFIED -> "mod";
            case DELETED -> "del";
          };
      JsonObject json = new JsonObject().put("u", url).put("k", kind.word()).put("op", word);
      return digest == null ? json : json.put("d", digest);
    }
  }

  static Plan reload(long seq, long since, String why) {
    return new Plan(seq, since, List.of(), Map.of(), Map.of(), false, why);
  }

  /// Whether there is nothing to do.
  boolean isEmpty() {
    return files.isEmpty() && reload == null;
  }

  /// As the plan protocol has it.
  JsonObject json() {
    JsonObject json = new JsonObject().put("t", "plan").put("seq", seq).put("since", since);
    if (reload != null) {
      return json.put("reload", reload);
    }
    JsonArray all = new JsonArray();
    files.forEach(file -> all.add(file.json()));
    JsonObject referrers = new JsonObject();
    importers.forEach((url, urls) -> referrers.put(url, new JsonArray(urls)));
    JsonObject numbers = new JsonObject();
    versions.forEach(numbers::put);
    json.put("files", all).put("importers", referrers).put("versions", numbers);
    return fresh ? json.put("fresh", true) : json;
  }

  @Override
  public String toString() {
    return "plan %d..%d%s"
        .formatted(
            since,
            seq,
            reload != null
                ? ": " + reload
                : files.stream()
                    .map(file ->
                        " " + file.operation().name().toLowerCase(Locale.ROOT) + " " + file.url())
                    .reduce("", String::concat));
  }
}
