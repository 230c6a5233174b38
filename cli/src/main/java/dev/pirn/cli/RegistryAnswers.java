package dev.pirn.cli;

import dev.pirn.registry.AgentQuery;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the commands ask of the agent registry; see [Answers].
interface RegistryAnswers {
  /// The agents that a query asks for.
  JsonArray agents(AgentQuery query);

  /// One agent, with the digest of its file.
  JsonObject agent(String id);

  /// How many there are of what kind.
  JsonObject statistics();

  /// How the registry stands, and what is to be mended.
  JsonObject status();

  /// Compares the agents with folders.
  JsonObject sync(Sync how);

  /// Adds an agent to the file.
  ///
  /// @param ifMatch the digest of the file that was seen, or null for any
  JsonObject register(String id, Map<String, Object> fields, @Nullable String ifMatch);

  /// Changes fields of an agent in the file; null takes one away.
  JsonObject update(String id, Map<String, @Nullable Object> fields, @Nullable String ifMatch);

  /// Takes an agent out of the file.
  JsonObject remove(String id, @Nullable String ifMatch);

  /// Reads the file again.
  JsonObject reload();

  /// The reloads, newest first.
  JsonArray history();

  /// Puts an earlier generation in force again.
  JsonObject rollback(long generation);

  /// How agents are compared with folders.
  ///
  /// @param folders where their folders lie, or null for what the file's `config` says
  /// @param exclude what is passed over, or null likewise
  /// @param add whether what is found and not declared is added
  /// @param update whether locations are corrected
  /// @param remove whether what is declared and not found is taken out
  /// @param dryRun whether nothing is written
  record Sync(
      @Nullable List<String> folders,
      @Nullable List<String> exclude,
      boolean add,
      boolean update,
      boolean remove,
      boolean dryRun) {
    /// Whether it is said what may be changed.
    boolean says() {
      return add || update || remove;
    }
  }
}
