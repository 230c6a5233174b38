package dev.pirn.cli;

import picocli.CommandLine.Option;

/// The option of every command that prints data.
final class JsonOption {
  @Option(
      names = "--json",
      description = "Print JSON, the same that the server's HTTP interface gives.")
  boolean json;
}
