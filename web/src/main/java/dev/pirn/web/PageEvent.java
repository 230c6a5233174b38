package dev.pirn.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a module of a page has sent with `import.meta.hot.send`. Only pages of ours are heard, but
/// what they send is whatever their scripts like.
///
/// @param page the number of the page
/// @param url the path of the page
/// @param name the event's name, at most 500 characters
/// @param data what came with it: text, a number, a boolean, a `JsonObject` or `JsonArray`, or null
public record PageEvent(String page, String url, String name, @Nullable Object data) {
  public PageEvent {
    Objects.requireNonNull(page, "page");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(name, "name");
  }
}
