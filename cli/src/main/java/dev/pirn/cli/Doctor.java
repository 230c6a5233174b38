package dev.pirn.cli;

import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.Agents;
import dev.pirn.agents.Launch;
import dev.pirn.agents.ProcessCapability;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Rendering;
import dev.pirn.server.ServerFile;
import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import dev.pirn.watch.Watcher;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Looks at whatever may keep Pirn from working in a workspace.
final class Doctor {
  private static final String LAUNCHER = "start Pirn with ./pirn, which sets what it needs";

  private final Session session;
  private final Workspace workspace;
  private final List<Finding> findings = new ArrayList<>();

  Doctor(Session session) {
    this.session = session;
    this.workspace = session.workspace();
  }

  List<Finding> findings() {
    java();
    locale();
    findings.addAll(new InotifyLimits(Path.of("/proc/sys/fs/inotify")).findings());
    folder();
    WorkspaceConfig config = config();
    findings.addAll(new WatchCheck(workspace, config).findings());
    agents(config);
    findings.addAll(new WebCheck(workspace, config.web()).findings());
    server(config);
    return List.copyOf(findings);
  }

  private void java() {
    findings.add(Finding.ok("java", Runtime.version() + " in " + System.getProperty("java.home")));
    boolean allowed = Watcher.class.getModule().isNativeAccessEnabled();
    findings.add(
        allowed
            ? Finding.ok("native access", "allowed for dev.pirn.watch")
            : Finding.warning(
                "native access",
                "not allowed for dev.pirn.watch, so the JDK's slower watching is used",
                LAUNCHER + " (--enable-native-access=dev.pirn.watch)"));
  }

  /// What the processes of agents miss here, and agents that cannot be started as they are.
  private void agents(WorkspaceConfig config) {
    for (ProcessCapability it : Agents.capabilities()) {
      findings.add(
          it.available()
              ? Finding.ok("processes", "%s: %s".formatted(it.name(), it.meaning()))
              : Finding.warning(
                  "processes", "no %s: %s".formatted(it.name(), it.meaning()), LAUNCHER));
    }
    FileAgents agents = new FileAgents(workspace, config, session.environment());
    for (AgentSpec agent : agents.found().agents()) {
      findings.add(
          Finding.ok("agents", "%s: run by %s".formatted(agent.name(), interpreter(agent))));
    }
    for (Diagnostic problem : agents.problems()) {
      String message = Rendering.plain().relativeTo(workspace.root()).line(problem);
      String help = Objects.requireNonNullElse(problem.help(), "see \"pirn agents list\"");
      // The others run; so nothing of Pirn is broken.
      findings.add(Finding.warning("agents", message, help));
    }
  }

  private static String interpreter(AgentSpec agent) {
    return switch (agent.launch()) {
      case Launch.Program program -> program.command().getFirst();
      case Launch.JavaSources sources -> sources.java().toString();
    };
  }

  private void locale() {
    String names = System.getProperty("sun.jnu.encoding", "");
    boolean utf8 =
        Charset.isSupported(names) && Charset.forName(names).equals(StandardCharsets.UTF_8);
    findings.add(
        utf8
            ? Finding.ok("file names", "read as UTF-8")
            : Finding.warning(
                "file names",
                "read as %s: others than ASCII are left out".formatted(names),
                LAUNCHER));
  }

  private void folder() {
    Path root = workspace.root();
    if (!Files.isDirectory(root)) {
      findings.add(Finding.error("workspace", "there is no folder " + root, "create it"));
    } else if (!Files.isWritable(root)) {
      findings.add(
          Finding.error(
              "workspace",
              root + " cannot be written to, so no server can be started for it",
              "make it writable for the user that runs Pirn"));
    } else {
      String how = workspace.configured() ? "with" : "without a";
      findings.add(Finding.ok("workspace", "%s, %s pirn.yaml".formatted(root, how)));
    }
    state();
  }

  /// The folder of the token should be closed to others.
  private void state() {
    Path state = workspace.stateFolder();
    if (!Files.isDirectory(state)) {
      return;
    }
    try {
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(state));
      findings.add(
          permissions.endsWith("------")
              ? Finding.ok("permissions", ".pirn is closed to others")
              : Finding.error(
                  "permissions",
                  ".pirn is open to others (%s), and the server's token with it"
                      .formatted(permissions),
                  "chmod 700 " + state));
    } catch (IOException | UnsupportedOperationException e) {
      findings.add(
          Finding.warning(
              "permissions",
              ".pirn: " + e.getMessage(),
              "check by hand that others cannot read it"));
    }
  }

  private WorkspaceConfig config() {
    Decoded<WorkspaceConfig> read = workspace.readConfig();
    WorkspaceConfig config = read.value();
    if (!read.diagnostics().isEmpty()) {
      findings.add(
          Finding.error(
              "pirn.yaml",
              Diagnostics.summary(read.diagnostics())
                  + ": "
                  + read.diagnostics().getFirst().message(),
              "see \"pirn status\""));
    }
    return config == null ? WorkspaceConfig.DEFAULTS : config;
  }

  private void server(WorkspaceConfig config) {
    Optional<ServerFile> running = ServerFile.find(workspace.root());
    if (running.isPresent()) {
      ServerFile server = running.get();
      findings.add(Finding.ok("server", "process %d at %s".formatted(server.pid(), server.url())));
      return;
    }
    Path file = workspace.stateFolder().resolve(ServerFile.NAME);
    findings.add(
        Files.exists(file)
            ? Finding.ok(
                "server", "none is running; one that was killed left its file, which does no harm")
            : Finding.ok("server", "none is running"));
    port(config.server().host(), config.server().port());
  }

  private void port(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      findings.add(Finding.ok("port", "%d is free".formatted(port)));
    } catch (IOException e) {
      findings.add(
          Finding.error(
              "port",
              "%s port %d cannot be had: %s".formatted(host, port, e.getMessage()),
              "choose another with --port or server.port in pirn.yaml; 0 takes any that is free"));
    }
  }
}
