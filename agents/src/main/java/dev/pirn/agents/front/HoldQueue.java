package dev.pirn.agents.front;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// The requests that wait, in the order in which they came. Confined to the front's event loop.
final class HoldQueue {
  private final int most;
  private final long mostBytes;
  private final Counters counters;
  private final SequencedSet<Exchange> waiting = new LinkedHashSet<>();
  private long bytes;

  HoldQueue(FrontOptions options, Counters counters) {
    this.most = options.mostHeld();
    this.mostBytes = options.mostHeldBytes();
    this.counters = counters;
  }

  /// Lets one wait.
  ///
  /// @return false if there is no place for it
  boolean add(Exchange exchange) {
    if (waiting.size() >= most || bytes + exchange.bodyLength() > mostBytes) {
      return false;
    }
    waiting.add(exchange);
    bytes += exchange.bodyLength();
    counters.held(waiting.size());
    return true;
  }

  void remove(Exchange exchange) {
    if (waiting.remove(exchange)) {
      bytes -= exchange.bodyLength();
      counters.held(waiting.size());
    }
  }

  /// Takes all of them out.
  List<Exchange> takeAll() {
    List<Exchange> all = new ArrayList<>(waiting);
    waiting.clear();
    bytes = 0;
    counters.held(0);
    return all;
  }
}
