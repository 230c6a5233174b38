package dev.pirn.server;

import dev.pirn.agents.Agents;
import dev.pirn.agents.OneCommand;
import dev.pirn.web.TestCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The command that tests the pages: `web.test`.
final class WebTests implements TestCommand, AutoCloseable {
  static final Duration LIMIT = Duration.ofMinutes(5);

  private final List<String> words;
  private final Path folder;
  private final Supplier<Optional<Agents>> agents;
  private final OneCommand alone;

  WebTests(List<String> words, Path folder, Supplier<Optional<Agents>> agents) {
    this.words = words;
    this.folder = folder;
    this.agents = agents;
    this.alone = new OneCommand(words, folder, System.getenv(), LIMIT);
  }

  @Override
  public void run(Consumer<Outcome> done) {
    Thread.ofVirtual().name("pirn-web-test").start(() -> done.accept(outcome()));
  }

  private Outcome outcome() {
    Map<String, String> environment = System.getenv();
    try {
      Optional<Agents> running = agents.get();
      OneCommand.Outcome outcome =
          running.isPresent() ? running.get().run(words, folder, environment, LIMIT) : alone.run();
      String text = String.join("\n", outcome.lines());
      return new Outcome(outcome.passed(), outcome.passed() ? text : text + "\n" + outcome.how());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(false, "interrupted");
    } catch (RuntimeException e) {
      return new Outcome(false, "cannot be run: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    alone.close();
  }
}
