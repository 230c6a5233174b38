package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A listener that keeps what it is told, with what it then read.
final class Recorder implements ChangeListener {
  private final List<Heard> heard = new ArrayList<>();
  private final List<WatchState> states = new ArrayList<>();

  /// A change and the file's content when it was told.
  record Heard(Change change, String content) {}

  @Override
  public synchronized void onChange(ChangeSet changes) {
    for (Change change : changes.changes()) {
      heard.add(new Heard(change, content(change.path())));
    }
  }

  @Override
  public synchronized void onState(WatchState state) {
    states.add(state);
  }

  /// What was heard since it was last asked.
  synchronized List<Heard> take() {
    List<Heard> now = List.copyOf(heard);
    heard.clear();
    return now;
  }

  synchronized List<Change> changes() {
    return heard.stream().map(Heard::change).toList();
  }

  synchronized List<WatchState> states() {
    return List.copyOf(states);
  }

  static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "(" + e.getClass().getSimpleName() + ")";
    }
  }
}
