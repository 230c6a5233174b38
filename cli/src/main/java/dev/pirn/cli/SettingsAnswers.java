package dev.pirn.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the commands on settings ask for; see [Answers]. No secret is in any of it.
interface SettingsAnswers {
  /// What the files set, by key.
  JsonArray list();

  /// One setting.
  JsonObject get(String key);

  /// Sets a key.
  ///
  /// @param replaces the digest of the settings that are to be changed, or null
  JsonObject set(String key, String value, @Nullable String replaces);

  /// Takes a key out of its file.
  ///
  /// @param replaces as for [#set]
  JsonObject unset(String key, @Nullable String replaces);

  /// Applies a winner.
  ///
  /// @param winner its file, absolute
  /// @param map the file that says which parameter sets which key, absolute
  JsonObject apply(Path winner, Path map);

  /// What is to be mended in the files.
  JsonArray diagnostics();

  /// The reloads, newest first.
  JsonArray history();

  /// Puts an earlier generation in force again.
  JsonObject rollback(long generation);

  /// Reads all files again.
  JsonObject reload();
}
