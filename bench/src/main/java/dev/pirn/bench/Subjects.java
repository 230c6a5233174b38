package dev.pirn.bench;

import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/// Who is compared.
final class Subjects {
  private Subjects() {}

  static Subject pirn() {
    return new Named("pirn: edit -> new library told", Subjects::library);
  }

  static List<Subject> all() {
    return List.of(
        pirn(),
        new Named("pirn, watch alone: edit -> change told", Subjects::watch),
        new Named("JDK WatchService: edit -> event", Subjects::jdk),
        new Named("directory-watcher, no hash: edit -> event", Subjects::bare),
        new Named("directory-watcher, hash: edit -> event", Subjects::hashing));
  }

  private interface Start {
    AutoCloseable start(Path library, Path file, LongConsumer noticed) throws IOException;
  }

  private record Named(String name, Start how) implements Subject {
    @Override
    public AutoCloseable start(Path library, Path file, LongConsumer noticed) throws IOException {
      return how.start(library, file, noticed);
    }
  }

  private static AutoCloseable library(Path library, Path file, LongConsumer noticed) {
    Patterns patterns = Patterns.open(PatternOptions.of(library));
    patterns.live().onChange(_ -> noticed.accept(System.nanoTime()));
    return patterns;
  }

  private static AutoCloseable watch(Path library, Path file, LongConsumer noticed) {
    Watcher watcher = Watcher.open();
    watcher.watch(
        WatchSpec.tree(library).include("**/*.yaml"), _ -> noticed.accept(System.nanoTime()));
    return watcher;
  }

  private static AutoCloseable jdk(Path library, Path file, LongConsumer noticed)
      throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    Objects.requireNonNull(file.getParent(), "a file lies in a folder")
        .register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            while (true) {
              WatchKey key = service.take();
              long now = System.nanoTime();
              for (WatchEvent<?> event : key.pollEvents()) {
                if (event.context() instanceof Path name && file.endsWith(name)) {
                  noticed.accept(now);
                }
              }
              key.reset();
            }
          } catch (ClosedWatchServiceException | InterruptedException e) {
            // The end of the run.
          }
        });
    return service;
  }

  private static AutoCloseable bare(Path library, Path file, LongConsumer noticed)
      throws IOException {
    return directoryWatcher(library, file, noticed, false);
  }

  private static AutoCloseable hashing(Path library, Path file, LongConsumer noticed)
      throws IOException {
    return directoryWatcher(library, file, noticed, true);
  }

  private static AutoCloseable directoryWatcher(
      Path library, Path file, LongConsumer noticed, boolean hashing) throws IOException {
    DirectoryWatcher watcher =
        DirectoryWatcher.builder()
            .path(library)
            .fileHashing(hashing)
            .listener(event -> {
              if (file.equals(event.path())) {
                noticed.accept(System.nanoTime());
              }
            })
            .build();
    CompletableFuture<Void> watching = watcher.watchAsync();
    return () -> {
      watcher.close();
      watching.join();
    };
  }
}
