package dev.pirn.watch;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// When files are to be looked at again. Setting a later time costs nothing: it is taken up when
/// the earlier one comes. Belongs to the reader thread.
final class Timers {
  private final PriorityQueue<Timer> queue =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at));

  private record Timer(long at, Tracked file) {}

  void set(Tracked file, long deadline) {
    file.deadline = deadline;
    if (deadline < file.queued) {
      file.queued = deadline;
      queue.add(new Timer(deadline, file));
    }
  }

  void stop(Tracked file) {
    file.deadline = Long.MAX_VALUE;
  }

  /// When the first file is due; [Long#MAX_VALUE] for never.
  long next() {
    Timer timer = queue.peek();
    return timer == null ? Long.MAX_VALUE : timer.at;
  }

  /// The next file whose time has come, with its timer stopped; null when there is none.
  @Nullable Tracked due(long now) {
    for (Timer timer = queue.peek(); timer != null && timer.at <= now; timer = queue.peek()) {
      queue.poll();
      Tracked file = timer.file;
      if (timer.at == file.queued) {
        file.queued = Long.MAX_VALUE;
      }
      if (file.deadline <= now) {
        file.deadline = Long.MAX_VALUE;
        return file;
      }
      if (file.deadline < file.queued) {
        set(file, file.deadline);
      }
    }
    return null;
  }
}
