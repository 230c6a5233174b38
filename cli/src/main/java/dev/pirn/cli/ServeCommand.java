package dev.pirn.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "serve")
final class ServeCommand implements Callable<Integer> {
  ServeCommand(Session session) {
  }

  @Override
  public Integer call() {
    return Exit.DONE;
  }
}
