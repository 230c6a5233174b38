package dev.pirn.web;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Live;
import dev.pirn.live.LiveStatus;
import dev.pirn.live.Reload;
import dev.pirn.live.Snapshot;
import dev.pirn.live.Source;
import dev.pirn.live.Subscription;
import dev.pirn.watch.WatchSpec;
import dev.pirn.watch.Watcher;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Pages that follow their files while they are open.
///
/// ```java
/// try (LiveWeb web = LiveWeb.open(vertx, WebOptions.of(Path.of("web")), null)) {
///   vertx
///       .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol(LiveWeb.SUBPROTOCOL))
///       .requestHandler(request -> web.handle(request, () -> request.response().setStatusCode(404).end()))
///       .listen(7474, "127.0.0.1");
///   …
/// }
/// ```
///
/// The server that it is put into must listen on the loopback, and must refuse requests whose
/// `Host` is not its own; everything else about who may do what is decided here.
///
/// **Threading.** [#handle] is called on an event loop and does not wait. Everything else may be
/// called by any thread. Listeners are called on the source's thread `pirn-tell-web`, in order.
///
/// **Life cycle.** [#open] returns when the files have been read. [#close] disconnects all pages,
/// which look for a server that takes its place, and ends the watching. The server is not closed.
///
/// **Failure.** A file that cannot be read keeps its last good version, and pages show why.
public final class LiveWeb implements AutoCloseable {
  /// The subprotocol of the plan protocol, which the server has to know.
  public static final String SUBPROTOCOL = "pirn.1";

  /// How many WebSockets are taken.
  public static final int MOST_CONNECTIONS = 2_000;

  /// Globs of what pages never follow, relative to their folder.
  public static final List<String> EXCLUDED = List.of("**/node_modules/**");

  /// The largest file that is followed.
  static final long MOST_BYTES = 64L * 1024 * 1024;

  private static final Pattern SCRIPT = Pattern.compile("[a-z]{1,20}\\.js");
  private static final Set<String> SOCKETS = Set.of("/ws/hotreload", "/api/v1/ws/hotreload");
  private static final String OWN = "/@hotreload/";

  private final WebOptions options;
  private final WatchSpec spec;
  private final Live<Tree> files;
  private final StaticFiles pages;
  private final @Nullable Upstream upstream;
  private final @Nullable Following following;
  private final List<Consumer<Plan>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<PageEvent>> events = new CopyOnWriteArrayList<>();
  private volatile Standing now;

  /// What there is only where pages follow their files.
  private record Following(
      String token,
      String epoch,
      Origins origins,
      Pages pages,
      TestGate gate,
      Sockets sockets,
      Timeline timeline) {}

  private LiveWeb(Vertx vertx, WebOptions options, @Nullable TestCommand tests) {
    this.options = options;
    this.spec =
        WatchSpec.trees(options.dirs())
            .include(options.patterns().toArray(String[]::new))
            .exclude(EXCLUDED.toArray(String[]::new))
            .debounce(options.debounce());
    Source<Tree> source =
        Source.files(spec, new FileDecoder(options.dirs()), Tree::assemble)
            .named("web")
            .maxBytes(MOST_BYTES);
    Live.Builder<Tree> builder = Live.of(source).orElse(Tree.EMPTY).keep(1);
    Watcher watcher = options.watcher();
    this.files = (watcher == null ? builder : builder.watcher(watcher)).open();
    this.now = Standing.first(files.snapshot());
    this.following = options.live() ? following(vertx, tests) : null;
    Pages made = following == null ? null : following.pages();
    this.pages = new StaticFiles(vertx, options.dirs(), () -> now, made);
    URI proxy = options.proxy();
    this.upstream = proxy == null ? null : new Upstream(vertx, proxy, this::foreign);
    var _ = files.onReload(this::reloaded);
    // What happened before anybody listened.
    advance();
  }

  private Following following(Vertx vertx, @Nullable TestCommand tests) {
    String token = random();
    String epoch = random().substring(0, 12);
    Origins origins = new Origins(options.origins());
    Pages pages = new Pages(epoch, token, () -> now);
    Timeline timeline = new Timeline();
    TestGate gate = new TestGate(now, tests, options.gate(), this::tell, this::wake);
    JsonObject settings =
        new JsonObject().put("sync", options.sync()).put("holdOnErrors", options.holdOnErrors());
    Sockets sockets =
        new Sockets(
            vertx,
            options.base(),
            origins,
            epoch,
            token,
            settings,
            timeline,
            gate::told,
            this::greeting,
            event -> events.forEach(listener -> listener.accept(event)));
    return new Following(token, epoch, origins, pages, gate, sockets, timeline);
  }

  private static String random() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /// Opens the folders.
  ///
  /// @param vertx on whose event loops pages are served; not closed
  /// @param tests what is run after each change, or null
  public static LiveWeb open(Vertx vertx, WebOptions options, @Nullable TestCommand tests) {
    Objects.requireNonNull(vertx, "vertx");
    Objects.requireNonNull(options, "options");
    return new LiveWeb(vertx, options, tests);
  }

  // ---- files change

  private void reloaded(Reload<Tree> outcome) {
    advance();
    if (!(outcome instanceof Reload.Unchanged<Tree>)) {
      tell(problems());
    }
  }

  private void advance() {
    Standing after;
    Plan plan;
    synchronized (this) {
      Standing before = now;
      Snapshot<Tree> snapshot = files.snapshot();
      if (snapshot.generation() <= before.seq()) {
        return;
      }
      after = before.next(snapshot);
      now = after;
      plan = after.plan(before.seq());
    }
    Following pages = following;
    if (pages != null) {
      pages.timeline().add(plan);
      pages.gate().changed(after);
    }
    listeners.forEach(listener -> listener.accept(plan));
  }

  private void wake() {
    if (following != null) {
      following.sockets().wake();
    }
  }

  private void tell(String message) {
    if (following != null) {
      following.sockets().tell(message);
    }
  }

  private List<String> greeting() {
    List<String> messages = new ArrayList<>(List.of(problems()));
    String tests = following == null ? null : following.gate().said();
    if (tests != null) {
      messages.add(tests);
    }
    return messages;
  }

  private String problems() {
    return Problems.message(diagnostics(), options.base());
  }

  /// Is told of each change, with all that it is about. Must not wait.
  ///
  /// @return to be closed when nothing is to be told any more
  public Subscription onPlan(Consumer<Plan> listener) {
    Objects.requireNonNull(listener, "listener");
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /// Is told of each attempt to put files in force, whatever came of it. Must not wait.
  ///
  /// @return to be closed when nothing is to be told any more
  public Subscription onReload(Consumer<? super Reload<?>> listener) {
    Objects.requireNonNull(listener, "listener");
    return files.onReload(listener);
  }

  /// Is told what modules of pages send with `import.meta.hot.send`. Called on event loops; must
  /// not wait.
  ///
  /// @return to be closed when nothing is to be told any more
  public Subscription onEvent(Consumer<PageEvent> listener) {
    Objects.requireNonNull(listener, "listener");
    events.add(listener);
    return () -> events.remove(listener);
  }

  /// Tells all pages of an event, for which their modules listen with `import.meta.hot.on`.
  ///
  /// @param data what JSON can say: text, a number, a boolean, a `JsonObject` or `JsonArray`, or
  ///   null
  public void send(String event, @Nullable Object data) {
    Objects.requireNonNull(event, "event");
    tell(new JsonObject().put("t", "event").put("event", event).put("data", data).encode());
  }

  /// Shows a message in pages that are connected by LiveReload's clients.
  public void alert(String message) {
    Objects.requireNonNull(message, "message");
    if (following != null) {
      following.sockets().alert(message);
    }
  }

  /// Disconnects all pages, which come back by themselves.
  void disconnect() {
    if (following != null) {
      following.sockets().close();
    }
  }

  // ---- requests

  /// Answers a request.
  ///
  /// @param otherwise answers it where there is nothing for it here; called on the same event loop
  public void handle(HttpServerRequest request, Runnable otherwise) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    if (following != null && hot(request, path, following)) {
      return;
    }
    if (path.startsWith(OWN) || SOCKETS.contains(path)) {
      otherwise.run();
    } else if (upstream != null) {
      upstream.handle(request);
    } else {
      pages.handle(request, () -> nothing(request, path, otherwise));
    }
  }

  /// Somebody looks at an address at which a file will perhaps be some day.
  private void nothing(HttpServerRequest request, String path, Runnable otherwise) {
    Following hot = following;
    boolean looks =
        "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
            && request.method().equals(HttpMethod.GET);
    if (hot == null || !looks || now.tree().files().isEmpty()) {
      otherwise.run();
      return;
    }
    String text = dev.pirn.live.Rendering.plain().render(Problems.nothingThere(path));
    String url = path.endsWith("/") ? path + "index.html" : path;
    Buffer page = hot.pages().document(Pages.plain("Not found", text), url, now.seq(), null, null);
    StaticFiles.headers(request)
        .setStatusCode(404)
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .end(Objects.requireNonNull(page));
  }

  /// Whether pages follow the file at an address.
  boolean follows(String url) {
    return now.tree().get(url) != null;
  }

  private byte[] foreign(HttpServerRequest request, byte[] html, @Nullable String nonce) {
    return following == null ? html : following.pages().foreign(request, html, nonce);
  }

  private boolean hot(HttpServerRequest request, String path, Following hot) {
    if (SOCKETS.contains(path)) {
      hot.sockets().page(request);
    } else if (path.equals("/livereload") && isUpgrade(request)) {
      hot.sockets().liveReload(request);
    } else if (path.equals("/livereload.js")) {
      script(request, "client.js", hot);
    } else if (path.startsWith(OWN)) {
      own(request, path.substring(OWN.length()), hot);
    } else {
      return false;
    }
    return true;
  }

  private static boolean isUpgrade(HttpServerRequest request) {
    return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
  }

  private void own(HttpServerRequest request, String name, Following hot) {
    if (SCRIPT.matcher(name).matches()) {
      script(request, name, hot);
    } else if (!hot.origins().allowed(request)) {
      String origin = String.join(", ", request.headers().getAll("Origin"));
      Problems.refuse(request, 403, Problems.foreignPage(origin));
    } else if (name.equals("token")) {
      shared(request, hot)
          .putHeader("Cache-Control", "no-store")
          .putHeader("Content-Type", "text/plain")
          .end(hot.token());
    } else if (name.equals("served")) {
      String digest = request.getParam("digest");
      Buffer html = digest == null ? null : hot.pages().served(digest);
      if (html == null) {
        Problems.refuse(request, 404, Problems.notKept());
      } else {
        StaticFiles.headers(request)
            .putHeader("Content-Type", "text/html; charset=utf-8")
            .putHeader("Content-Security-Policy", "sandbox")
            .end(html);
      }
    } else {
      Problems.refuse(request, 404, Problems.nothingThere(OWN + name));
    }
  }

  /// One of the client's scripts. They hold nothing that not everybody may know.
  private static void script(HttpServerRequest request, String name, Following hot) {
    Buffer text;
    try (InputStream in = LiveWeb.class.getResourceAsStream("client/" + name)) {
      if (in == null) {
        Problems.refuse(request, 404, Problems.nothingThere(OWN + name));
        return;
      }
      text = Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("a script of the client cannot be read", e);
    }
    String tag = "\"" + Pages.digest(text.getBytes()) + "\"";
    HttpServerResponse response = shared(request, hot).putHeader("ETag", tag);
    if (StaticFiles.isKnown(request, tag)) {
      response.setStatusCode(304).end();
    } else {
      response.putHeader("Content-Type", "text/javascript; charset=utf-8").end(text);
    }
  }

  /// A response that pages of the servers that are named may read, too.
  private static HttpServerResponse shared(HttpServerRequest request, Following hot) {
    HttpServerResponse response = StaticFiles.headers(request).putHeader("Vary", "Origin");
    if (hot.origins().isOther(request)) {
      response
          .putHeader("Access-Control-Allow-Origin", request.getHeader("Origin"))
          .putHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }
    return response;
  }

  /// Whether a request comes from a page of one of the servers that are named, to one of the few
  /// addresses that are for it.
  public boolean isForOthers(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    return following != null
        && following.origins().isOther(request)
        && (SOCKETS.contains(path) || path.startsWith(OWN) || path.startsWith("/livereload"));
  }

  // ---- how things are

  /// What it was opened with.
  public WebOptions options() {
    return options;
  }

  /// How many WebSockets are open.
  public int connections() {
    return following == null ? 0 : following.sockets().count();
  }

  /// What is watched.
  public WatchSpec spec() {
    return spec;
  }

  /// How the files stand.
  public LiveStatus source() {
    return Folders.status(files.status(), now.tree());
  }

  /// What is wrong with the files.
  public List<Diagnostic> diagnostics() {
    return source().diagnostics();
  }

  /// How things are: the seed's `connected_clients` and `enabled`, and more.
  public JsonObject status() {
    Following hot = following;
    Standing standing = now;
    JsonObject status =
        new JsonObject()
            .put("connected_clients", connections())
            .put("enabled", options.live())
            .put("seq", standing.seq())
            .put("files", standing.tree().files().size())
            .put("proxy", options.proxy() == null ? null : String.valueOf(options.proxy()))
            .put("sync", options.sync())
            .put("holdOnErrors", options.holdOnErrors())
            .put("gate", options.gate());
    if (hot == null) {
      return status;
    }
    String tests = hot.gate().said();
    return status
        .put("epoch", hot.epoch())
        .put("told", hot.gate().told().seq())
        .put("pages", new JsonArray(hot.sockets().pages()))
        .put("tests", tests == null ? null : new JsonObject(tests).getString("state"));
  }

  /// The last plans, the newest first, each with what pages did with it.
  public JsonArray timeline() {
    return following == null ? new JsonArray() : following.timeline().json();
  }

  @Override
  public void close() {
    disconnect();
    if (upstream != null) {
      upstream.close();
    }
    files.close();
  }
}
