package dev.pirn.agents.front;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why the front answers a request itself.
///
/// @param status the status
/// @param kind the last part of the problem's type
/// @param detail what happened, and whether anything of the request reached a process
/// @param retryAfter when to try again, if that helps
record Refusal(int status, String kind, String detail, @Nullable Duration retryAfter) {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:%\\[\\]-]*");

  static Refusal heldTooLong(Duration limit, boolean sent) {
    return new Refusal(
        503,
        "held-too-long",
        "the agent was not ready within %s; %s"
            .formatted(
                text(limit),
                sent
                    ? "the request may have begun, and is one that changes nothing"
                    : "nothing of the request reached it"),
        SOON);
  }

  static Refusal tooManyHeld(int most) {
    return new Refusal(
        503,
        "too-many-held",
        "as many requests as may wait for the agent do so already (%,d, or too many bytes); nothing of this one reached it"
            .formatted(most),
        SOON);
  }

  static Refusal refused(String reason, Duration retryAfter) {
    return new Refusal(
        503, "agent-unavailable", reason + "; nothing of the request reached it", retryAfter);
  }

  static Refusal noRoom(String reason) {
    return new Refusal(503, "no-room", "the body could not be kept: " + reason, SOON);
  }

  static Refusal mayHaveRun() {
    return new Refusal(
        502,
        "may-have-run",
        "the connection to the agent broke after the request was sent and before it was answered; it may have been carried out, and is not repeated",
        null);
  }

  static Refusal broken(int times) {
    return new Refusal(
        502,
        "agent-broke-off",
        "the connection to the agent broke before it had answered, %d times in a row"
            .formatted(times),
        null);
  }

  static Refusal badAnswer() {
    return new Refusal(
        502, "bad-answer", "the agent switched protocols, which nobody had asked for", null);
  }

  static Refusal tooLarge(long most) {
    return new Refusal(
        413, "body-too-large", "the body is larger than %,d bytes".formatted(most), null);
  }

  private static Refusal bad(String detail) {
    return new Refusal(400, "bad-request", detail, null);
  }

  /// What is wrong with the head of a request, or null. A request that two programs could take for
  /// two different ones is refused.
  static @Nullable Refusal ofHead(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("Host");
    if (hosts.size() > 1) {
      return bad("there is more than one \"Host\"");
    }
    if (hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_1) {
      return bad("there is no \"Host\"");
    }
    String host = Headers.hostOf(request);
    if (host != null && !HOST.matcher(host).matches()) {
      return bad("the host of the request is none");
    }
    List<String> encodings = request.headers().getAll("Transfer-Encoding");
    if (!encodings.isEmpty()) {
      if (request.headers().contains("Content-Length")) {
        return bad("there are both \"Content-Length\" and \"Transfer-Encoding\"");
      }
      if (request.version() != HttpVersion.HTTP_1_1) {
        return bad("\"Transfer-Encoding\" is not known in HTTP/1.0");
      }
      if (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
        return new Refusal(
            501, "bad-encoding", "\"Transfer-Encoding\" may be \"chunked\" only", null);
      }
    }
    String expect = request.getHeader("Expect");
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      return new Refusal(417, "bad-expectation", "only \"100-continue\" can be expected", null);
    }
    if (request.method().name().equals("CONNECT")) {
      return new Refusal(501, "no-tunnel", "this is no proxy for other addresses", null);
    }
    return null;
  }

  /// Whether it is about what the client asked, and not about the agent.
  boolean clients() {
    return status <= 501;
  }

  /// What a status is called.
  String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 417 -> "Expectation Failed";
      case 431 -> "Request Header Fields Too Large";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      default -> "Service Unavailable";
    };
  }

  /// What could not be read as a request.
  static Refusal unreadable(String decoderResult) {
    // Names the exception of Netty, whose modules this one does not read.
    if (decoderResult.contains("TooLongHttpLine")) {
      return new Refusal(414, "uri-too-long", "the first line is too long", null);
    }
    if (decoderResult.contains("TooLong")) {
      return new Refusal(431, "headers-too-large", "the headers are too large", null);
    }
    return bad("this is no HTTP/1.1 request");
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1_000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
