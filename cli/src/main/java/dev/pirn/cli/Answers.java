package dev.pirn.cli;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What the commands ask for. The workspace's running server answers, or the files themselves; the
/// JSON is the same.
///
/// **Failure.** Every method throws [Failure] with what the server or the library says. What only a
/// server can do fails on files with [Problems#noServer].
interface Answers extends AutoCloseable {
  /// How the workspace stands.
  JsonObject status();

  /// The rows of a listing.
  JsonArray patterns(Filter filter);

  /// One pattern, whole.
  JsonObject pattern(String name);

  /// The rows that a query finds, best first, each with its `score`.
  JsonArray search(String query, int limit);

  /// The rows that fit a message, best first, each with its `confidence`.
  JsonArray recommend(String message, @Nullable String intent, int limit);

  /// A pattern as text for a model.
  JsonObject format(String name, int budget);

  /// How the library stands, and what is to be mended.
  JsonObject patternsStatus();

  /// Reads one pattern's file again, or all of them.
  JsonObject reload(@Nullable String name);

  /// Writes a pattern's file.
  JsonObject create(NewPattern pattern);

  /// The reloads of the library, newest first.
  JsonArray history();

  /// Puts an earlier generation of the library in force again.
  JsonObject rollback(long generation);

  /// The settings.
  SettingsAnswers settings();

  /// The agents that are declared.
  RegistryAnswers registry();

  /// The agents that are run.
  AgentAnswers agents();

  /// An agent, the pattern for a text, and that pattern as text within a budget.
  JsonObject query(String agent, String text, @Nullable String intent, int budget);

  /// What is watched, and how.
  JsonArray watches();

  /// Whether a file is watched, by what, and why not.
  JsonObject explain(String file);

  /// The configuration in force.
  JsonObject config();

  @Override
  void close();

  /// Which patterns to list; null is no condition.
  ///
  /// @param category the category
  /// @param backendType the backend type
  /// @param difficulty the difficulty
  record Filter(
      @Nullable String category, @Nullable String backendType, @Nullable String difficulty) {}

  /// A pattern to be written.
  ///
  /// @param name its name
  /// @param folder the folder below the library's first, or null for where it is now
  /// @param content the bytes of the file
  /// @param replaces the digest of what is replaced, or null
  record NewPattern(
      String name, @Nullable String folder, Buffer content, @Nullable String replaces) {}
}
