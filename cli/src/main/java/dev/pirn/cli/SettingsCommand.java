package dev.pirn.cli;

import picocli.CommandLine.Command;

/// `pirn settings`: the commands below it do the work.
@Command(
    name = "settings",
    description = "Lists, checks and changes the settings of .env files. Never shows a secret.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class SettingsCommand {}
