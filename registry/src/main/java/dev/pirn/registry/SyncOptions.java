package dev.pirn.registry;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [Registry#sync] compares, and what it may change.
///
/// @param scanDirectories the folders in which agents' folders lie, relative to the root; null for
///   what the file's `config.auto_sync` says
/// @param exclude globs of what is passed over, relative to a scanned folder; null likewise
/// @param add whether agents that are found and not declared are added
/// @param update whether the location of agents that are found elsewhere is corrected
/// @param remove whether agents that are declared and not found are taken out
/// @param dryRun whether nothing is written
/// @param today the day that new agents are dated with; null for that of the clock
public record SyncOptions(
    @Nullable List<String> scanDirectories,
    @Nullable List<String> exclude,
    boolean add,
    boolean update,
    boolean remove,
    boolean dryRun,
    @Nullable LocalDate today) {
  /// Only compares.
  public static final SyncOptions COMPARE =
      new SyncOptions(null, null, false, false, false, true, null);

  /// What a file's `config.auto_sync` says: with `enabled`, agents are added if `auto_register` is
  /// true, and locations are corrected if `conflict_resolution` is `filesystem`. None are removed.
  public static SyncOptions of(RegistryConfig.AutoSync config) {
    boolean follows = config.conflictResolution() == RegistryConfig.ConflictResolution.FILESYSTEM;
    return new SyncOptions(
        null,
        null,
        config.enabled() && config.autoRegister(),
        config.enabled() && follows,
        false,
        !config.enabled(),
        null);
  }

  /// This with what is to be changed.
  public SyncOptions apply(boolean add, boolean update, boolean remove) {
    return new SyncOptions(scanDirectories, exclude, add, update, remove, false, today);
  }

  /// This without writing, or with.
  public SyncOptions dryRun(boolean dryRun) {
    return new SyncOptions(scanDirectories, exclude, add, update, remove, dryRun, today);
  }

  /// This with other folders to scan.
  public SyncOptions scan(List<String> scanDirectories) {
    return new SyncOptions(scanDirectories, exclude, add, update, remove, dryRun, today);
  }

  /// This with other globs of what is passed over.
  public SyncOptions exclude(List<String> exclude) {
    return new SyncOptions(scanDirectories, exclude, add, update, remove, dryRun, today);
  }

  /// This with another day.
  public SyncOptions today(LocalDate today) {
    return new SyncOptions(scanDirectories, exclude, add, update, remove, dryRun, today);
  }

  /// This with what a file says where this says nothing.
  SyncOptions resolved(RegistryConfig.AutoSync config) {
    return new SyncOptions(
        scanDirectories == null ? config.scanDirectories() : scanDirectories,
        exclude == null ? config.excludePatterns() : exclude,
        add,
        update,
        remove,
        dryRun,
        today);
  }
}
