package dev.pirn.cli;

import picocli.CommandLine.Command;

/// `pirn config`: the commands below it do the work.
@Command(
    name = "config",
    description = "Shows the configuration in force.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class ConfigCommand {}
