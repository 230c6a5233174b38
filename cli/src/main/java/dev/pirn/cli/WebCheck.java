package dev.pirn.cli;

import dev.pirn.server.Workspace;
import dev.pirn.server.WorkspaceConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `pirn.yaml` says of pages, and is not so.
final class WebCheck {
  private static final int HTTP_PORT = 80;
  private static final int TIMEOUT_MILLIS = 2_000;

  private final Workspace workspace;
  private final WorkspaceConfig.Web web;
  private final List<Finding> findings = new ArrayList<>();

  WebCheck(Workspace workspace, WorkspaceConfig.Web web) {
    this.workspace = workspace;
    this.web = web;
  }

  List<Finding> findings() {
    // Nobody has to have the folder that nobody has asked for.
    if (!web.dirs().equals(WorkspaceConfig.DEFAULTS.web().dirs())) {
      web.dirs().stream().map(workspace::resolve).forEach(this::folder);
    }
    URI proxy = web.proxy();
    if (proxy != null) {
      upstream(proxy);
    }
    if (web.gate() && web.test().isEmpty()) {
      findings.add(
          Finding.warning(
              "web",
              "web.gate holds nothing back, as there is no web.test",
              "say under web.test in pirn.yaml what is run after each change"));
    }
    return findings;
  }

  private void folder(Path folder) {
    if (!Files.isDirectory(folder)) {
      findings.add(
          Finding.warning(
              "web",
              "there is no folder %s".formatted(workspace.show(folder)),
              "create it, or take it out of web.dirs in pirn.yaml"));
    }
  }

  private void upstream(URI proxy) {
    int port = proxy.getPort() < 0 ? HTTP_PORT : proxy.getPort();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(proxy.getHost(), port), TIMEOUT_MILLIS);
      findings.add(Finding.ok("web", "%s answers".formatted(proxy)));
    } catch (IOException e) {
      findings.add(
          Finding.warning(
              "web",
              "%s does not answer: %s".formatted(proxy, e.getMessage()),
              "start it, or take web.proxy out of pirn.yaml"));
    }
  }
}
