package dev.pirn.agents.process;

import java.util.List;

/// All processes that carry a mark, whoever has started them.
record Marked(ProcessTable table, String mark) implements Members {
  @Override
  public long group() {
    return 0;
  }

  @Override
  public List<ProcessEntry> find() {
    long self = Host.self();
    return table.entries().stream()
        .filter(entry -> entry.pid() > 1 && entry.pid() != self && !entry.dead())
        .filter(entry -> table.carries(entry.pid(), mark))
        .toList();
  }
}
