package dev.pirn.cli;

import dev.pirn.agents.AgentEvent;
import dev.pirn.agents.AgentListener;
import dev.pirn.agents.AgentState;
import dev.pirn.agents.Agents;
import dev.pirn.agents.LogLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// What `pirn run` says while it runs: the lines of the command, and a line for each swap.
///
/// What happens is put into a queue, so that a slow terminal holds nothing up; where that is full,
/// it is said how much is missing.
final class RunLog implements AgentListener {
  private static final int MOST = 10_000;

  private final Session session;
  private final boolean noPort;
  private final BlockingQueue<Said> queue = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong lost = new AtomicLong();

  RunLog(Session session, boolean noPort) {
    this.session = session;
    this.noPort = noPort;
  }

  /// What there is to be said.
  private sealed interface Said {}

  private record Event(AgentEvent event) implements Said {}

  private record Line(LogLine line) implements Said {}

  private record End() implements Said {}

  @Override
  public void onEvent(AgentEvent event) {
    say(new Event(event));
  }

  @Override
  public void onLine(LogLine line) {
    say(new Line(line));
  }

  private void say(Said said) {
    if (!queue.offer(said)) {
      lost.incrementAndGet();
    }
  }

  /// Ends [#follow]. Unlike everything else this is never lost.
  void end() {
    while (!queue.offer(new End())) {
      queue.poll();
    }
  }

  /// Says what happens until [#end], or until the thread is interrupted.
  void follow(Agents agents) throws InterruptedException {
    for (Said said = queue.take(); !(said instanceof End); said = queue.take()) {
      long missing = lost.getAndSet(0);
      if (missing > 0) {
        session.console().note(Text.count(missing, "line") + " came too fast and are not shown");
      }
      switch (said) {
        case Event it -> tell(it.event(), agents);
        case Line it -> tell(it.line());
        case End _ -> {}
      }
    }
  }

  private void tell(LogLine line) {
    Console console = session.console();
    boolean colours = line.error() ? console.errorColours() : console.colours();
    String text = new AgentLine(colours).text(line.agent(), line.generation(), line.text());
    if (line.error()) {
      console.error(text);
    } else {
      console.print(text);
      console.flush();
    }
  }

  private void tell(List<Path> files) {
    session
        .console()
        .note(
            files.stream()
                    .map(file -> Text.visible(session.show(file.toString())))
                    .collect(Collectors.joining(", "))
                + " changed");
  }

  private void tell(AgentEvent event, Agents agents) {
    switch (event.kind()) {
      case STARTING -> {
        if (!event.files().isEmpty()) {
          tell(event.files());
        }
      }
      case ACTIVE -> active(event, agents);
      case REJECTED -> rejected(event, agents);
      case CRASHED ->
          session
              .console()
              .note(
                  "generation %d has ended by itself: %s"
                      .formatted(event.generation(), event.reason()));
      case SUSPENDED -> session.console().note(String.valueOf(event.reason()));
      case READY, DRAINING, STOPPED, NOTICED, DEPENDENCY -> {}
    }
  }

  private void active(AgentEvent event, Agents agents) {
    Console console = session.console();
    String took = event.timings() == dev.pirn.agents.SwapTimings.NONE ? "" : took(event);
    if (noPort) {
      console.note("generation %d runs%s".formatted(event.generation(), took));
    } else if (event.generation() == 1) {
      String url = agents.get(event.agent()).map(AgentState::url).orElse("");
      console.line("pirn: %s at %s%s".formatted(event.agent(), url, took));
      console.flush();
    } else {
      console.note("generation %d answers%s".formatted(event.generation(), took));
    }
  }

  private static String took(AgentEvent event) {
    Duration took =
        event
            .timings()
            .detect()
            .plus(event.timings().precheck())
            .plus(event.timings().start())
            .plus(event.timings().ready())
            .plus(event.timings().swap());
    return " after %d ms".formatted(took.toMillis());
  }

  private void rejected(AgentEvent event, Agents agents) {
    Console console = session.console();
    boolean runs = agents.get(event.agent()).map(it -> it.pid() != 0).orElse(false);
    long before = agents.get(event.agent()).map(AgentState::generation).orElse(0L);
    console.note(
        "generation %d is rejected: %s; %s"
            .formatted(
                event.generation(),
                event.reason(),
                runs ? "generation %d goes on".formatted(before) : "nothing runs until a change"));
    if (!event.diagnostics().isEmpty()) {
      console.errors(event.diagnostics(), session.folder());
    }
    if (!noPort && !runs && String.valueOf(event.reason()).contains("ready")) {
      console.note("a command that does not listen on the port in PORT needs --no-port");
    }
  }
}
