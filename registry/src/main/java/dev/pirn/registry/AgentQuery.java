package dev.pirn.registry;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which agents to list, and how; what is null does not matter.
///
/// ```java
/// AgentQuery.ALL.category("production").tags(Set.of("text", "code")).sort(AgentSort.VERSION).page(2, 50)
/// ```
///
/// @param category the category
/// @param environment the environment
/// @param status the status
/// @param owner the owner
/// @param deprecated whether they are deprecated
/// @param tags the tags that an agent must have
/// @param anyTag whether one of the tags is enough; false by default
/// @param text what to search for in ids, names, tags and descriptions; blank for nothing. Then the
///   best hits come first, unless a sort is asked for
/// @param sort by what to sort; null for what the registry's `config` says
/// @param descending whether the last comes first; false by default
/// @param page which page, from 1
/// @param pageSize how many agents a page has; all by default
public record AgentQuery(
    @Nullable String category,
    @Nullable String environment,
    @Nullable AgentStatus status,
    @Nullable String owner,
    @Nullable Boolean deprecated,
    Set<String> tags,
    boolean anyTag,
    String text,
    @Nullable AgentSort sort,
    boolean descending,
    int page,
    int pageSize) {
  /// All agents on one page.
  public static final AgentQuery ALL =
      new AgentQuery(
          null, null, null, null, null, Set.of(), false, "", null, false, 1, Integer.MAX_VALUE);

  /// @throws IllegalArgumentException when page or page size is less than 1
  public AgentQuery {
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
    Objects.requireNonNull(text, "text");
    if (page < 1 || pageSize < 1) {
      throw new IllegalArgumentException(
          "pages count from 1 and have at least 1 agent, were page %d of %d"
              .formatted(page, pageSize));
    }
  }

  /// This for one category.
  public AgentQuery category(@Nullable String category) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for one environment.
  public AgentQuery environment(@Nullable String environment) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for one status.
  public AgentQuery status(@Nullable AgentStatus status) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for one owner.
  public AgentQuery owner(@Nullable String owner) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for agents that are deprecated, or are not.
  public AgentQuery deprecated(@Nullable Boolean deprecated) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for agents with all of these tags.
  public AgentQuery tags(Set<String> tags) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        false,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for agents with one of these tags.
  public AgentQuery anyTag(Set<String> tags) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        true,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This for agents in which a text is found.
  public AgentQuery text(String text) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This in another order.
  public AgentQuery sort(@Nullable AgentSort sort) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// This from the last to the first, or not.
  public AgentQuery descending(boolean descending) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }

  /// One page of this.
  public AgentQuery page(int page, int pageSize) {
    return new AgentQuery(
        category,
        environment,
        status,
        owner,
        deprecated,
        tags,
        anyTag,
        text,
        sort,
        descending,
        page,
        pageSize);
  }
}
