package dev.pirn.watch;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was moved away and may be told of at its new place next. A kernel reports the two halves of
/// a rename one after the other, but they may come in two turns. Belongs to the reader thread.
final class Moves {
  private final Map<Integer, Move> open = new HashMap<>();

  /// One first half: a folder or a file.
  private record Move(@Nullable Folder folder, @Nullable Tracked file, int turn) {}

  boolean isEmpty() {
    return open.isEmpty();
  }

  void left(int cookie, Folder folder, int turn) {
    open.put(cookie, new Move(folder, null, turn));
  }

  void left(int cookie, Tracked file, int turn) {
    open.put(cookie, new Move(null, file, turn));
  }

  /// The folder that arrives with a cookie; null when it comes from elsewhere.
  @Nullable Folder folder(int cookie) {
    Move move = open.isEmpty() ? null : open.remove(cookie);
    return move == null ? null : move.folder;
  }

  /// The file that arrives with a cookie; null when it comes from elsewhere, or its old place is
  /// taken again.
  @Nullable Tracked file(int cookie) {
    Move move = open.isEmpty() ? null : open.remove(cookie);
    Tracked file = move == null ? null : move.file;
    return file != null && file.phase == Tracked.Phase.GONE ? file : null;
  }

  /// Forgets that a folder was moved away; whether it was.
  boolean forget(Folder folder) {
    return !open.isEmpty() && open.values().removeIf(move -> folder.equals(move.folder));
  }

  /// Gives up on new places that were not told by the turn after the move: they are out of sight.
  void end(int turn, Consumer<Folder> outside) {
    if (open.isEmpty()) {
      return;
    }
    for (Iterator<Move> all = open.values().iterator(); all.hasNext(); ) {
      Move move = all.next();
      if (move.turn < turn) {
        all.remove();
        if (move.folder != null) {
          outside.accept(move.folder);
        }
      }
    }
  }

  void clear() {
    open.clear();
  }
}
