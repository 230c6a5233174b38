package dev.pirn.cli;

import java.nio.file.Path;

/// Where the process begins and ends.
final class Main {
  private Main() {}

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] args) {
    Session session = new Session(Console.system(), Path.of(""), System.getenv());
    System.exit(Cli.run(session, args));
  }
}
