package dev.pirn.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The JDK's watch service. It does not tell of closes or renames, and not of the end of a folder
/// that is watched only for itself.
final class JdkKernel implements Kernel {
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

  private final WatchService service;
  private final Thread feeder;
  private final Semaphore wakes = new Semaphore(0);
  private final Map<WatchKey, Integer> numbers = new HashMap<>();
  private final Map<Integer, Place> places = new HashMap<>();
  private final BlockingQueue<WatchKey> ready = new LinkedBlockingQueue<>();
  private int last;

  /// A watched folder. Its key remembers the path of the first registration, which a rename makes
  /// wrong.
  private record Place(WatchKey key, Path folder) {}

  private JdkKernel(WatchService service) {
    this.service = service;
    this.feeder = Thread.ofPlatform().daemon().name("pirn-watch-jdk").unstarted(this::feed);
  }

  static JdkKernel open() throws IOException {
    JdkKernel kernel = new JdkKernel(FileSystems.getDefault().newWatchService());
    kernel.feeder.start();
    return kernel;
  }

  /// The service can only be waited for, not woken; so a thread waits for it and the reader waits
  /// for that thread or for a wake.
  private void feed() {
    try {
      while (true) {
        WatchKey key = service.take();
        ready.add(key);
        wake();
      }
    } catch (ClosedWatchServiceException e) {
      // Closed: this is the end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Backend backend() {
    return Backend.JDK;
  }

  @Override
  public int watch(Path folder, boolean children) throws WatchRefused {
    if (!children) {
      throw new WatchRefused(WatchRefused.Reason.POLL);
    }
    try {
      WatchKey key = folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
      Integer known = numbers.get(key);
      int number = known == null ? ++last : known;
      numbers.put(key, number);
      places.put(number, new Place(key, folder));
      return number;
    } catch (AccessDeniedException e) {
      throw new WatchRefused(WatchRefused.Reason.FORBIDDEN);
    } catch (IOException e) {
      boolean there = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
      throw new WatchRefused(there ? WatchRefused.Reason.LIMIT : WatchRefused.Reason.GONE);
    }
  }

  @Override
  public void unwatch(int number) {
    Place place = places.remove(number);
    if (place != null) {
      numbers.remove(place.key);
      place.key.cancel();
    }
  }

  @Override
  public void await(long nanos) {
    try {
      if (wakes.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        wakes.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void drain(RawEvent.Sink sink) {
    for (WatchKey key = ready.poll(); key != null; key = ready.poll()) {
      // Looked up again for each event: handling one may end the watch.
      for (WatchEvent<?> event : key.pollEvents()) {
        if (event.kind().equals(OVERFLOW)) {
          sink.event(-1, RawEvent.OVERFLOW, 0, "");
        } else if (event.context() instanceof Path name) {
          hand(sink, key, event.kind(), name);
        }
      }
      boolean ended = !key.reset();
      Integer number = numbers.get(key);
      if (ended && number != null) {
        places.remove(number);
        numbers.remove(key);
        sink.event(number, RawEvent.WATCH_ENDED, 0, "");
      }
    }
  }

  private void hand(RawEvent.Sink sink, WatchKey key, WatchEvent.Kind<?> kind, Path name) {
    Integer number = numbers.get(key);
    Place place = number == null ? null : places.get(number);
    if (number == null || place == null) {
      return;
    }
    String text = name.toString();
    if (!PortableDisk.valid(place.folder, place.folder.resolve(name), text)) {
      sink.event(number, RawEvent.CREATED, 0, null);
      return;
    }
    Path file = place.folder.resolve(name);
    boolean isFolder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    int type = isFolder ? RawEvent.FOLDER : 0;
    if (kind.equals(ENTRY_CREATE)) {
      // Of a rename only this half is seen, and it may be a whole file: the engine looks.
      sink.event(number, RawEvent.CREATED | type, 0, text);
    } else if (kind.equals(ENTRY_DELETE)) {
      // What it was can no longer be told; whichever is known by the name goes.
      sink.event(number, RawEvent.DELETED, 0, text);
      sink.event(number, RawEvent.DELETED | RawEvent.FOLDER, 0, text);
    } else if (!isFolder) {
      sink.event(number, RawEvent.MODIFIED, 0, text);
    }
  }

  @Override
  public void wake() {
    wakes.release();
  }

  @Override
  public boolean quiet() {
    return ready.isEmpty();
  }

  @Override
  public void close() {
    try {
      service.close();
      feeder.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new WatchException("the JDK's watch service did not close: " + e.getMessage(), e);
    }
  }
}
