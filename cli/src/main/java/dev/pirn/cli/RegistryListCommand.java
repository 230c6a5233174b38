package dev.pirn.cli;

import dev.pirn.registry.AgentQuery;
import dev.pirn.registry.AgentSort;
import dev.pirn.registry.AgentStatus;
import io.vertx.core.json.JsonArray;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pirn registry list`.
@Command(
    name = "list",
    description = "Lists the agents that are declared.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  pirn registry list --category production --tag text",
      "  pirn registry list --sort version --desc",
      "  pirn registry list --deprecated --json | jq -r .[].id"
    })
final class RegistryListCommand extends DataCommand {
  @Option(names = "--category", paramLabel = "C", description = "Only this category.")
  @Nullable String category;

  @Option(names = "--environment", paramLabel = "E", description = "Only this environment.")
  @Nullable String environment;

  @Option(
      names = "--status",
      paramLabel = "S",
      description = "Only active, deprecated, experimental or archived.")
  @Nullable AgentStatus status;

  @Option(names = "--owner", paramLabel = "O", description = "Only this owner's.")
  @Nullable String owner;

  @Option(
      names = "--tag",
      paramLabel = "T",
      description = "Only with this tag; may be given many times.")
  List<String> tags = List.of();

  @Option(names = "--any-tag", description = "One of the tags is enough.")
  boolean anyTag;

  @Option(
      names = "--deprecated",
      negatable = true,
      description = "Only those that are deprecated, or are not.")
  @Nullable Boolean deprecated;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      description = "By name, updated_at, version or category.")
  @Nullable AgentSort sort;

  @Option(names = "--desc", description = "The last first.")
  boolean descending;

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which page, where --page-size is given.")
  int page;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      description = "How many a page has; all without it.")
  @Nullable Integer pageSize;

  @Mixin JsonOption json = new JsonOption();

  RegistryListCommand(Session session) {
    super(session);
  }

  @Override
  void check() {
    if (page < 1 || (pageSize != null && pageSize < 1)) {
      throw Failure.usage(Problems.badPage());
    }
  }

  @Override
  int answer(Answers answers) {
    JsonArray agents = answers.registry().agents(query());
    if (json.json) {
      print(agents);
    } else {
      print(AgentTable.rows(agents));
      hintAtProblems(answers.registry());
    }
    return Exit.DONE;
  }

  private AgentQuery query() {
    AgentQuery query =
        AgentQuery.ALL
            .category(category)
            .environment(environment)
            .status(status)
            .owner(owner)
            .deprecated(deprecated)
            .sort(sort)
            .descending(descending);
    LinkedHashSet<String> wanted = new LinkedHashSet<>(tags);
    query = anyTag ? query.anyTag(wanted) : query.tags(wanted);
    return pageSize == null ? query : query.page(page, pageSize);
  }

  /// What is not in force is not in the list; somebody who looks for it should learn why.
  private void hintAtProblems(RegistryAnswers registry) {
    String problems =
        Diagnostics.summary(diagnostics().of(registry.status().getJsonArray("diagnostics")));
    if (!problems.equals("no problems")) {
      console().flush();
      console().error("pirn: %s; see \"pirn registry validate\"\n".formatted(problems));
    }
  }
}
