package dev.pirn.web;

import dev.pirn.live.Part;
import dev.pirn.web.text.HtmlText;
import dev.pirn.web.text.ModuleText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes what is served follow its files: documents are given the client, modules their
/// `import.meta.hot`, and the addresses that their imports have in the page.
final class Pages {
  /// With it a page asks for a document as it would be served to it.
  static final String DOCUMENT = "X-Pirn-Hot";

  private static final String PROLOGUE =
      "import{hot as __pirn}from\"/@hotreload/hot.js\";"
          + "import.meta.hot=__pirn(import.meta.url);";
  private static final Pattern HOT = Pattern.compile("(?:^|&)hot=([0-9]{1,18})\\.([0-9]{1,18})");
  private static final Set<String> DESTINATIONS = Set.of("document", "iframe", "frame");

  private final String epoch;
  private final String token;
  private final Supplier<Standing> standing;
  private final ServedPages served = new ServedPages();

  /// What is sent instead of a file.
  record Made(Buffer body, String tag) {}

  Pages(String epoch, String token, Supplier<Standing> standing) {
    this.epoch = epoch;
    this.token = token;
    this.standing = standing;
  }

  /// What is sent for a file.
  ///
  /// @return null if it is sent as it is
  @Nullable Made made(HttpServerRequest request, Standing now, Part<WebFile> part) {
    WebFile file = part.value();
    Buffer bytes = file.bytes();
    ModuleText module = file.module();
    if (bytes == null) {
      return null;
    }
    if (module != null) {
      Matcher hot = HOT.matcher(String.valueOf(request.query()));
      Long base = hot.find() ? Long.valueOf(hot.group(1)) : null;
      return module.hot() || base != null ? made(module(file, module, now, base)) : null;
    }
    if (file.kind() == FileKind.HTML && isDocument(request)) {
      Buffer page = document(bytes, file.url(), now.seq(), part.digest(), null);
      return page == null ? null : made(page);
    }
    return null;
  }

  private static Made made(Buffer body) {
    return new Made(body, "\"" + digest(body.getBytes()) + "\"");
  }

  private static Buffer module(WebFile file, ModuleText module, Standing now, @Nullable Long base) {
    String text =
        base == null
            ? String.valueOf(file.bytes())
            : module.withSpecifiers(specifier -> inPage(file, specifier, now, base));
    return Buffer.buffer(module.hot() ? PROLOGUE + text : text);
  }

  /// The address of an import in a page that was served at a `seq`: the plain one, unless something
  /// behind it has changed since.
  private static String inPage(WebFile file, String specifier, Standing now, long base) {
    String url = FileDecoder.path(specifier) ? Urls.resolve(file.url(), specifier) : null;
    long version = url == null || FileKind.of(url) != FileKind.JS ? 0 : now.version(url);
    if (version <= base) {
      return specifier;
    }
    int end = specifier.indexOf('#') < 0 ? specifier.length() : specifier.indexOf('#');
    String query = specifier.substring(0, end).contains("?") ? "&" : "?";
    return specifier.substring(0, end)
        + "%shot=%d.%d".formatted(query, base, version)
        + specifier.substring(end);
  }

  /// Whether a request is for a document, not for what a page does with it.
  static boolean isDocument(HttpServerRequest request) {
    String destination = request.getHeader("Sec-Fetch-Dest");
    return destination == null
        || DESTINATIONS.contains(destination)
        || "document".equals(request.getHeader(DOCUMENT));
  }

  /// A document of another server with the client in it; as it is if it is no whole document.
  byte[] foreign(HttpServerRequest request, byte[] html, @Nullable String nonce) {
    if (!isDocument(request)) {
      return html;
    }
    Buffer bytes = Buffer.buffer(html);
    boolean again = request.method().equals(HttpMethod.GET);
    Buffer page = document(bytes, null, standing.get().seq(), again ? digest(html) : null, nonce);
    return page == null ? html : page.getBytes();
  }

  /// A document with the client in it.
  ///
  /// @param url its address in the tree, or null if it is not of the tree
  /// @param digest of the document, or null if it cannot be asked for again
  /// @return null if it is no whole document
  @Nullable Buffer document(
      Buffer html,
      @Nullable String url,
      long seq,
      @Nullable String digest,
      @Nullable String nonce) {
    StringBuilder tag = new StringBuilder("<script src=\"/@hotreload/client.js\"");
    attribute(tag, "data-key", token);
    attribute(tag, "data-epoch", epoch);
    attribute(tag, "data-seq", String.valueOf(seq));
    attribute(tag, "data-page", url);
    attribute(tag, "data-digest", digest);
    attribute(tag, "nonce", nonce);
    byte[] page = HtmlText.inject(html.getBytes(), tag.append("></script>").toString());
    if (page == null) {
      return null;
    }
    if (digest != null) {
      served.put(digest, html);
    }
    return Buffer.buffer(page);
  }

  private static void attribute(StringBuilder tag, String name, @Nullable String value) {
    if (value != null) {
      String safe = value.replace("&", "&amp;").replace("\"", "&quot;");
      tag.append(' ').append(name).append("=\"").append(safe).append('"');
    }
  }

  /// A document as it was served.
  @Nullable Buffer served(String digest) {
    return served.get(digest);
  }

  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The text of a page of our own, such as that nothing is at an address.
  static Buffer plain(String title, String text) {
    String safe = text.replace("&", "&amp;").replace("<", "&lt;");
    return Buffer.buffer(
        """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>%s</title></head>
        <body><pre>%s</pre></body>
        </html>
        """
            .formatted(title, safe),
        StandardCharsets.UTF_8.name());
  }
}
