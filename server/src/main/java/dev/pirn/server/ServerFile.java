package dev.pirn.server;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a running server says of itself in `.pirn/server.json`, which only its owner may read.
///
/// ```java
/// ServerFile.find(workspace.root()).ifPresent(server -> call(server.url(), server.token()));
/// ```
///
/// @param pid the server's process
/// @param url its address, without a slash at the end
/// @param token what has to be sent with everything that changes something
/// @param started when the server was up
/// @param processStarted when its process was started, as the system tells it; null where it does
///   not
public record ServerFile(
    long pid, String url, String token, Instant started, @Nullable Instant processStarted) {
  /// The file's name in [Workspace#stateFolder].
  public static final String NAME = "server.json";

  /// Start times are told in hundredths of a second, and rounded.
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private static final int MOST_BYTES = 64 * 1024;

  public ServerFile {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(started, "started");
  }

  /// The server of this workspace, if one is running. What a killed server left behind is not one.
  ///
  /// @param root the workspace's folder
  public static Optional<ServerFile> find(Path root) {
    return read(Workspace.of(root).stateFolder().resolve(NAME)).filter(ServerFile::alive);
  }

  /// What a file says, or nothing if it is not there or not such a file.
  static Optional<ServerFile> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      JsonObject json = new JsonObject(Files.readString(file));
      String processStarted = json.getString("processStarted");
      return Optional.of(
          new ServerFile(
              json.getLong("pid"),
              json.getString("url"),
              json.getString("token"),
              Instant.parse(json.getString("started")),
              processStarted == null ? null : Instant.parse(processStarted)));
    } catch (IOException
        | DecodeException
        | DateTimeParseException
        | ClassCastException
        | NullPointerException e) {
      return Optional.empty();
    }
  }

  /// What the process that calls this would say.
  static ServerFile own(String url, String token, Instant started) {
    ProcessHandle self = ProcessHandle.current();
    return new ServerFile(self.pid(), url, token, started, self.info().startInstant().orElse(null));
  }

  /// Whether the process is there, and is not another one that was given its number since.
  boolean alive() {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty() || isZombie()) {
      return false;
    }
    Instant now = process.get().info().startInstant().orElse(null);
    return now == null
        || processStarted == null
        || Duration.between(processStarted, now).abs().compareTo(SAME_START) <= 0;
  }

  /// Whether it has ended and nobody has asked how, as in a container whose first process does not
  /// wait for the others. Its state is in proc_pid_stat(5), behind its name in parentheses.
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  /// The same as JSON.
  JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("pid", pid)
            .put("url", url)
            .put("token", token)
            .put("started", started.toString());
    return processStarted == null ? json : json.put("processStarted", processStarted.toString());
  }

  /// Everything but the token.
  @Override
  public String toString() {
    return "ServerFile[pid=%d, url=%s, started=%s]".formatted(pid, url, started);
  }
}
