package dev.pirn.bench;

import dev.pirn.settings.Settings;
import dev.pirn.settings.Values;
import java.io.IOException;
import java.io.Reader;
import java.lang.ref.Reference;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.github.gestalt.config.Gestalt;
import org.github.gestalt.config.builder.GestaltBuilder;
import org.github.gestalt.config.exceptions.GestaltException;
import org.github.gestalt.config.reload.CoreReloadListener;
import org.github.gestalt.config.reload.FileChangeReloadStrategy;
import org.github.gestalt.config.source.FileConfigSourceBuilder;

/// Who follows a file of settings.
///
/// @param title how it is called in the table
/// @param how begins to follow
record SettingsPeer(String title, Start how) {
  static final List<SettingsPeer> ALL =
      List.of(
          new SettingsPeer("pirn: edit -> listener reads it", SettingsPeer::pirn),
          new SettingsPeer("JDK WatchService + Properties: edit -> read", SettingsPeer::jdk),
          new SettingsPeer(
              "gestalt, file strategy: edit -> listener reads it", SettingsPeer::gestalt));

  /// Is told the number of the edit that was read, and whether the last key was there.
  interface Told {
    void read(int edit, boolean complete);
  }

  /// The way from a change of the file to the one who is told.
  interface Start {
    AutoCloseable start(Path file, String last, Told told) throws Exception;
  }

  AutoCloseable start(Path file, String last, Told told) throws Exception {
    return how.start(file, last, told);
  }

  private static AutoCloseable pirn(Path file, String last, Told told) {
    Settings settings = Settings.of(file).environment(Map.of()).open();
    settings.onEvent(_ -> {
      Values values = settings.values();
      told.read(values.intValue("EDIT", -1), values.get(last).isPresent());
    });
    return settings;
  }

  private static AutoCloseable jdk(Path file, String last, Told told) throws IOException {
    WatchService service = FileSystems.getDefault().newWatchService();
    Objects.requireNonNull(file.getParent(), "a file lies in a folder")
        .register(
            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
    Thread.ofPlatform().daemon().start(() -> follow(service, file, last, told));
    return service;
  }

  private static void follow(WatchService service, Path file, String last, Told told) {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context() instanceof Path name && file.endsWith(name)) {
            Properties read = properties(file);
            told.read(Integer.parseInt(read.getProperty("EDIT", "-1")), read.containsKey(last));
          }
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException | InterruptedException | IOException e) {
      // The end of the run.
    }
  }

  static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return properties;
  }

  private static AutoCloseable gestalt(Path file, String last, Told told) throws GestaltException {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    Gestalt gestalt = gestalt(file, executor);
    CoreReloadListener listener =
        () ->
            told.read(
                gestalt.getConfig("EDIT", -1, Integer.class),
                gestalt.getConfigOptional(last, String.class).isPresent());
    gestalt.registerListener(listener);
    return () -> {
      try {
        executor.shutdownNow();
      } finally {
        // It holds its listeners weakly.
        Reference.reachabilityFence(listener);
      }
    };
  }

  /// One that follows a file, as its documentation says.
  static Gestalt gestalt(Path file, ExecutorService executor) throws GestaltException {
    Gestalt gestalt =
        new GestaltBuilder()
            .addSource(
                FileConfigSourceBuilder.builder()
                    .setPath(file)
                    .addConfigReloadStrategy(new FileChangeReloadStrategy(executor))
                    .build())
            .build();
    gestalt.loadConfigs();
    return gestalt;
  }
}
