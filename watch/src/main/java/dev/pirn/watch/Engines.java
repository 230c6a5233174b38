package dev.pirn.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes engines for the backends that this machine has.
final class Engines {
  private static final Logger LOG = System.getLogger("dev.pirn.watch");
  private static final String GRANT = "start Java with --enable-native-access=dev.pirn.watch";

  private Engines() {}

  /// An engine.
  ///
  /// @param reason what to do to get a better one; null when it is the one that was asked for, or
  ///   the best there is on this system
  record Opened(Engine engine, @Nullable String reason) {}

  /// @param backend the backend to use, or null for the best there is
  static Opened open(@Nullable Backend backend, Duration poll) {
    if (backend == null) {
      return best(poll);
    }
    return new Opened(
        switch (backend) {
          case INOTIFY -> inotify(poll);
          case JDK -> jdk(poll);
          case POLLING -> polling(poll);
        },
        null);
  }

  private static Opened best(Duration poll) {
    if (!linux()) {
      return new Opened(jdk(poll), null);
    }
    try {
      return new Opened(nativeAccess() ? inotify(poll) : jdk(poll), nativeAccess() ? null : GRANT);
    } catch (WatchException e) {
      LOG.log(Logger.Level.WARNING, "{0}; polling instead", e.getMessage());
      return new Opened(polling(poll), e.getMessage());
    }
  }

  private static boolean linux() {
    return System.getProperty("os.name", "").equals("Linux");
  }

  private static boolean nativeAccess() {
    try {
      return LinuxCalls.available();
    } catch (IllegalCallerException | ExceptionInInitializerError | NoClassDefFoundError e) {
      LOG.log(Logger.Level.DEBUG, "native access is denied", e);
      return false;
    }
  }

  private static Engine inotify(Duration poll) {
    if (!linux() || !nativeAccess()) {
      throw new WatchException(
          linux() ? "native access is denied; " + GRANT : "inotify is there only on Linux", null);
    }
    return new Engine(Inotify.open(), new LinuxDisk(), Clock.SYSTEM, poll);
  }

  private static Engine jdk(Duration poll) {
    try {
      return new Engine(JdkKernel.open(), new PortableDisk(), Clock.SYSTEM, poll);
    } catch (IOException e) {
      throw new WatchException(
          "the system gives no watcher (" + e.getMessage() + "); see its limits on open files", e);
    }
  }

  private static Engine polling(Duration poll) {
    Disk disk = linux() && nativeAccess() ? new LinuxDisk() : new PortableDisk();
    return new Engine(new Silence(), disk, Clock.SYSTEM, poll);
  }
}
