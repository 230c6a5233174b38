package dev.pirn.cli;

import picocli.CommandLine.Command;

/// `pirn agents`: the commands below it do the work.
@Command(
    name = "agents",
    description = "Starts agents, swaps them when their code changes, and shows how they are.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
final class AgentsCommand {}
