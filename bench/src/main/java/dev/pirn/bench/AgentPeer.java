package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A program that restarts another one when its files change, as its documentation says to use it.
/// The agent listens on its own port, where nobody answers while it is restarted.
///
/// What the agent prints goes nowhere, while Pirn keeps it: that is in the peers' favour.
///
/// @param title how it is called in the table
/// @param program where it is, or null if it is not installed
/// @param install how it is installed
/// @param languages of agents that it is for
/// @param words what comes after the program to keep an agent
record AgentPeer(
    String title,
    @Nullable Path program,
    String install,
    Set<String> languages,
    Function<AgentProgram, List<String>> words)
    implements AgentKeeper {
  private static final long START_NANOS = 60_000_000_000L;
  private static final long TRY_NANOS = 5_000_000L;

  /// All peers.
  ///
  /// @param home the repository, where those of npm are
  static List<AgentPeer> all(Path home) {
    Path npm = home.resolve("bench/node_modules/.bin");
    return List.of(
        new AgentPeer(
            "nodemon",
            Programs.executable(npm.resolve("nodemon")),
            "npm ci --prefix bench",
            Set.of("Python", "Node"),
            agent ->
                Stream.concat(
                        Stream.of("--quiet", "--signal", "SIGTERM"),
                        agent.language().equals("Node")
                            ? Stream.of(agent.edited())
                            : Stream.of("--exec", agent.command().getFirst(), agent.edited()))
                    .toList()),
        new AgentPeer(
            "node --watch",
            Programs.onPath("node"),
            "Node 20 or newer",
            Set.of("Node"),
            agent -> List.of("--watch", agent.edited())),
        new AgentPeer(
            "tsx watch",
            Programs.executable(npm.resolve("tsx")),
            "npm ci --prefix bench",
            Set.of("Node"),
            agent -> List.of("watch", agent.edited())),
        new AgentPeer(
            "entr -r",
            Programs.onPath("entr"),
            "apt-get install entr",
            Set.of("Python", "Node", "Java"),
            agent -> Stream.concat(Stream.of("-n", "-r"), agent.command().stream()).toList()));
  }

  @Override
  public @Nullable String missing() {
    return program == null ? "it is not installed: " + install : null;
  }

  @Override
  public boolean keeps(AgentProgram agent) {
    return languages.contains(agent.language());
  }

  @Override
  public Kept keep(AgentProgram agent, Path workspace) throws Exception {
    Path folder = AgentProgram.folder(workspace);
    // Only entr reads it: the names of the files that it is to follow.
    Path names = Files.writeString(workspace.resolve("names"), agent.edited() + "\n");
    int port = Programs.freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(String.valueOf(program)), words.apply(agent).stream())
                .toList());
    builder.environment().put("PORT", Integer.toString(port));
    Process process =
        builder
            .directory(folder.toFile())
            .redirectInput(names.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      awaitAnswer(port, process);
      return new Kept(port, () -> "", () -> Programs.end(process));
    } catch (IOException e) {
      Programs.end(process);
      throw e;
    }
  }

  private void awaitAnswer(int port, Process process) throws IOException {
    long limit = System.nanoTime() + START_NANOS;
    while (true) {
      try (Wire wire = new Wire(port)) {
        wire.ask(Wire.get("/health"));
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > limit) {
          throw new IOException(title + " does not get the agent to answer", e);
        }
        LockSupport.parkNanos(TRY_NANOS);
      }
    }
  }
}
