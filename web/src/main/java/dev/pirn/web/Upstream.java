package dev.pirn.web;

import dev.pirn.live.Diagnostic;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.ReadStream;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Somebody's own server behind this one: what it answers is passed on, and its documents with
/// something of ours in them.
///
/// Only documents are read to their end before they are passed on, and only if they end soon and
/// are not too large. Everything else streams through unchanged, in both directions, no faster than
/// it is taken.
///
/// **Threading.** Each request is confined to its event loop, on which [Documents] is called too.
final class Upstream implements AutoCloseable {
  /// What is done to documents.
  @FunctionalInterface
  interface Documents {
    /// Called for a whole HTML answer to a request for a document, whatever its status, and for the
    /// one that stands in for an upstream that does not answer.
    ///
    /// @param nonce of the answer's policy for scripts, if it has one
    /// @return the document with something in it, or the same one
    byte[] served(HttpServerRequest request, byte[] html, @Nullable String nonce);
  }

  static final int MOST_DOCUMENT_BYTES = 8 * 1024 * 1024;
  static final long DOCUMENT_MILLIS = 10_000;

  /// More often than the port takes a client that says nothing for gone.
  static final long PONG_MILLIS = 15_000;

  private static final int MOST_CONNECTIONS = 1_000;

  /// What is not true any more of a body that was changed.
  private static final List<String> OF_THE_BODY =
      List.of(
          "Content-Encoding",
          "Content-Length",
          "ETag",
          "Last-Modified",
          "Accept-Ranges",
          "Content-MD5",
          "Digest",
          "Content-Digest",
          "Repr-Digest");

  private static final String CACHE_CONTROL = "Cache-Control";
  private static final String KEPT_CACHE_CONTROL = "X-Pirn-Cache-Control";

  private final Vertx vertx;
  private final UpstreamAddress address;
  private final Documents documents;
  private final long millis;
  private final long pongMillis;
  private final HttpClient client;
  private final HttpProxy proxy;

  Upstream(Vertx vertx, URI target, Documents documents) {
    this(vertx, target, documents, DOCUMENT_MILLIS, PONG_MILLIS);
  }

  /// @param millis how long a document may take to come
  /// @param pongMillis how often a WebSocket is kept open
  Upstream(Vertx vertx, URI target, Documents documents, long millis, long pongMillis) {
    this.vertx = vertx;
    this.millis = millis;
    this.pongMillis = pongMillis;
    this.address = new UpstreamAddress(target);
    this.documents = documents;
    // An event stream holds its connection for as long as its page is open.
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS);
    client = vertx.createHttpClient(address.options(), pool);
    proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(_ -> connectOnce())
            .addInterceptor(
                new ProxyInterceptor() {
                  @Override
                  public Future<ProxyResponse> handleProxyRequest(ProxyContext exchange) {
                    return ask(exchange);
                  }

                  @Override
                  public Future<Void> handleProxyResponse(ProxyContext exchange) {
                    return answer(exchange);
                  }
                });
  }

  /// Passes on a request; its body must not have been touched.
  void handle(HttpServerRequest request) {
    if (address.hasPassed(request)) {
      Problems.refuse(request, 508, UpstreamProblems.loop(address.origin()));
      return;
    }
    // What this server says of its own answers does not hold for somebody else's.
    request.response().headers().clear();
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      var _ = request.response().writeContinue();
    }
    if (request.canUpgradeToWebSocket()) {
      new UpstreamSocket(vertx, address, request, pongMillis)
          .open(connect())
          .onFailure(cause -> refuse(request, cause));
    } else {
      proxy.handle(request);
    }
  }

  private Future<HttpClientRequest> connect() {
    List<RequestOptions> ways = address.ways();
    Future<HttpClientRequest> connected = client.request(ways.getFirst());
    return (ways.size() == 1 ? connected : connected.recover(_ -> client.request(ways.getLast())))
        .map(request -> {
          // Whoever asked is told of what fails; the log would only repeat it.
          request.connection().exceptionHandler(_ -> {});
          return request.exceptionHandler(_ -> {}).authority(address.authority());
        });
  }

  private Future<HttpClientRequest> connectOnce() {
    return connect()
        .map(request -> {
          // The proxy reads it although it keeps nothing, and fails for what it does not
          // understand.
          request
              .response()
              .onSuccess(answer -> move(answer.headers(), CACHE_CONTROL, KEPT_CACHE_CONTROL));
          // One that is kept might have just been closed, and the next request would fail for it.
          return request.putHeader("Connection", "close");
        });
  }

  private static void move(MultiMap headers, String from, String to) {
    List<String> values = List.copyOf(headers.getAll(from));
    if (!values.isEmpty()) {
      headers.remove(from).set(to, values);
    }
  }

  private Future<ProxyResponse> ask(ProxyContext exchange) {
    HttpServerRequest request = exchange.request().proxiedRequest();
    MultiMap headers = exchange.request().headers();
    address.toUpstream(request, headers);
    if (Pages.isDocument(request)) {
      headers.set("Accept-Encoding", "identity");
    }
    return exchange
        .sendRequest()
        .recover(cause ->
            Future.succeededFuture(
                noAnswer(request, exchange.request().release().response(), cause)));
  }

  private Future<Void> answer(ProxyContext exchange) {
    ProxyResponse response = exchange.response();
    HttpClientResponse answer = response.proxiedResponse();
    if (answer == null) {
      return exchange.sendResponse();
    }
    Body body = response.getBody();
    body(response, new WholeStream(vertx, body.stream()), body.length());
    HttpServerRequest request = exchange.request().proxiedRequest();
    move(response.headers(), KEPT_CACHE_CONTROL, CACHE_CONTROL);
    address.toClient(request, response.headers());
    if (!mayBeChanged(request, response)) {
      return sendUnchanged(exchange);
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      // What a GET would be answered is not known.
      OF_THE_BODY.forEach(response.headers()::remove);
      body(response, response.getBody().stream(), -1);
      return exchange.sendResponse();
    }
    return Replay.read(vertx, response.getBody().stream(), MOST_DOCUMENT_BYTES, millis)
        .transform(read -> {
          if (read.failed()) {
            answer.resume();
            noAnswer(request, response, read.cause());
          } else {
            document(request, response, read.result());
          }
          return exchange.sendResponse();
        });
  }

  private static Future<Void> sendUnchanged(ProxyContext exchange) {
    ProxyResponse response = exchange.response();
    int status = response.getStatusCode();
    if (status == 204 || status == 304) {
      response.proxiedResponse().resume();
      withoutBody(response);
    }
    return exchange.sendResponse();
  }

  private static void withoutBody(ProxyResponse response) {
    response.proxiedResponse().headers().remove("Content-Length");
    // With a message of its own, Vert.x does not know a 304 from what has a body.
    response.setStatusMessage(null).setBody(null);
  }

  private static boolean mayBeChanged(HttpServerRequest request, ProxyResponse response) {
    int status = response.getStatusCode();
    MultiMap headers = response.headers();
    String type = headers.get("Content-Type");
    String disposition = headers.get("Content-Disposition");
    return Pages.isDocument(request)
        && status != 204
        && status != 206
        && status != 304
        && type != null
        && type.split(";", 2)[0].strip().equalsIgnoreCase("text/html")
        && (disposition == null
            || !disposition.strip().toLowerCase(Locale.ROOT).startsWith("attachment"))
        && response.getBody().length() <= MOST_DOCUMENT_BYTES;
  }

  private void document(HttpServerRequest request, ProxyResponse response, Replay read) {
    Buffer whole = read.whole();
    if (whole == null) {
      body(response, read, response.getBody().length());
      return;
    }
    MultiMap headers = response.headers();
    byte[] html =
        ContentCoding.decode(
            whole.getBytes(), headers.get("Content-Encoding"), MOST_DOCUMENT_BYTES);
    byte[] page = html == null ? null : documents.served(request, html, ScriptNonce.of(headers));
    if (html == null || page == null || Arrays.equals(html, page)) {
      body(response, read, whole.length());
      return;
    }
    OF_THE_BODY.forEach(headers::remove);
    String etag = "\"" + Pages.digest(page) + "\"";
    boolean tagged = response.getStatusCode() == 200 && request.method().equals(HttpMethod.GET);
    if (tagged) {
      headers.set("ETag", etag);
    }
    if (tagged && knows(request, etag)) {
      withoutBody(response.setStatusCode(304));
    } else {
      body(response, Replay.of(Buffer.buffer(page)), page.length);
    }
  }

  private static void body(ProxyResponse response, ReadStream<Buffer> stream, long length) {
    response.setBody(Body.body(stream, length, response.getBody().mediaType()));
  }

  private static boolean knows(HttpServerRequest request, String etag) {
    return request.headers().getAll("If-None-Match").stream()
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .map(one -> one.strip().replaceFirst("^W/", ""))
        .anyMatch(one -> one.equals(etag) || one.equals("*"));
  }

  /// What is said in place of the upstream: to a browser by a page, which then looks after itself.
  private ProxyResponse noAnswer(
      HttpServerRequest request, ProxyResponse response, Throwable cause) {
    Diagnostic problem = UpstreamProblems.noAnswer(address.origin(), cause);
    String accepted = String.valueOf(request.getHeader("Accept"));
    boolean page = Pages.isDocument(request) && accepted.contains("text/html");
    Buffer body =
        page
            ? Buffer.buffer(
                documents.served(request, UpstreamProblems.page(problem).getBytes(), null))
            : UpstreamProblems.json(problem);
    response.headers().clear();
    response.headers().set("Retry-After", "1").set(CACHE_CONTROL, "no-store");
    return response
        .setStatusCode(UpstreamProblems.STATUS)
        .setStatusMessage(UpstreamProblems.TITLE)
        .setBody(
            Body.body(
                Replay.of(body),
                body.length(),
                page ? "text/html; charset=utf-8" : "application/problem+json"));
  }

  private void refuse(HttpServerRequest request, Throwable cause) {
    HttpServerResponse response = request.resume().response();
    var _ =
        response
            .setStatusCode(UpstreamProblems.STATUS)
            .putHeader("Content-Type", "application/problem+json")
            .putHeader("Retry-After", "1")
            .end(UpstreamProblems.json(UpstreamProblems.noAnswer(address.origin(), cause)));
  }

  /// Ends what is under way.
  @Override
  public void close() {
    var _ = client.close();
  }
}
