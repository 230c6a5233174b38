package dev.pirn.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One run of a random program against the engine: several writers on a simulated disk, an engine
/// that is stopped between any two of its calls while they go on, and two subscriptions, the second
/// with a slow listener. [SimulationOracle] says what must hold.
final class Simulation {
  /// How often a reader looks again at what is at rest.
  private static final int LOOKS = 5;

  private final List<SimulationStep> steps;
  private final SimulatedClock clock;
  private final SimulatedDisk disk;
  private final SimulatedKernel kernel;
  private final Engine engine;
  private final Watch watch;
  private final Delivery delivery;
  private final Watch second;
  private final Delivery slow;
  private final SimulationOracle oracle;
  private final SimulatedDisk.@Nullable Writer[] writers = new SimulatedDisk.@Nullable Writer[3];
  private int next;
  private int texts;
  private int callsLeft = -1;
  private int shakes;

  Simulation(long seed, List<SimulationStep> steps) {
    this.steps = steps;
    Random random = new Random(seed);
    this.clock = new SimulatedClock(random.nextInt(3) == 0 ? 4_000_000 : 1);
    this.disk = new SimulatedDisk(clock);
    int queue = random.nextInt(4) == 0 ? 1 + random.nextInt(12) : 16_384;
    int watches = random.nextInt(12) == 0 ? 3 + random.nextInt(6) : 8_192;
    this.kernel = new SimulatedKernel(clock, disk, queue, watches);
    disk.mkdirs("/w/r/d/e");
    disk.mkdirs("/o");
    disk.save("/w/r/a", "old");
    disk.save("/w/r/d/b", "old");
    disk.save("/w/r/d/e/c", "old");
    disk.save("/o/target", "far");
    // What happened long ago needs no second look, what happened just now does.
    clock.advance(random.nextBoolean() ? 10_000_000_000L : 1_000_000L);
    kernel.take();
    this.engine = new Engine(kernel, disk, clock, Duration.ofMillis(500));
    this.oracle = new SimulationOracle(disk, clock, kernel);
    WatchSpec spec = WatchSpec.tree(Path.of("/w/r")).exclude("x/**");
    this.delivery = delivery(oracle::told);
    this.watch = new Watch(engine, spec, delivery, List.of());
    WatchSpec other =
        random.nextBoolean()
            ? WatchSpec.trees(List.of(Path.of("/w/r/d"), Path.of("/w/r/e"))).include("**/*[ab]")
            : WatchSpec.tree(Path.of("/w/r")).debounce(Duration.ofMillis(40));
    this.slow = delivery(oracle::toldLate);
    this.second = new Watch(engine, other, slow, List.of());
    oracle.watches(watch, spec, second, other);
    disk.atCall(this::shake);
    if (random.nextInt(4) == 0) {
      disk.beforeWord(oracle::readEarly);
    }
  }

  private static Delivery delivery(ChangeListener listener) {
    return new Delivery(
        listener,
        _ ->
            new Thread() {
              @Override
              public void start() {
                // The simulation hands over itself.
              }
            });
  }

  static String target(SimulationStep step) {
    return switch (step.b() % 5) {
      case 0 -> "/o/target";
      case 1 -> "a";
      case 2 -> "../a";
      case 3 -> "/w/r/d";
      default -> "nowhere";
    };
  }

  /// Runs the program, then lets everything come to rest, and compares.
  void run() {
    engine.post(() -> engine.subscribe(watch));
    engine.post(() -> engine.subscribe(second));
    turn();
    while (engine.turnNumber() < 50 && !oracle.begun()) {
      turn();
    }
    while (next < steps.size()) {
      step(steps.get(next++));
    }
    end();
  }

  private void step(SimulationStep step) {
    switch (step.kind()) {
      case TURN -> turn();
      case SHAKEN_TURN -> {
        callsLeft = step.b() % 20;
        shakes = 1 + step.a() % 8;
        turn();
        callsLeft = -1;
      }
      case HAND_OVER -> handOverLate();
      case MOMENT -> clock.advance(step.c() % 1000 * 1000L);
      case PAUSE -> clock.advance(step.c() % 80 * 1_000_000L);
      case LONG_PAUSE -> clock.advance(step.c() % 8000 * 1_000_000L);
      case READ -> oracle.read(step.file(step.a()));
      case CONFIRM -> oracle.confirm();
      case SYNC -> {
        SimulationOracle.Snapshot before = oracle.snapshot();
        engine.whenSettled(watch, reached -> oracle.reached(before, reached));
      }
      default -> write(step);
    }
  }

  /// Lets some steps of the program happen in the middle of a turn.
  private void shake() {
    if (callsLeft >= 0 && callsLeft-- == 0) {
      for (int i = 0; i < shakes && next < steps.size() && steps.get(next).kind().writes(); i++) {
        oracle.shaken();
        write(steps.get(next++));
      }
    }
  }

  private String text(SimulationStep step) {
    // Some texts have the same length, so that only the time tells them apart.
    return (step.c() % 2 == 0 ? "t" : "text ") + 1000 + texts++ % 1000;
  }

  private void write(SimulationStep step) {
    String file = step.file(step.a());
    String folder = step.subfolder(step.a());
    int hand = step.b() % 3;
    switch (step.kind()) {
      case OPEN -> {
        close(hand);
        writers[hand] = disk.open(file, step.c() % 3 != 0);
      }
      case WRITE -> {
        SimulatedDisk.Writer writer = writers[hand];
        if (writer != null) {
          disk.write(writer, text(step));
        }
      }
      case CLOSE -> close(hand);
      case SAVE -> disk.save(file, text(step));
      case REPLACE -> {
        disk.save(file + ".tmp", text(step));
        disk.rename(file + ".tmp", file);
      }
      case DELETE -> disk.remove(file);
      case RECREATE -> {
        disk.remove(file);
        disk.save(file, text(step));
      }
      case DELETE_ALL -> disk.removeAll(folder);
      case MAKE_FOLDER -> disk.mkdir(folder);
      case MAKE_AND_SAVE -> {
        if (disk.node("/w/r", true) != null) {
          disk.mkdirs(step.folder(step.a()));
          disk.save(file, text(step));
        }
      }
      case RENAME_FILE -> rename(file, step.file(step.b()));
      case RENAME_FOLDER -> rename(folder, step.subfolder(step.b()));
      case MOVE_OUT -> rename(folder, "/o/" + step.b() % 2);
      case MOVE_IN -> rename("/o/" + step.b() % 2, folder);
      case LINK_TO -> disk.symlink(target(step), file);
      case SWAP_LINK -> {
        disk.symlink(target(step), file + ".tmp");
        rename(file + ".tmp", file);
      }
      case HARD_LINK -> disk.link(file, step.file(step.b()));
      case FIFO -> disk.fifo(file);
      case CHMOD -> disk.chmod(file, step.c() % 2 == 0 ? 0644 : 0600);
      case LOCK_FOLDER -> disk.chmod(folder, 0);
      case UNLOCK_FOLDER -> disk.chmod(folder, 0755);
      case TOUCH -> disk.touch(file);
      case ROOT_AWAY -> rename("/w/r", "/w/s");
      case ROOT_BACK -> rename("/w/s", "/w/r");
      case ROOT_DELETED -> disk.removeAll("/w/r");
      case ROOT_MADE -> disk.mkdir("/w/r");
      default -> throw new IllegalStateException("no writing step: " + step);
    }
  }

  private void rename(String from, String to) {
    if (disk.rename(from, to)) {
      oracle.renamed(from, to);
    }
  }

  private void close(int hand) {
    SimulatedDisk.Writer writer = writers[hand];
    if (writer != null) {
      disk.close(writer);
      writers[hand] = null;
    }
  }

  private void turn() {
    oracle.turnBegins();
    engine.turn();
    handOver(delivery);
    oracle.turnEnds();
  }

  private void handOverLate() {
    oracle.readerConfirms();
    handOver(slow);
  }

  private static void handOver(Delivery delivery) {
    delivery.handOver();
    if (delivery.failure() instanceof AssertionError failure) {
      throw failure;
    }
  }

  /// Brings the world into a state in which everything can be seen, and waits.
  private void end() {
    callsLeft = -1;
    for (int hand = 0; hand < writers.length; hand++) {
      close(hand);
    }
    if (disk.node("/w/r", true) == null && !disk.rename("/w/s", "/w/r")) {
      disk.mkdir("/w/r");
    }
    SimulationOracle.folders(Objects.requireNonNull(disk.node("/w/r", true)), "/w/r")
        .forEach((path, node) -> {
          if (!node.readable) {
            disk.chmod(path, 0755);
          }
        });
    kernel.run(true);
    int looks = 0;
    do {
      rest();
      oracle.readerConfirms();
      rest();
    } while (oracle.readerLooksAgain() && ++looks < LOOKS);
    oracle.atRest(List.of(watch, second), engine);
    engine.unsubscribe(watch);
    engine.unsubscribe(second);
    oracle.released(engine);
  }

  private void rest() {
    long until = clock.nanos() + Duration.ofSeconds(30).toNanos();
    int turns = 0;
    do {
      turn();
      handOverLate();
      if (++turns > 3000) {
        throw new AssertionError("the engine does not come to rest");
      }
    } while (!kernel.asleep() && clock.nanos() < until);
  }

  /// The steps that a seed stands for.
  static List<SimulationStep> program(long seed) {
    Random random = new Random(seed * 31 + 7);
    int length = 3 + random.nextInt(60);
    List<SimulationStep> steps = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      steps.add(SimulationStep.random(random));
    }
    return steps;
  }
}
