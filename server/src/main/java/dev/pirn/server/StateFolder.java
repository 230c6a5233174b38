package dev.pirn.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The folder `.pirn` of a workspace while a server runs: a lock that keeps a second server away,
/// and `server.json`.
///
/// The lock is the operating system's: it is gone with the process that held it, however that
/// ended, so a killed server never keeps another from starting.
final class StateFolder implements AutoCloseable {
  private static final String LOCK = "server.lock";

  /// The workspaces of this very process. The system's locks are the process's: whoever opens and
  /// closes the file of one once more would lose it.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private final Path folder;
  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private @Nullable ServerFile written;

  private StateFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.file = folder.resolve(ServerFile.NAME);
    this.channel = channel;
    this.lock = lock;
  }

  /// Takes possession of a workspace.
  ///
  /// @throws ServerException if another server has it, or the folder cannot be written to
  static StateFolder take(Workspace workspace) {
    Path folder = workspace.stateFolder();
    StateFolder taken = null;
    if (OWN.add(folder)) {
      try {
        create(folder);
        taken = locked(folder);
      } catch (IOException e) {
        throw new ServerException(Problems.stateFolder(folder, reason(e)), e);
      } finally {
        if (taken == null) {
          OWN.remove(folder);
        }
      }
    }
    if (taken == null) {
      ServerFile running = ServerFile.find(workspace.root()).orElse(null);
      throw new ServerException(Problems.alreadyRunning(workspace.root(), running), null);
    }
    return taken;
  }

  /// The folder with its lock, or null if another process has it.
  private static @Nullable StateFolder locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            permissions("rw-------"));
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : new StateFolder(folder, channel, lock);
  }

  private static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(folder, permissions("rwx------"));
    }
    if (POSIX) {
      Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
      if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
        Files.setPosixFilePermissions(folder, owner);
      }
    }
  }

  private static FileAttribute<?>[] permissions(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  static String reason(IOException e) {
    String message = e.getMessage();
    String kind = e.getClass().getSimpleName().replace("Exception", "");
    return message == null ? kind : kind + " " + message;
  }

  /// Tells others of the server, in one step.
  ///
  /// @throws ServerException if it cannot be written
  void write(ServerFile server) {
    put(file, server.json().encodePrettily() + "\n");
    written = server;
  }

  /// A secret that outlives the server: the one that a file of the folder holds, or a new one.
  ///
  /// @param made makes a new one, as long as any
  /// @throws ServerException if it cannot be read or written
  String secret(String name, Supplier<String> made) {
    Path kept = folder.resolve(name);
    String fresh = made.get();
    try {
      String before = Files.exists(kept) ? Files.readString(kept).strip() : "";
      if (before.length() == fresh.length()) {
        return before;
      }
    } catch (IOException e) {
      throw new ServerException(Problems.stateFolder(folder, reason(e)), e);
    }
    put(kept, fresh + "\n");
    return fresh;
  }

  private void put(Path target, String text) {
    Path beside = target.resolveSibling("." + target.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(beside);
      Files.createFile(beside, permissions("rw-------"));
      Files.writeString(beside, text);
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new ServerException(Problems.stateFolder(folder, reason(e)), e);
    }
  }

  /// Takes back what was told, if it is still that, and lets others have the workspace.
  @Override
  public void close() {
    try (channel) {
      if (written != null && ServerFile.read(file).filter(written::equals).isPresent()) {
        Files.deleteIfExists(file);
      }
      lock.release();
    } catch (IOException e) {
      System.getLogger("dev.pirn.server")
          .log(System.Logger.Level.WARNING, "the state folder could not be left tidily", e);
    } finally {
      OWN.remove(folder);
    }
  }
}
