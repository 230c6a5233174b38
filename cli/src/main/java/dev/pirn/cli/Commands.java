package dev.pirn.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/// Which commands there are, in the order of the help.
///
/// To describe a command to picocli takes some milliseconds. Where the arguments begin with the
/// name of a command, only that one is described: nobody will ask for the others.
final class Commands {
  /// A command that may have others below it.
  private record Entry(Function<Session, Object> make, Map<String, Entry> below) {}

  private static final Map<String, Entry> ALL = all();

  private Commands() {}

  private static Map<String, Entry> all() {
    Map<String, Entry> all = new LinkedHashMap<>();
    put(all, "serve", ServeCommand::new);
    put(all, "init", InitCommand::new);
    put(all, "status", StatusCommand::new);
    put(all, "doctor", DoctorCommand::new);
    put(all, "events", EventsCommand::new);
    put(all, "devices", DevicesCommand::new);
    Map<String, Entry> patterns = group(all, "patterns", PatternsCommand::new);
    put(patterns, "list", PatternsListCommand::new);
    put(patterns, "get", PatternsGetCommand::new);
    put(patterns, "search", PatternsSearchCommand::new);
    put(patterns, "recommend", PatternsRecommendCommand::new);
    put(patterns, "format", PatternsFormatCommand::new);
    put(patterns, "validate", PatternsValidateCommand::new);
    put(patterns, "reload", PatternsReloadCommand::new);
    put(patterns, "status", PatternsStatusCommand::new);
    put(patterns, "create", PatternsCreateCommand::new);
    put(patterns, "watch", PatternsWatchCommand::new);
    put(patterns, "history", PatternsHistoryCommand::new);
    put(patterns, "rollback", PatternsRollbackCommand::new);
    put(patterns, "schema", PatternsSchemaCommand::new);
    Map<String, Entry> registry = group(all, "registry", RegistryCommand::new);
    put(registry, "list", RegistryListCommand::new);
    put(registry, "get", RegistryGetCommand::new);
    put(registry, "search", RegistrySearchCommand::new);
    put(registry, "stats", RegistryStatsCommand::new);
    put(registry, "validate", RegistryValidateCommand::new);
    put(registry, "sync", RegistrySyncCommand::new);
    put(registry, "schema", RegistrySchemaCommand::new);
    put(registry, "register", RegistryRegisterCommand::new);
    put(registry, "update", RegistryUpdateCommand::new);
    put(registry, "remove", RegistryRemoveCommand::new);
    put(registry, "reload", RegistryReloadCommand::new);
    put(registry, "history", RegistryHistoryCommand::new);
    put(registry, "rollback", RegistryRollbackCommand::new);
    Map<String, Entry> settings = group(all, "settings", SettingsCommand::new);
    put(settings, "list", SettingsListCommand::new);
    put(settings, "get", SettingsGetCommand::new);
    put(settings, "set", SettingsSetCommand::new);
    put(settings, "unset", SettingsUnsetCommand::new);
    put(settings, "validate", SettingsValidateCommand::new);
    put(settings, "apply", SettingsApplyCommand::new);
    put(settings, "reload", SettingsReloadCommand::new);
    put(settings, "history", SettingsHistoryCommand::new);
    put(settings, "rollback", SettingsRollbackCommand::new);
    Map<String, Entry> agents = group(all, "agents", AgentsCommand::new);
    put(agents, "list", AgentsListCommand::new);
    put(agents, "status", AgentsStatusCommand::new);
    put(agents, "start", AgentsStartCommand::new);
    put(agents, "stop", AgentsStopCommand::new);
    put(agents, "restart", AgentsRestartCommand::new);
    put(agents, "logs", AgentsLogsCommand::new);
    put(agents, "call", AgentsCallCommand::new);
    put(agents, "init", AgentsInitCommand::new);
    put(all, "run", RunCommand::new);
    put(all, "query", QueryCommand::new);
    Map<String, Entry> watches = group(all, "watches", WatchesCommand::new);
    put(watches, "list", WatchesListCommand::new);
    put(watches, "explain", WatchesExplainCommand::new);
    put(watches, "tail", WatchesTailCommand::new);
    Map<String, Entry> config = group(all, "config", ConfigCommand::new);
    put(config, "get", ConfigGetCommand::new);
    put(all, "completion", CompletionCommand::new);
    put(all, "train", _ -> new TrainCommand());
    return all;
  }

  private static void put(Map<String, Entry> to, String name, Function<Session, Object> make) {
    to.put(name, new Entry(make, Map.of()));
  }

  private static Map<String, Entry> group(
      Map<String, Entry> to, String name, Supplier<Object> make) {
    Map<String, Entry> below = new LinkedHashMap<>();
    to.put(name, new Entry(_ -> make.get(), below));
    return below;
  }

  /// All commands.
  static CommandLine describe(Session session) {
    return describe(session, new String[0]);
  }

  /// The commands that these arguments may be meant for.
  static CommandLine describe(Session session, String[] args) {
    CommandLine root = new CommandLine(new PirnCommand(session));
    add(root, ALL, session, args, firstWord(args));
    return root;
  }

  private static void add(
      CommandLine to, Map<String, Entry> entries, Session session, String[] args, int at) {
    Entry only = at < args.length ? entries.get(args[at]) : null;
    if (only != null) {
      add(to, only, session, args, at + 1);
      return;
    }
    entries.values().forEach(entry -> add(to, entry, session, args, args.length));
  }

  private static void add(CommandLine to, Entry entry, Session session, String[] args, int at) {
    CommandLine command = new CommandLine(entry.make.apply(session));
    add(command, entry.below, session, args, at);
    to.addSubcommand(command);
  }

  /// Where the first argument is that is not an option of `pirn` itself.
  private static int firstWord(String[] args) {
    int at = 0;
    while (at < args.length && args[at].startsWith("-")) {
      at += args[at].equals("-C") ? 2 : 1;
    }
    return at;
  }
}
