package dev.pirn.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Documents as they were served, for pages that want to know what they began as. The one that
/// nobody has asked for longest goes first.
///
/// **Threading.** All methods may be called by any thread.
final class ServedPages {
  static final int MOST = 64;
  static final long MOST_BYTES = 16L * 1024 * 1024;

  @GuardedBy("this")
  private final LinkedHashMap<String, Buffer> pages = new LinkedHashMap<>();

  @GuardedBy("this")
  private long bytes;

  synchronized void put(String digest, Buffer html) {
    Buffer known = pages.putLast(digest, html);
    bytes += html.length() - (known == null ? 0 : known.length());
    while (pages.size() > MOST || (bytes > MOST_BYTES && pages.size() > 1)) {
      bytes -= pages.pollFirstEntry().getValue().length();
    }
  }

  synchronized @Nullable Buffer get(String digest) {
    Buffer html = pages.get(digest);
    if (html != null) {
      pages.putLast(digest, html);
    }
    return html;
  }
}
