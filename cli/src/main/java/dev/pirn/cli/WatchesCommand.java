package dev.pirn.cli;

import picocli.CommandLine.Command;

/// `pirn watches`: the commands below it do the work.
@Command(
    name = "watches",
    description = "Shows what is watched, and how.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class WatchesCommand {}
