package dev.pirn.watch;

import java.io.IOException;
import java.lang.System.Logger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes engines for the backends that this machine has.
final class Engines {
  private static final Logger LOG = System.getLogger("dev.pirn.watch");

  private Engines() {}

  /// @param backend the backend to use, or null for the best there is
  static Engine open(@Nullable Backend backend, Duration poll) {
    if (backend == null) {
      return best(poll);
    }
    return switch (backend) {
      case INOTIFY -> inotify(poll);
      case JDK -> jdk(poll);
      case POLLING -> new Engine(new Silence(), new PortableDisk(), Clock.SYSTEM, poll);
    };
  }

  private static Engine best(Duration poll) {
    try {
      return System.getProperty("os.name", "").equals("Linux") ? inotify(poll) : jdk(poll);
    } catch (WatchException e) {
      LOG.log(Logger.Level.WARNING, "{0}; polling instead", e.getMessage());
      return open(Backend.POLLING, poll);
    }
  }

  private static Engine inotify(Duration poll) {
    try {
      return new Engine(Inotify.open(), new LinuxDisk(), Clock.SYSTEM, poll);
    } catch (IllegalCallerException | ExceptionInInitializerError | NoClassDefFoundError e) {
      LOG.log(
          Logger.Level.WARNING,
          "native access is denied; start Java with --enable-native-access=dev.pirn.watch to have"
              + " saves noticed at once");
      return jdk(poll);
    }
  }

  private static Engine jdk(Duration poll) {
    try {
      return new Engine(JdkKernel.open(), new PortableDisk(), Clock.SYSTEM, poll);
    } catch (IOException e) {
      throw new WatchException("the JDK's watch service cannot be had: " + e.getMessage(), e);
    }
  }
}
