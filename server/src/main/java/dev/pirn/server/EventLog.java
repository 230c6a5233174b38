package dev.pirn.server;

import com.google.errorprone.annotations.ThreadSafe;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Everything that happened since the server was started, as far as it is kept.
///
/// Entries are numbered from 1 without a gap. The oldest are given up beyond a number of entries or
/// of bytes; a reader who comes too late for them is told so. Readers keep a position of their own
/// and ask: whoever appends never waits for them, and keeps nothing for them.
///
/// As the numbers start anew with each server, they count only together with [#boot].
@ThreadSafe
final class EventLog {
  /// How many entries are kept unless said otherwise.
  static final int MOST_ENTRIES = 10_000;

  /// How many bytes of entries are kept unless said otherwise.
  static final long MOST_BYTES = 16L * 1024 * 1024;

  private final String boot = HexFormat.of().formatHex(random());
  private final InstantSource clock;
  private final long mostBytes;
  private final List<Runnable> wakers = new CopyOnWriteArrayList<>();

  @GuardedBy("this")
  private final @Nullable Entry[] ring;

  @GuardedBy("this")
  private long first = 1;

  @GuardedBy("this")
  private long last;

  @GuardedBy("this")
  private long bytes;

  /// One entry.
  ///
  /// @param json the whole entry, encoded
  record Entry(long seq, String type, String json) {}

  /// What a reader gets.
  ///
  /// @param entries at most as many as were asked for, in order
  /// @param missed whether entries before the first of these are no longer kept
  /// @param next the position from which to read on
  record Batch(List<Entry> entries, boolean missed, long next) {}

  EventLog(int mostEntries, long mostBytes, InstantSource clock) {
    this.ring = new Entry[mostEntries];
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  EventLog() {
    this(MOST_ENTRIES, MOST_BYTES, InstantSource.system());
  }

  private static byte[] random() {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    return random;
  }

  /// What tells this log from that of another run of the server.
  String boot() {
    return boot;
  }

  /// Adds an entry, and wakes the readers.
  ///
  /// @param type such as `pattern.create`
  /// @param source what it is about, such as `patterns`
  /// @param details what else is known of it
  void append(String type, String source, JsonObject details) {
    synchronized (this) {
      long seq = last + 1;
      // Taken under the lock, so that times never go backwards within the log unless the clock
      // does.
      JsonObject json =
          new JsonObject()
              .put("seq", seq)
              .put("time", clock.instant().truncatedTo(ChronoUnit.MICROS).toString())
              .put("type", type)
              .put("source", source)
              .mergeIn(details);
      add(new Entry(seq, type, json.encode()));
    }
    wakers.forEach(Runnable::run);
  }

  @GuardedBy("this")
  private void add(Entry entry) {
    if (entry.seq - first >= ring.length) {
      giveUpOldest();
    }
    ring[slot(entry.seq)] = entry;
    last = entry.seq;
    bytes += size(entry);
    while (bytes > mostBytes && first < last) {
      giveUpOldest();
    }
  }

  @GuardedBy("this")
  private void giveUpOldest() {
    Entry oldest = Objects.requireNonNull(ring[slot(first)], "kept");
    ring[slot(first)] = null;
    bytes -= size(oldest);
    first++;
  }

  @GuardedBy("this")
  private int slot(long seq) {
    return (int) (seq % ring.length);
  }

  private static int size(Entry entry) {
    return entry.json.length();
  }

  /// The entries after a position.
  ///
  /// @param after the number of the last entry that the reader has
  /// @param most how many to give at most
  synchronized Batch read(long after, int most) {
    boolean missed = after + 1 < first || after > last;
    long from = missed ? first : after + 1;
    List<Entry> entries = new ArrayList<>();
    for (long seq = from; seq <= last && entries.size() < most; seq++) {
      entries.add(Objects.requireNonNull(ring[slot(seq)], "kept"));
    }
    return new Batch(entries, missed, from - 1 + entries.size());
  }

  /// The number of the oldest entry that is kept; one more than the last if there is none.
  synchronized long first() {
    return first;
  }

  /// The number of the newest entry; 0 if there has been none.
  synchronized long last() {
    return last;
  }

  /// How many entries are kept at most.
  synchronized int capacity() {
    return ring.length;
  }

  /// What a reader is told instead of the entries that it missed. It takes the place of the last of
  /// these, so that a reader who goes on from there misses nothing more.
  ///
  /// @param asked the position from which the reader wanted to go on
  /// @param next the entry with which it can go on
  Entry resync(long asked, long next) {
    JsonObject json =
        new JsonObject()
            .put("seq", next - 1)
            .put("time", clock.instant().truncatedTo(ChronoUnit.MICROS).toString())
            .put("type", "resync")
            .put("source", "events")
            .put("from", asked)
            .put("next", next)
            .put("boot", boot);
    return new Entry(next - 1, "resync", json.encode());
  }

  /// Calls something after each entry that is added. It must return at once and must not throw.
  ///
  /// @return ends it
  Runnable onAppend(Runnable waker) {
    wakers.add(waker);
    return () -> wakers.remove(waker);
  }

  /// How many are woken by new entries.
  int readers() {
    return wakers.size();
  }
}
