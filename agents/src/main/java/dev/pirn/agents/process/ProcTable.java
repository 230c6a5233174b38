package dev.pirn.agents.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The processes as `/proc` shows them. Starts are in ticks since the system's own.
final class ProcTable implements ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /// More than the system lets an environment have.
  private static final int MOST_ENVIRONMENT = 8 << 20;

  static boolean available() {
    return Files.isReadable(PROC.resolve("self/stat"))
        && Files.isReadable(PROC.resolve("self/environ"));
  }

  @Override
  public List<ProcessEntry> entries() {
    List<ProcessEntry> all = new ArrayList<>();
    String[] names = new File("/proc").list();
    for (String name : names == null ? new String[0] : names) {
      if (Character.isDigit(name.charAt(0))) {
        ProcessEntry entry = entry(Long.parseLong(name));
        if (entry != null) {
          all.add(entry);
        }
      }
    }
    return all;
  }

  @Override
  public @Nullable ProcessEntry entry(long pid) {
    try {
      ProcessEntry entry =
          ProcessEntry.parse(
              new String(Files.readAllBytes(file(pid, "stat")), StandardCharsets.ISO_8859_1));
      return entry == null || entry.pid() != pid ? null : entry;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public boolean carries(long pid, String mark) {
    try (InputStream in = Files.newInputStream(file(pid, "environ"))) {
      String environment = new String(in.readNBytes(MOST_ENVIRONMENT), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + mark + "\0");
    } catch (IOException e) {
      // It has ended, or belongs to somebody else.
      return false;
    }
  }

  @Override
  public Set<String> pipes(long pid) {
    Set<String> found = new HashSet<>();
    for (String stream : List.of("fd/1", "fd/2")) {
      try {
        String target = Files.readSymbolicLink(file(pid, stream)).toString();
        if (target.startsWith("pipe:")) {
          found.add(target);
        }
      } catch (IOException e) {
        // It has ended, has closed it, or belongs to somebody else.
      }
    }
    return found;
  }

  private static Path file(long pid, String name) {
    return PROC.resolve(Long.toString(pid)).resolve(name);
  }
}
