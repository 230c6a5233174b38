package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which file systems report changes that other machines, or the other side of a share, make.
final class FileSystems {
  private static final Set<String> SILENT =
      Set.of(
          "nfs",
          "nfs3",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "9p",
          "afs",
          "ceph",
          "glusterfs",
          "vboxsf",
          "prl_fs",
          "fuse.sshfs",
          "fuse.vmhgfs-fuse",
          "fuse.rclone",
          "fuse.s3fs",
          "fuse.gcsfuse",
          "fuse.glusterfs",
          "virtiofs",
          "drvfs",
          "proc",
          "sysfs");

  private FileSystems() {}

  /// Whether one of these must be polled.
  static boolean polled(List<Path> roots) {
    return roots.stream().anyMatch(root -> silent(type(root)));
  }

  static boolean silent(@Nullable String type) {
    return type != null && SILENT.contains(type.toLowerCase(Locale.ROOT));
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
}
