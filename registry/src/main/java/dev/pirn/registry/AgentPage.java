package dev.pirn.registry;

import java.util.List;

/// One page of a list of agents.
///
/// @param agents the agents on it
/// @param page which page it is, from 1
/// @param pageSize how many agents a page has at most
/// @param total how many agents there are on all pages
public record AgentPage(List<Agent> agents, int page, int pageSize, int total) {
  public AgentPage {
    agents = List.copyOf(agents);
  }

  /// How many pages there are.
  public int totalPages() {
    return Math.ceilDiv(total, pageSize);
  }

  /// Whether there is a page after this one.
  public boolean hasNext() {
    return page < totalPages();
  }

  /// Whether there is a page before this one.
  public boolean hasPrevious() {
    return page > 1;
  }
}
