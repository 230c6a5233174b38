package dev.pirn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What Linux allows each user to watch.
final class InotifyLimits {
  /// Fewer watches than this are too few for a large checkout.
  private static final long FEW_WATCHES = 65_536;

  /// Editors and build tools take some instances each.
  private static final long FEW_INSTANCES = 128;

  private final Path folder;

  /// @param folder where the limits are, in the form of `/proc/sys/fs/inotify`
  InotifyLimits(Path folder) {
    this.folder = folder;
  }

  /// One finding for each limit; none on other systems.
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    check(findings, "max_user_watches", "watch", FEW_WATCHES, 524_288);
    check(findings, "max_user_instances", "watcher", FEW_INSTANCES, 1_024);
    return findings;
  }

  private void check(List<Finding> findings, String name, String what, long few, long enough) {
    long limit;
    try {
      limit = Long.parseLong(Files.readString(folder.resolve(name)).strip());
    } catch (IOException | NumberFormatException e) {
      return;
    }
    String plural = what.equals("watch") ? "watches" : "watchers";
    String message =
        "%d %s for each user (fs.inotify.%s)".formatted(limit, limit == 1 ? what : plural, name);
    findings.add(
        limit < few
            ? Finding.warning(
                "limits",
                message,
                "raise it: sudo sysctl fs.inotify.%s=%d, and the same line in /etc/sysctl.d/60-pirn.conf"
                    .formatted(name, enough))
            : Finding.ok("limits", message));
  }
}
