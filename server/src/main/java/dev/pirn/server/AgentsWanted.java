package dev.pirn.server;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which agents a server runs, and what goes before `pirn.yaml` in that.
///
/// ```java
/// ServerOptions.of(workspace).agents(AgentsWanted.AS_CONFIGURED.enabled(true).reload(false))
/// ```
///
/// Immutable: every method returns a changed copy.
///
/// @param enabled whether agents are run, or null for what `pirn.yaml` says
/// @param reload whether their files are followed, where those of the server are
/// @param paths agents' folders and files, or folders of agents, in the place of those of
///   `pirn.yaml`; none for those
/// @param adopting whether this process has no children but agents, so that orphans can only be
///   theirs
public record AgentsWanted(
    @Nullable Boolean enabled, boolean reload, List<Path> paths, boolean adopting) {
  /// Everything as `pirn.yaml` says, in a process that may have other children.
  public static final AgentsWanted AS_CONFIGURED = new AgentsWanted(null, true, List.of(), false);

  public AgentsWanted {
    paths = List.copyOf(paths);
  }

  /// Running agents, or not, or as `pirn.yaml` says.
  public AgentsWanted enabled(@Nullable Boolean enabled) {
    return new AgentsWanted(enabled, reload, paths, adopting);
  }

  /// Following their files, or not.
  public AgentsWanted reload(boolean reload) {
    return new AgentsWanted(enabled, reload, paths, adopting);
  }

  /// With only these, absolute or relative to the workspace.
  public AgentsWanted paths(List<Path> paths) {
    return new AgentsWanted(enabled, reload, paths, adopting);
  }

  /// In a process that has no children but agents, or in another.
  public AgentsWanted adopting(boolean adopting) {
    return new AgentsWanted(enabled, reload, paths, adopting);
  }
}
