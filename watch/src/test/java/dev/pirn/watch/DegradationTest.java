package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DegradationTest {
  private static final Path ROOT = Path.of("/r");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "fuse.sshfs",
        "fuse.something",
        "fuse",
        "virtiofs",
        "drvfs",
        "proc",
        "lustre",
        "NFS"
      })
  void pollsFileSystemsThatOthersChange(String type) {
    assertThat(Degradation.silent(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext4",
        "xfs",
        "btrfs",
        "tmpfs",
        "overlay",
        "zfs",
        "apfs",
        "NTFS",
        "fuseblk",
        "fuse.mergerfs",
        "f2fs",
        "vfat"
      })
  void trustsLocalFileSystems(String type) {
    assertThat(Degradation.silent(type)).isFalse();
  }

  @Test
  void saysWhyTheBackendIsNotTheBestThereIs() {
    WatchSpec spec = WatchSpec.tree(ROOT);
    assertThat(Degradation.of(spec, Backend.INOTIFY, null)).isEmpty();
    assertThat(Degradation.of(spec, Backend.JDK, "start Java with an option"))
        .containsExactly(
            new WatchProblem(
                WatchProblem.Kind.NO_NATIVE_ACCESS,
                ROOT,
                "Java may not call inotify, so that a save is noticed only when it has been quiet",
                "start Java with an option"));
    assertThat(Degradation.of(spec, Backend.POLLING, "raise a limit"))
        .containsExactly(
            new WatchProblem(
                WatchProblem.Kind.POLLED,
                ROOT,
                "the system gives no watcher, so that this is polled",
                "raise a limit"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namesTheFileSystemThatIsPolled() throws Exception {
    Path proc = Path.of("/proc/self");
    try (Watcher watcher = Watcher.open();
        Watch watch =
            watcher.watch(WatchSpec.files(java.util.List.of(proc.resolve("status"))), _ -> {})) {
      assertThat(watch.state().backend()).isEqualTo(Backend.POLLING);
      assertThat(watch.state().problems())
          .contains(
              new WatchProblem(
                  WatchProblem.Kind.POLLED,
                  proc.resolve("status"),
                  "the file system (proc) does not report every change, so that it is polled",
                  "put the files on a local file system to have changes noticed at once"));
    }
  }
}
