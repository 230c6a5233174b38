package dev.pirn.cli;

import picocli.CommandLine.Command;

/// `pirn registry`: the commands below it do the work.
@Command(
    name = "registry",
    description = "Lists, searches, checks and changes the agents that are declared.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class RegistryCommand {}
