package dev.pirn.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// One step of a random program. What it is done to is chosen by its numbers among the names of a
/// small world, so that steps meet often, and a program is still a program when some are left out.
///
/// @param kind what is done
/// @param a chooses a first name
/// @param b chooses a second name
/// @param c chooses a time or a text
record SimulationStep(Kind kind, int a, int b, int c) {
  private static final String[] FOLDERS = {"", "/d", "/e", "/d/e", "/d/f", "/e/d", "/x"};
  private static final String[] FILES = {"a", "b", "c", "a", "b", "t~", ".h", "b\uFFFDd"};

  /// What a step does, and how often it is chosen.
  enum Kind {
    OPEN(6),
    WRITE(6),
    CLOSE(6),
    SAVE(10),
    REPLACE(5),
    DELETE(5),
    RECREATE(4),
    DELETE_ALL(3),
    MAKE_FOLDER(5),
    MAKE_AND_SAVE(4),
    RENAME_FILE(5),
    RENAME_FOLDER(6),
    MOVE_OUT(2),
    MOVE_IN(2),
    LINK_TO(2),
    SWAP_LINK(2),
    HARD_LINK(1),
    FIFO(1),
    CHMOD(2),
    LOCK_FOLDER(1),
    UNLOCK_FOLDER(2),
    TOUCH(2),
    ROOT_AWAY(1),
    ROOT_BACK(2),
    ROOT_DELETED(1),
    ROOT_MADE(1),
    MOMENT(8),
    PAUSE(6),
    LONG_PAUSE(1),
    TURN(22),
    SHAKEN_TURN(8),
    HAND_OVER(3),
    READ(3),
    CONFIRM(3),
    SYNC(2);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }

    /// Whether it changes the disk, and so may come between two calls of the engine.
    boolean writes() {
      return ordinal() < MOMENT.ordinal();
    }
  }

  private static final List<Kind> LOTS = lots();

  private static List<Kind> lots() {
    List<Kind> lots = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 0; i < kind.weight; i++) {
        lots.add(kind);
      }
    }
    return List.copyOf(lots);
  }

  static SimulationStep random(RandomGenerator random) {
    return new SimulationStep(
        LOTS.get(random.nextInt(LOTS.size())),
        random.nextInt(1 << 20),
        random.nextInt(1 << 20),
        random.nextInt(1 << 20));
  }

  String file(int number) {
    return folder(number) + "/" + FILES[(number / FOLDERS.length) % FILES.length];
  }

  String folder(int number) {
    return "/w/r" + FOLDERS[number % FOLDERS.length];
  }

  /// A folder below the root.
  String subfolder(int number) {
    return "/w/r" + FOLDERS[1 + number % (FOLDERS.length - 1)];
  }

  @Override
  public String toString() {
    return switch (kind) {
      case OPEN -> "open " + (c % 3 == 0 ? "" : "truncating ") + file(a) + " as " + b % 3;
      case WRITE -> "write to " + b % 3;
      case CLOSE -> "close " + b % 3;
      case SAVE, TOUCH, CHMOD, FIFO, DELETE, RECREATE, REPLACE, READ ->
          kind.name().toLowerCase(java.util.Locale.ROOT) + " " + file(a);
      case DELETE_ALL, LOCK_FOLDER, UNLOCK_FOLDER, MAKE_FOLDER ->
          kind.name().toLowerCase(java.util.Locale.ROOT) + " " + subfolder(a);
      case MAKE_AND_SAVE -> "mkdir -p and save " + file(a);
      case RENAME_FILE, HARD_LINK -> kind + " " + file(a) + " " + file(b);
      case RENAME_FOLDER -> "mv " + subfolder(a) + " " + subfolder(b);
      case MOVE_OUT -> "mv " + subfolder(a) + " /o/" + b % 2;
      case MOVE_IN -> "mv /o/" + b % 2 + " " + subfolder(a);
      case LINK_TO, SWAP_LINK -> kind + " " + Simulation.target(this) + " " + file(a);
      case MOMENT -> "after " + c % 1000 + " us";
      case PAUSE -> "after " + c % 80 + " ms";
      case LONG_PAUSE -> "after " + c % 8000 + " ms";
      default -> kind.name().toLowerCase(java.util.Locale.ROOT) + " " + a % 8 + " " + b % 20;
    };
  }
}
