package dev.pirn.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `pirn` itself, with the options that every command has.
@Command(
    name = "pirn",
    versionProvider = Version.class,
    description = "Changes the parts of a running system without stopping it.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn init && pirn serve       make a workspace here and serve it",
      "  pirn patterns list            what is in force, from the server or the files",
      "  pirn patterns validate DIR    what is wrong with the files of a folder",
      "  pirn events --follow          every change as it happens, one JSON object a line",
      "  pirn status                   what is wrong, in one screen",
      "",
      "Exit codes: 0 done; 1 it failed or the input is invalid; 2 wrong usage;",
      "3 valid, but with warnings, where --strict was given."
    })
final class PirnCommand {
  private final Session session;

  PirnCommand(Session session) {
    this.session = session;
  }

  @Option(
      names = "-C",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "The workspace, instead of the nearest pirn.yaml from here upwards.")
  void workspace(Path folder) {
    session.workspace(folder);
  }

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an unexpected failure.")
  void debug(boolean debug) {
    session.debug(debug);
  }

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;
}
