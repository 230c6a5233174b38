package dev.pirn.server;

import dev.pirn.registry.Registry;
import dev.pirn.registry.RegistryOptions;
import dev.pirn.watch.WatchSpec;
import java.util.List;

/// An agent registry that is or was in force, and how its generations are counted.
///
/// @param options how it was opened
/// @param registry what was opened
/// @param generationsBefore how many generations there were before the first of this registry
/// @param views shows what is in it
record OpenRegistry(
    RegistryOptions options, Registry registry, long generationsBefore, RegistryViews views) {

  static OpenRegistry of(
      RegistryOptions options, Registry registry, long generationsBefore, Views views) {
    Views counted = views.after(generationsBefore);
    return new OpenRegistry(options, registry, generationsBefore, RegistryViews.of(counted));
  }

  /// The generation in force, counted on from the registries before.
  long generation() {
    return generationsBefore + registry.live().generation();
  }

  /// What is watched.
  WatchSpec spec() {
    return WatchSpec.files(List.of(options.file()));
  }
}
