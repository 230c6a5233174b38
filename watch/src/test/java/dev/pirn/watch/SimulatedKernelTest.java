package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The simulated kernel says what the real one says.
@EnabledOnOs(OS.LINUX)
class SimulatedKernelTest {
  private static final String[] PLACES = {"a", "b", "d", "e", "d/a", "d/b", "d/e", "d/e/a"};

  @TempDir Path folder;

  @Test
  void reportsTheSameEventsAsTheRealOneForTheSameDoings() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      Path real = Files.createDirectory(folder.resolve("r" + seed));
      List<String> doings = new ArrayList<>();
      assertThat(simulated(new Random(seed), doings))
          .as("seed " + seed + ": " + doings)
          .isEqualTo(real(new Random(seed), real));
    }
  }

  private static List<String> simulated(Random random, List<String> doings) throws Exception {
    SimulatedDisk disk = new SimulatedDisk(new SimulatedClock(1));
    SimulatedKernel kernel = new SimulatedKernel(new SimulatedClock(1), disk, 16_384, 8_192);
    disk.mkdirs("/r/d/e");
    disk.mkdirs("/o");
    List<String> events = new ArrayList<>();
    Map<Integer, Integer> cookies = new HashMap<>();
    Path top = Path.of("/r");
    kernel.watch(top, true);
    kernel.watch(top.resolve("d"), true);
    kernel.watch(top.resolve("d/e"), false);
    kernel.drain((_, _, _, _) -> {});
    for (int i = 0; i < 25; i++) {
      String one = "/r/" + PLACES[random.nextInt(PLACES.length)];
      String other = "/r/" + PLACES[random.nextInt(PLACES.length)];
      int what = random.nextInt(9);
      doings.add(what + " " + one + " " + other);
      switch (what) {
        case 0, 1 -> disk.save(one, "text");
        case 2 -> disk.mkdir(one);
        case 3 -> disk.remove(one);
        case 4 -> disk.rename(one, other);
        case 5 -> disk.symlink("nowhere", one);
        case 6 -> disk.link(one, other);
        case 7 -> disk.chmod(one, 0700);
        default -> disk.rename(one, "/o/" + i);
      }
      kernel.drain(
          (number, mask, cookie, name) -> events.add(shown(number, mask, cookie, name, cookies)));
    }
    return events;
  }

  private static List<String> real(Random random, Path base) throws Exception {
    Path top = Files.createDirectory(base.resolve("r"));
    Path out = Files.createDirectory(base.resolve("o"));
    Files.createDirectories(top.resolve("d/e"));
    List<String> events = new ArrayList<>();
    Map<Integer, Integer> cookies = new HashMap<>();
    try (Inotify kernel = EventQueue.of(16_384, Inotify::open)) {
      kernel.watch(top, true);
      kernel.watch(top.resolve("d"), true);
      kernel.watch(top.resolve("d/e"), false);
      for (int i = 0; i < 25; i++) {
        Path one = top.resolve(PLACES[random.nextInt(PLACES.length)]);
        Path other = top.resolve(PLACES[random.nextInt(PLACES.length)]);
        try {
          switch (random.nextInt(9)) {
            case 0, 1 -> save(one);
            case 2 -> Files.createDirectory(one);
            case 3 -> Files.delete(one);
            case 4 -> rename(one, other);
            case 5 -> Files.createSymbolicLink(one, Path.of("nowhere"));
            case 6 -> link(one, other);
            case 7 -> chmod(one);
            default -> rename(one, out.resolve(String.valueOf(i)));
          }
        } catch (IOException e) {
          // The simulated disk does not do it either.
        }
        kernel.drain(
            (number, mask, cookie, name) -> events.add(shown(number, mask, cookie, name, cookies)));
      }
    }
    return events;
  }

  private static void save(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      channel.write(ByteBuffer.wrap("text".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static void link(Path from, Path to) throws IOException {
    if (Files.isRegularFile(from, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      Files.createLink(to, from);
    }
  }

  private static void chmod(Path path) throws IOException {
    if (!Files.isSymbolicLink(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /// As the system call does it: what is there is replaced, but a folder only when it is empty.
  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static String shown(
      int number, int mask, int cookie, @Nullable String name, Map<Integer, Integer> cookies) {
    int pair = cookie == 0 ? 0 : cookies.computeIfAbsent(cookie, _ -> cookies.size() + 1);
    return number
        + " 0x"
        + Integer.toHexString(mask)
        + " "
        + pair
        + " "
        + Objects.requireNonNullElse(name, "?");
  }
}
