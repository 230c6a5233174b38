package dev.pirn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pirn.live.Diagnostic;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueryTest {
  private static final AgentQuery ALL = AgentQuery.ALL;
  private final AgentRegistry registry = Sample.read(Sample.text(Sample.example()));

  private static List<String> ids(AgentRegistry registry, AgentQuery query) {
    return Objects.requireNonNull(registry.list(query).value()).agents().stream()
        .map(Agent::id)
        .toList();
  }

  private List<String> ids(AgentQuery query) {
    return ids(registry, query);
  }

  @Test
  void anUnknownIdHasNearNames() {
    Diagnostic problem = registry.notFound("greter");
    assertThat(problem.message()).isEqualTo("agent not found: greter");
    assertThat(problem.help()).isEqualTo("did you mean \"greeter\"?");
  }

  @Test
  void filtersAreAddedUp() {
    assertThat(ids(ALL)).containsExactly("echo", "greeter", "old_greeter", "librarian");
    assertThat(ids(ALL.category("production").environment("production")))
        .containsExactly("greeter", "old_greeter");
    assertThat(ids(ALL.status(AgentStatus.EXPERIMENTAL))).containsExactly("echo");
    assertThat(ids(ALL.owner("front-desk").deprecated(false))).containsExactly("greeter");
    assertThat(ids(ALL.tags(Set.of("dialogue", "routing")))).containsExactly("greeter");
    assertThat(ids(ALL.anyTag(Set.of("citation", "routing"))))
        .containsExactly("greeter", "librarian");
    assertThat(ids(ALL.category("none"))).isEmpty();
  }

  @Test
  void sortsByWhatIsAsked() {
    assertThat(ids(ALL.sort(AgentSort.VERSION)))
        .containsExactly("echo", "librarian", "old_greeter", "greeter");
    assertThat(ids(ALL.sort(AgentSort.VERSION).descending(true)))
        .containsExactly("greeter", "old_greeter", "librarian", "echo");
    assertThat(ids(ALL.sort(AgentSort.UPDATED_AT)))
        .containsExactly("librarian", "greeter", "echo", "old_greeter");
    assertThat(ids(ALL.sort(AgentSort.CATEGORY)))
        .containsExactly("echo", "greeter", "librarian", "old_greeter");
  }

  @Test
  void versionsAreOrderedAsSemanticVersionsAre() {
    List<String> versions =
        List.of(
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0",
            "1.2.0",
            "1.10.0",
            "99999999999999999999.0.0");
    assertThat(versions.reversed().stream().sorted(SemanticVersion.ORDER))
        .containsExactlyElementsOf(versions);
  }

  @Test
  void pagesCountFromOne() {
    AgentPage page = Objects.requireNonNull(registry.list(ALL.page(2, 3)).value());
    assertThat(page.agents()).extracting(Agent::id).containsExactly("librarian");
    assertThat(page.total()).isEqualTo(4);
    assertThat(page.totalPages()).isEqualTo(2);
    assertThat(page.hasNext()).isFalse();
    assertThat(page.hasPrevious()).isTrue();
    assertThat(ids(ALL.page(Integer.MAX_VALUE, 3))).isEmpty();
    assertThatThrownBy(() -> ALL.page(0, 3))
        .hasMessage("pages count from 1 and have at least 1 agent, were page 0 of 3");
  }

  @Test
  void searchRanksAndFindsWhatIsMisspelt() {
    assertThat(ids(ALL.text("greeter"))).containsExactly("greeter", "old_greeter");
    assertThat(ids(ALL.text("GREETER old"))).containsExactly("old_greeter");
    assertThat(ids(ALL.text("quotes"))).containsExactly("librarian");
    assertThat(ids(ALL.text("图书"))).containsExactly("librarian");
    assertThat(ids(ALL.text("libarian"))).containsExactly("librarian");
    assertThat(ids(ALL.text("dialog"))).containsExactly("echo", "greeter");
    assertThat(ids(ALL.text("nowhere-at-all"))).isEmpty();
    assertThat(ids(ALL.text(" "))).hasSize(4);
    assertThat(ids(ALL.text("greeter").sort(AgentSort.VERSION)))
        .containsExactly("old_greeter", "greeter");
  }

  @Test
  void discoveryIsObeyed() {
    String text = Sample.text(Sample.example());
    AgentRegistry strict =
        Sample.read(
            text.replace(
                "enable_fuzzy_search: true, default_sort: name",
                "enable_fuzzy_search: false, default_sort: version, case_sensitive_search: true,"
                    + " enable_tag_filtering: false, enable_category_filtering: false"));
    assertThat(ids(strict, ALL.text("libarian"))).isEmpty();
    assertThat(ids(strict, ALL.text("LIBRARIAN"))).isEmpty();
    assertThat(ids(strict, ALL)).first().isEqualTo("echo");
    assertThat(strict.list(ALL.tags(Set.of("a"))).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("this registry does not list agents by tags");
    assertThat(strict.list(ALL.category("a")).diagnostics())
        .extracting(Diagnostic::message)
        .containsExactly("this registry does not list agents by category");
  }

  @Test
  void properties() {
    assertThat(registry.size()).isEqualTo(4);
    assertThat(registry.categories()).containsExactly("example", "production");
    assertThat(registry.environments()).containsExactly("demo", "production", "staging");
    assertThat(registry.tags()).containsExactly("citation", "dialogue", "routing", "search");
  }
}
