package dev.pirn.registry;

import dev.pirn.yaml.Default;
import dev.pirn.yaml.Key;
import dev.pirn.yaml.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a registry wants to be treated, under `config`. It is obeyed from the moment at which the
/// file is in force.
///
/// @param autoSync how it is compared with the agents' folders
/// @param hotReload how its file is followed
/// @param validation what is checked
/// @param discovery how agents are found
public record RegistryConfig(
    @Key("auto_sync") @Default("{}") AutoSync autoSync,
    @Key("hot_reload") @Default("{}") HotReload hotReload,
    @Default("{}") Validation validation,
    @Default("{}") Discovery discovery) {

  /// What holds where a file says nothing.
  public static final RegistryConfig DEFAULTS =
      new RegistryConfig(
          new AutoSync(false, List.of(), List.of(), false, ConflictResolution.MANUAL),
          new HotReload(true, true, null),
          new Validation(false, List.of(), false, true, true, false, false),
          new Discovery(true, true, true, AgentSort.NAME, false));

  /// How the registry is compared with folders that have an `agent.yaml` in them.
  ///
  /// @param enabled whether [Registry#sync] takes what it is to do from here; false by default
  /// @param scanDirectories the folders in which agents' folders lie, relative to the root
  /// @param excludePatterns globs of what is passed over, relative to a scanned folder
  /// @param autoRegister whether folders that are not registered are added; false by default
  /// @param conflictResolution what holds when an agent is registered for another folder than the
  ///   one that it is found in; manual by default
  public record AutoSync(
      @Default("false") boolean enabled,
      @Key("scan_directories") List<String> scanDirectories,
      @Key("exclude_patterns") List<String> excludePatterns,
      @Key("auto_register") @Default("false") boolean autoRegister,
      @Key("conflict_resolution") @Default("manual") ConflictResolution conflictResolution) {}

  /// Who is right when registry and folders differ.
  public enum ConflictResolution {
    /// A person decides: the difference is reported, and changed when that is asked for.
    MANUAL,
    /// The folders: the registry follows them.
    FILESYSTEM,
    /// The registry: the difference is left alone.
    REGISTRY
  }

  /// How the registry's file is followed.
  ///
  /// @param enabled whether its changes are taken up as they come; true by default. If not, they
  ///   wait for [Registry#reload]
  /// @param watchFile the same for its file; true by default
  /// @param debounceMs how long the file must have been at rest, in milliseconds, from 100 to 5000;
  ///   without it, which is null, a save counts at once
  public record HotReload(
      @Default("true") boolean enabled,
      @Key("watch_file") @Default("true") boolean watchFile,
      @Key("debounce_ms") @Range(min = 100, max = 5000) @Nullable Integer debounceMs) {}

  /// What is checked.
  ///
  /// @param strictMode whether one broken agent keeps the whole file from being put in force; false
  ///   by default: then it keeps its last good definition, and the others go on
  /// @param requiredFields fields that every agent must have besides those that it has to anyway
  /// @param warnOnMissingOptional whether there is a warning of agents that say little; false by
  ///   default
  /// @param validateLocation whether there is a warning of agents whose folder is not there; true
  ///   by default
  /// @param validateDependencies whether the agents that others need or are replaced by must be in
  ///   the file; true by default
  /// @param allowCustomCategories whether categories of one's own are allowed; false by default
  /// @param allowCustomEnvironments whether environments of one's own are allowed; false by default
  public record Validation(
      @Key("strict_mode") @Default("false") boolean strictMode,
      @Key("required_fields") List<String> requiredFields,
      @Key("warn_on_missing_optional") @Default("false") boolean warnOnMissingOptional,
      @Key("validate_location") @Default("true") boolean validateLocation,
      @Key("validate_dependencies") @Default("true") boolean validateDependencies,
      @Key("allow_custom_categories") @Default("false") boolean allowCustomCategories,
      @Key("allow_custom_environments") @Default("false") boolean allowCustomEnvironments) {}

  /// How agents are found.
  ///
  /// @param enableFuzzySearch whether a search finds misspelt words; true by default
  /// @param enableTagFiltering whether agents may be listed by tags; true by default
  /// @param enableCategoryFiltering whether agents may be listed by category; true by default
  /// @param defaultSort how lists are sorted; by name by default
  /// @param caseSensitiveSearch whether capitals count in a search; false by default
  public record Discovery(
      @Key("enable_fuzzy_search") @Default("true") boolean enableFuzzySearch,
      @Key("enable_tag_filtering") @Default("true") boolean enableTagFiltering,
      @Key("enable_category_filtering") @Default("true") boolean enableCategoryFiltering,
      @Key("default_sort") @Default("name") AgentSort defaultSort,
      @Key("case_sensitive_search") @Default("false") boolean caseSensitiveSearch) {}
}
