package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A scenario file: a sentence, what is watched, then shell commands, each followed by the changes
/// that they must give.
///
/// @param name the file
/// @param backends which backends it is true for
/// @param watch what is watched
/// @param anyContent whether a file may change again after it was told of
/// @param given commands that run before the watch begins
/// @param begun what must hold when it has begun
/// @param blocks what follows
record Scenario(
    String name,
    List<Backend> backends,
    String watch,
    boolean anyContent,
    String given,
    Expected begun,
    List<Block> blocks) {
  private static final Pattern RANGE = Pattern.compile("(.*)\\{(\\d+)\\.\\.(\\d+)}(.*)");
  private static final Pattern TIMES = Pattern.compile("(.*) x(\\d+)");

  /// Commands and what must come of them.
  record Block(String commands, Expected expected) {}

  /// What must hold.
  ///
  /// @param changes the changes that are told, in any order
  /// @param problems the problems, or null when that does not matter
  /// @param folders how many folders are watched, or null when that does not matter
  record Expected(
      List<String> changes, @Nullable List<String> problems, @Nullable Integer folders) {}

  static List<Scenario> all() throws IOException {
    try (var files = Files.list(Path.of("src/test/scenarios"))) {
      List<Scenario> all = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        all.add(parse(file));
      }
      return all;
    }
  }

  private static Scenario parse(Path file) throws IOException {
    List<Backend> backends = List.of(Backend.INOTIFY);
    String watch = "";
    boolean any = false;
    String given = "";
    String commands = "";
    String section = "";
    List<String> lines = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    Expected begun = null;
    List<String> problems = null;
    Integer folders = null;
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String value = line.substring(line.indexOf(':') + 1).strip();
      if (line.startsWith("  ")) {
        lines.add(line.strip());
      } else if (line.startsWith("backends:")) {
        backends = Arrays.stream(value.split(" ", -1)).map(Backend::valueOf).toList();
      } else if (line.startsWith("watch:")) {
        watch = value;
      } else if (line.startsWith("contents: any")) {
        any = true;
      } else if (line.startsWith("problems:")) {
        problems = value.isEmpty() ? List.of() : List.of(value.split(", ", -1));
      } else if (line.startsWith("folders:")) {
        folders = Integer.valueOf(value);
      } else if (line.equals("given:")) {
        section = line;
      } else if (line.equals("when:") || line.equals("then:")) {
        if (section.equals("given:")) {
          given = String.join("\n", lines);
          begun = new Expected(List.of(), problems, folders);
        } else if (section.equals("when:")) {
          commands = String.join("\n", lines);
        } else {
          blocks.add(new Block(commands, new Expected(expanded(lines), problems, folders)));
        }
        lines.clear();
        problems = null;
        folders = null;
        section = line;
      } else {
        throw new IllegalArgumentException(file + ": what is \"" + line + "\"?");
      }
    }
    blocks.add(new Block(commands, new Expected(expanded(lines), problems, folders)));
    if (begun == null || watch.isEmpty()) {
      throw new IllegalArgumentException(file + ": it needs \"watch:\" and \"given:\"");
    }
    return new Scenario(
        String.valueOf(file.getFileName()), backends, watch, any, given, begun, blocks);
  }

  /// Spells out `p{1..3}` and `x3`.
  private static List<String> expanded(List<String> lines) {
    List<String> all = new ArrayList<>();
    for (String line : lines) {
      Matcher range = RANGE.matcher(line);
      Matcher times = TIMES.matcher(line);
      if (range.matches()) {
        IntStream.rangeClosed(Integer.parseInt(range.group(2)), Integer.parseInt(range.group(3)))
            .forEach(i -> all.add(range.group(1) + i + range.group(4)));
      } else if (times.matches()) {
        IntStream.range(0, Integer.parseInt(times.group(2))).forEach(_ -> all.add(times.group(1)));
      } else {
        all.add(line);
      }
    }
    return List.copyOf(all);
  }

  /// What is watched, below a folder.
  WatchSpec spec(Path folder) {
    String[] words = watch.split(" ", -1);
    Path root = folder.resolve(words[1]);
    WatchSpec spec =
        words[0].equals("files") ? WatchSpec.files(List.of(root)) : WatchSpec.tree(root);
    for (String word : Arrays.asList(words).subList(2, words.length)) {
      String value = word.substring(word.indexOf('=') + 1);
      spec =
          word.equals("hidden")
              ? spec.hidden(true)
              : word.startsWith("include=") ? spec.include(value) : spec.exclude(value);
    }
    return spec;
  }

  /// The folder that paths are relative to.
  Path root(Path folder) {
    Path root = folder.resolve(watch.split(" ", -1)[1]);
    Path above = root.getParent();
    return watch.startsWith("files") && above != null ? above : root;
  }
}
