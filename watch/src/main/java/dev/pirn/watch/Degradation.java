package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where changes are noticed later than they could be, and why: reported as long as a watch lasts.
final class Degradation {
  /// File systems that report only the changes that this machine makes, if any: what other
  /// machines, or the other side of a share, change is seen by looking.
  private static final Set<String> SILENT =
      Set.of(
          "9p",
          "acfs",
          "afpfs",
          "afs",
          "beegfs",
          "ceph",
          "cifs",
          "coda",
          "davfs",
          "drvfs",
          "fakeowner",
          "gfs",
          "gfs2",
          "glusterfs",
          "gpfs",
          "grpcfuse",
          "lustre",
          "ncpfs",
          "nfs",
          "ocfs2",
          "osxfs",
          "prl_fs",
          "proc",
          "smb",
          "smbfs",
          "sysfs",
          "vboxsf",
          "virtiofs",
          "vmhgfs",
          "webdav");

  /// File systems in user space whose files nobody else changes.
  private static final Set<String> LOCAL_FUSE =
      Set.of("fuseblk", "ntfs", "ntfs-3g", "exfat", "ext2", "encfs", "gocryptfs", "mergerfs");

  private Degradation() {}

  /// Whether one of these must be polled.
  static boolean polled(List<Path> roots) {
    return roots.stream().anyMatch(root -> silent(type(root)));
  }

  /// Whether a file system of this type, as the system calls it, must be polled.
  static boolean silent(@Nullable String type) {
    if (type == null) {
      return false;
    }
    String name = type.toLowerCase(Locale.ROOT);
    if (name.startsWith("fuse.")) {
      return !LOCAL_FUSE.contains(name.substring("fuse.".length()));
    }
    // The numbers are versions of a protocol: nfs4, smb3.
    return name.equals("fuse")
        || SILENT.contains(name)
        || SILENT.contains(name.replaceFirst("[0-9]+$", ""));
  }

  /// The file system of a path, or of the nearest folder above that exists.
  static @Nullable String type(Path path) {
    for (Path at = path; at != null; at = at.getParent()) {
      try {
        return Files.getFileStore(at).type();
      } catch (IOException e) {
        // Not there yet: what lies above will hold it.
      }
    }
    return null;
  }

  /// What is to be said of a watch as long as it lasts.
  ///
  /// @param reason why the backend is not the best there is, or null
  static List<WatchProblem> of(WatchSpec spec, Backend backend, @Nullable String reason) {
    List<WatchProblem> problems = new ArrayList<>();
    for (Path root : spec.roots()) {
      String type = backend == Backend.POLLING ? type(root) : null;
      if (silent(type)) {
        problems.add(silent(root, String.valueOf(type)));
      } else if (reason != null) {
        problems.add(
            backend == Backend.JDK ? noNativeAccess(root, reason) : noInstance(root, reason));
      }
    }
    return List.copyOf(problems);
  }

  private static WatchProblem silent(Path root, String type) {
    return new WatchProblem(
        WatchProblem.Kind.POLLED,
        root,
        "the file system (" + type + ") does not report every change, so that it is polled",
        "put the files on a local file system to have changes noticed at once");
  }

  private static WatchProblem noInstance(Path root, String reason) {
    return new WatchProblem(
        WatchProblem.Kind.POLLED,
        root,
        "the system gives no watcher, so that this is polled",
        reason);
  }

  private static WatchProblem noNativeAccess(Path root, String reason) {
    return new WatchProblem(
        WatchProblem.Kind.NO_NATIVE_ACCESS,
        root,
        "Java may not call inotify, so that a save is noticed only when it has been quiet",
        reason);
  }
}
