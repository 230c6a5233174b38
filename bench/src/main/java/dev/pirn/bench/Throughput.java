package dev.pirn.bench;

import dev.pirn.patterns.PatternOptions;
import dev.pirn.patterns.Patterns;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// Reloads a second of one file in a library, each save waited for; and a flood of saves from
/// another process, of which the last must be in force.
final class Throughput {
  private final Library library;

  Throughput(Library library) {
    this.library = library;
  }

  List<String> run(int saves) throws Exception {
    List<String> rows = new ArrayList<>();
    Path small = library.folder().resolve("part0").resolve("small_pattern.yaml");
    Files.writeString(small, "name: small_pattern\ncategory: bench\ntitle: A\ndescription: b\n");
    rows.add(closedLoop("reloads a second, one 60-byte pattern, each waited for", small, saves));
    rows.add(
        closedLoop(
            "reloads a second, one 14 KB pattern, each waited for", library.edited(), saves));
    Files.delete(small);
    rows.add(flood(saves * 5));
    return rows;
  }

  private String closedLoop(String figure, Path file, int saves) throws Exception {
    String text = Files.readString(file);
    double[] perSecond = new double[5];
    try (Patterns patterns = Patterns.open(PatternOptions.of(library.folder()))) {
      for (int run = -1; run < perSecond.length; run++) {
        long begin = System.nanoTime();
        for (int i = 0; i < saves; i++) {
          long before = patterns.live().generation();
          byte[] bytes = ("# " + run + "." + i + "\n" + text).getBytes(StandardCharsets.UTF_8);
          try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
          }
          while (patterns.live().generation() == before) {
            Thread.onSpinWait();
          }
        }
        if (run >= 0) {
          perSecond[run] = saves / ((System.nanoTime() - begin) / 1e9);
        }
      }
    }
    Files.writeString(file, text);
    return Sample.row(figure, Sample.of(perSecond), "/s", saves + " saves a run, none lost");
  }

  private String flood(int saves) throws Exception {
    try (Patterns patterns = Patterns.open(PatternOptions.of(library.folder()));
        OtherProcess writer = new OtherProcess(library.edited())) {
      long before = patterns.live().generation();
      long begin = System.nanoTime();
      writer.order("flood " + saves);
      double seconds = (System.nanoTime() - begin) / 1e9;
      patterns.live().sync(Duration.ofSeconds(10));
      long reloads = patterns.live().generation() - before;
      String disk = Files.readString(library.edited());
      boolean last = patterns.live().reload() instanceof dev.pirn.live.Reload.Unchanged<?>;
      LockSupport.parkNanos(1);
      return String.format(
          Locale.ROOT,
          "%-66s %d saves in %.2f s by another process: %d reloads, last save in force: %s (%d bytes)",
          "flood of one 14 KB pattern",
          saves,
          seconds,
          reloads,
          last ? "yes" : "NO",
          disk.length());
    }
  }
}
