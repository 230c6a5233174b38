package dev.pirn.cli;

import picocli.CommandLine.Command;

/// `pirn patterns`: the commands below it do the work.
@Command(
    name = "patterns",
    description = "Lists, searches, checks and changes the pattern library.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class PatternsCommand {}
