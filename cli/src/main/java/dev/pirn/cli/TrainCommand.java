package dev.pirn.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `pirn train`, which `./pirn` runs once: does a little of everything, so that the JVM can write
/// down which classes are needed and start faster the next time.
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is made from.")
final class TrainCommand implements Callable<Integer> {
  private final Session session;

  TrainCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return Exit.DONE;
  }
}
