package dev.pirn.server;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Reload;
import dev.pirn.patterns.FormattedPattern;
import dev.pirn.patterns.LoadedPattern;
import dev.pirn.patterns.PatternFilter;
import dev.pirn.patterns.PatternFormat;
import dev.pirn.patterns.PatternLibrary;
import dev.pirn.patterns.Patterns;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiFunction;

/// What is read of the patterns, and their reloading.
final class PatternRoutes {
  private static final String AT = "/api/v1/patterns";
  private static final int MOST_TOKENS = 1_000_000;
  private static final int NO_BODY = 64 * 1024;

  private final LiveLibrary library;

  PatternRoutes(LiveLibrary library) {
    this.library = library;
  }

  void register(Routes routes) {
    routes.get(AT, Set.of("category", "backend", "difficulty", "domain", "search"), this::list);
    routes.get(AT + "/search", Set.of("q"), this::search);
    routes.get(AT + "/recommend", Set.of("message", "intent"), this::recommend);
    routes.get(AT + "/history", Set.of(), this::history);
    routes.post(AT + "/reload", Set.of(), NO_BODY, this::reloadAll);
    routes.post(AT + "/rollback", Set.of(), NO_BODY, this::rollback);
    routes.get(AT + "/:name", Set.of(), this::get);
    routes.get(AT + "/:name/format", Set.of("budget"), this::format);
    routes.post(AT + "/:name/reload", Set.of(), NO_BODY, this::reload);
  }

  private Answer with(BiFunction<Library, Views, Answer> action) {
    return library.use(it -> action.apply(it, library.views(it)));
  }

  private static Set<Path> quarantined(Patterns patterns) {
    return patterns.live().quarantined().keySet();
  }

  private Answer list(Call call) {
    String search = call.parameter("search");
    if (search != null && !search.isBlank()) {
      return with((it, views) -> rows(it.patterns(), views, search));
    }
    PatternFilter filter =
        new PatternFilter(
            call.parameter("category"),
            call.parameter("backend"),
            call.parameter("difficulty"),
            call.parameter("domain"));
    return with((it, views) -> Answer.json(views.summaries(it.patterns().list(filter))));
  }

  private static Answer rows(Patterns patterns, Views views, String query) {
    Set<Path> quarantined = quarantined(patterns);
    return Answer.json(
        Views.array(patterns.search(query), hit -> views.summary(hit.pattern(), quarantined)));
  }

  private Answer search(Call call) {
    String query = call.required("q");
    return with((it, views) ->
        Answer.json(views.hits(it.patterns().search(query), quarantined(it.patterns()))));
  }

  private Answer recommend(Call call) {
    String message = call.required("message");
    String intent = call.parameter("intent");
    return with((it, views) ->
        Answer.json(
            views.recommendations(
                it.patterns().recommend(message, intent), quarantined(it.patterns()))));
  }

  private Answer get(Call call) {
    return with((it, views) -> {
      LoadedPattern loaded = find(it.patterns().library(), call.part("name"));
      Set<Path> quarantined = quarantined(it.patterns());
      Answer answer = Answer.json(views.pattern(loaded, quarantined));
      // The ETag is that of the file; while that is broken, it stands for something else.
      return quarantined.contains(loaded.file()) ? answer : answer.etag(loaded.digest());
    });
  }

  private Answer format(Call call) {
    int budget =
        call.number(
            "budget", PatternFormat.DEFAULT_BUDGET, PatternFormat.LEAST_BUDGET, MOST_TOKENS);
    return with((it, views) -> {
      LoadedPattern loaded = find(it.patterns().library(), call.part("name"));
      FormattedPattern formatted = PatternFormat.format(loaded.pattern(), budget);
      return Answer.json(views.formatted(loaded.name(), budget, formatted));
    });
  }

  private static LoadedPattern find(PatternLibrary library, String name) {
    return library.get(name).orElseThrow(() -> new Refused(404, library.notFound(name)));
  }

  private Answer reload(Call call) {
    return with((it, views) -> {
      Decoded<Reload<PatternLibrary>> reloaded = it.patterns().reload(call.part("name"));
      Reload<PatternLibrary> reload = reloaded.value();
      if (reload == null) {
        throw new Refused(404, reloaded.diagnostics());
      }
      if (Diagnostic.anyError(reload.diagnostics())) {
        throw new Refused(422, reload.diagnostics());
      }
      return Answer.json(views.reload(reload));
    });
  }

  private Answer reloadAll(Call call) {
    return with((it, views) -> outcome(it.patterns().reload(), views));
  }

  private static Answer outcome(Reload<PatternLibrary> reload, Views views) {
    if (reload instanceof Reload.Rejected<PatternLibrary>) {
      throw new Refused(422, reload.diagnostics());
    }
    return Answer.json(views.reload(reload));
  }

  private Answer history(Call call) {
    return with((it, views) -> Answer.json(views.history(it.patterns().live().history())));
  }

  private Answer rollback(Call call) {
    JsonObject json = call.json();
    if (!(json.getValue("generation") instanceof Number wanted) || json.size() != 1) {
      throw new Refused(422, Problems.badBody("must be {\"generation\": NUMBER}"));
    }
    return with((it, views) -> {
      long generation = wanted.longValue() - it.generationsBefore();
      Reload<PatternLibrary> reload = it.patterns().live().rollback(generation);
      if (reload instanceof Reload.Rejected<PatternLibrary>) {
        JsonArray history = views.history(it.patterns().live().history());
        throw new Refused(422, Problems.notKept(wanted.longValue(), Histories.range(history)));
      }
      return Answer.json(views.reload(reload));
    });
  }
}
