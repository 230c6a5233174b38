package dev.pirn.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/// The last plans, and what each page did with them.
///
/// **Threading.** All methods may be called by any thread.
final class Timeline {
  static final int MOST_PLANS = 200;
  static final int MOST_OUTCOMES = 50;
  static final int MOST_FILES = 20;

  @GuardedBy("this")
  private final Deque<Entry> entries = new ArrayDeque<>();

  /// What one page did with a plan.
  ///
  /// @param page the page's number
  /// @param url where it was
  /// @param how what it did
  /// @param milliseconds how long it took, until it was to be seen
  /// @param why why it did that
  record Outcome(String page, String url, String how, double milliseconds, String why) {
    JsonObject json() {
      return new JsonObject()
          .put("page", page)
          .put("url", url)
          .put("how", how)
          .put("ms", milliseconds)
          .put("why", why);
    }
  }

  private record Entry(Plan plan, Instant time, List<Outcome> outcomes) {
    JsonObject json() {
      JsonArray files = new JsonArray();
      plan.files().stream().limit(MOST_FILES).forEach(file -> files.add(file.json()));
      JsonArray pages = new JsonArray();
      outcomes.forEach(outcome -> pages.add(outcome.json()));
      JsonObject json =
          new JsonObject()
              .put("seq", plan.seq())
              .put("time", time.toString())
              .put("count", plan.files().size())
              .put("files", files)
              .put("pages", pages);
      String reload = plan.reload();
      return reload == null ? json : json.put("reload", reload);
    }
  }

  synchronized void add(Plan plan) {
    entries.addLast(new Entry(plan, Instant.now(), new ArrayList<>()));
    if (entries.size() > MOST_PLANS) {
      entries.removeFirst();
    }
  }

  /// A page has done something with the plan of a `seq`, and all before that it was told with it.
  synchronized void done(long seq, Outcome outcome) {
    for (Iterator<Entry> each = entries.descendingIterator(); each.hasNext(); ) {
      Entry entry = each.next();
      if (entry.plan().seq() <= seq) {
        if (entry.outcomes().size() < MOST_OUTCOMES) {
          entry.outcomes().add(outcome);
        }
        return;
      }
    }
  }

  /// The newest first.
  synchronized JsonArray json() {
    JsonArray all = new JsonArray();
    entries.descendingIterator().forEachRemaining(entry -> all.add(entry.json()));
    return all;
  }
}
