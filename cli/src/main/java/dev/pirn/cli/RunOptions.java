package dev.pirn.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `pirn run`.
final class RunOptions {
  @Option(
      names = "--watch",
      paramLabel = "GLOB",
      description = {
        "The files whose change replaces the process, beside the program itself, such as"
            + " 'src/**/*.py'. May be repeated.",
        "By default those of the command's language in this folder."
      })
  List<String> watch = List.of();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port of the address that stays; any that is free by default.")
  int port;

  @Option(
      names = "--no-port",
      description = "The command does not listen: it is ready when it is started.")
  boolean noPort;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = {
        "How processes follow one another: blue-green, hold, restart or signal (HUP).",
        "By default blue-green, and with --no-port restart."
      })
  @Nullable String mode;

  @Option(
      names = "--ready",
      paramLabel = "WHEN",
      description = {
        "When a process is ready: tcp (it listens, the default), a path such as /health that it"
            + " answers, log:REGEX that it prints, or none."
      })
  @Nullable String ready;
}
