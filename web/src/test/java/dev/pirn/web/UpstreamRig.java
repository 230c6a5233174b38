package dev.pirn.web;

import dev.pirn.web.text.HtmlText;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocketClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Somebody's server, this one in front of it, and who asks.
final class UpstreamRig implements AfterEachCallback {
  static final String PAGE = "<!doctype html><html><head><title>x</title></head><p>ü</html>";
  static final String SHOWN = PAGE.replace("<title>", "<script nonce=null></script><title>");

  /// After which the server in front takes a client that says nothing for gone.
  int idleSeconds = 60;

  /// How often it keeps WebSockets open.
  long pongMillis = Upstream.PONG_MILLIS;

  final Vertx vertx = Vertx.vertx();
  final HttpClient client = vertx.createHttpClient();
  final WebSocketClient sockets = vertx.createWebSocketClient();

  /// What the upstream was asked.
  final List<MultiMap> asked = new CopyOnWriteArrayList<>();

  private final List<AutoCloseable> open = new ArrayList<>();
  int upstreamPort;
  int port;

  record Answer(int status, MultiMap headers, Buffer body) {
    String text() {
      return body.toString(StandardCharsets.UTF_8);
    }

    @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  /// What a server does on a connection, with nobody in between.
  @FunctionalInterface
  interface Script {
    void run(InputStream in, OutputStream out) throws IOException;
  }

  static <T> T done(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Starts a server in front of the address.
  UpstreamRig before(URI target, long millis) {
    Upstream upstream =
        new Upstream(
            vertx,
            target,
            (_, html, nonce) -> {
              byte[] page = HtmlText.inject(html, "<script nonce=" + nonce + "></script>");
              return page == null ? html : page;
            },
            millis,
            pongMillis);
    open.add(upstream);
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setIdleTimeout(idleSeconds))
            .requestHandler(request -> {
              request.response().putHeader("X-Content-Type-Options", "nosniff");
              upstream.handle(request);
            });
    port = done(server.listen(0, "127.0.0.1")).actualPort();
    return this;
  }

  UpstreamRig before(String target) {
    return before(URI.create(target), Upstream.DOCUMENT_MILLIS);
  }

  UpstreamRig beforeUpstream() {
    return before("http://127.0.0.1:" + upstreamPort);
  }

  HttpServer upstream(int port, Handler<HttpServerRequest> handler) {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("vite-hmr"))
            .requestHandler(request -> {
              asked.add(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
              handler.handle(request);
            });
    upstreamPort = done(server.listen(port, "127.0.0.1")).actualPort();
    return server;
  }

  /// Starts a server, and this one in front of it.
  UpstreamRig with(Handler<HttpServerRequest> handler) {
    upstream(0, handler);
    return beforeUpstream();
  }

  /// Starts a server that does to each connection what the script says.
  UpstreamRig withScript(Script script) throws IOException {
    return withSocket(socket -> script.run(socket.getInputStream(), socket.getOutputStream()));
  }

  /// What a server does to a connection, before it closes it.
  @FunctionalInterface
  interface Ending {
    void run(Socket socket) throws IOException;
  }

  UpstreamRig withSocket(Ending script) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    open.add(server);
    upstreamPort = server.getLocalPort();
    Thread.ofVirtual().start(() -> accept(server, script));
    return this;
  }

  private void accept(ServerSocket server, Ending script) {
    while (true) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual()
            .start(() -> {
              try (socket) {
                head(socket.getInputStream());
                script.run(socket);
              } catch (IOException _) {
                // The other end left, which is what some scripts wait for.
              }
            });
      } catch (IOException _) {
        return;
      }
    }
  }

  /// Reads up to the empty line.
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("ended after: " + head);
      }
      head.append((char) c);
    }
    return head.toString();
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /// A client that sends exactly this.
  Socket send(String text) throws IOException {
    return send(text, 1 << 16);
  }

  /// @param buffer how many bytes it takes before it reads them, about
  Socket send(String text, int buffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(buffer);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(20_000);
    write(socket.getOutputStream(), text);
    return socket;
  }

  Answer get(String path, String... headers) {
    return ask(HttpMethod.GET, path, Buffer.buffer(), headers);
  }

  Answer ask(HttpMethod method, String path, Buffer body, String... headers) {
    return done(
        asked(
            method,
            path,
            body,
            answer ->
                answer
                    .body()
                    .map(bytes -> new Answer(answer.statusCode(), answer.headers(), bytes)),
            headers));
  }

  /// @param then what is done on the event loop, as soon as the answer begins
  <T> Future<T> asked(
      HttpMethod method,
      String path,
      Buffer body,
      Function<HttpClientResponse, Future<T>> then,
      String... headers) {
    return client
        .request(method, port, "127.0.0.1", path)
        .compose(request -> {
          for (int i = 0; i < headers.length; i += 2) {
            request.headers().add(headers[i], headers[i + 1]);
          }
          return (body.length() == 0 ? request.send() : request.send(body)).compose(then);
        });
  }

  /// Ends what is in front, and what is no server of Vert.x.
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    close();
    done(vertx.close());
  }
}
