package dev.pirn.cli;

import dev.pirn.agents.AgentSpec;
import dev.pirn.agents.Language;
import dev.pirn.agents.Mode;
import dev.pirn.agents.Readiness;
import dev.pirn.live.Nearest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// What `pirn run` runs: an agent made of a command and of options.
final class RunSpec {
  private static final Readiness AT_ONCE =
      new Readiness.Command(List.of("true"), Readiness.DEFAULT_TIMEOUT);

  /// Runs its arguments. When they have ended it stays, so that this is no crash and the next
  /// change begins them anew.
  private static final String STAYING =
      """
      "$@"
      code=$?
      echo "pirn: ended with exit code $code; waiting for a change" >&2
      exec sleep 2147483647
      """;

  private final Session session;
  private final RunOptions options;
  private final List<String> command;
  private final Language language;

  /// @throws Failure if an option has a value that it cannot have, or there is no such program
  RunSpec(Session session, RunOptions options, List<String> command) {
    this.session = session;
    this.options = options;
    this.command = command;
    this.language = language(command);
    if (options.port < 0 || options.port > 65_535) {
      throw Failure.usage(Problems.badPort(options.port));
    }
    if (options.noPort && (options.port != 0 || options.ready != null)) {
      throw Failure.usage(Problems.noPortWith(options.port != 0 ? "--port" : "--ready"));
    }
  }

  /// @throws Failure as the constructor
  AgentSpec spec() {
    Mode mode = mode();
    Readiness readiness = readiness();
    findProgram(command.getFirst());
    boolean staying = options.noPort && mode != Mode.SIGNAL;
    List<String> words = new ArrayList<>();
    if (staying) {
      words.addAll(List.of("sh", "-c", STAYING, "pirn-run"));
    }
    words.addAll(command);
    Path folder = session.folder();
    AgentSpec plain = AgentSpec.of(name(), folder, words.toArray(String[]::new));
    return new AgentSpec(
            plain.name(),
            folder,
            null,
            language,
            plain.launch(),
            plain.build(),
            folder,
            plain.environment(),
            plain.envFiles(),
            options.port,
            readiness,
            mode,
            plain.signal(),
            plain.stopGrace(),
            plain.drainLimit(),
            plain.preserveState(),
            plain.dependsOn(),
            plain.settings(),
            plain.watch(),
            new AgentSpec.Precheck(!staying && checked(), List.of()),
            plain.about())
        .watching(globs());
  }

  /// The files whose change counts; none where the language says it.
  private List<String> globs() {
    if (!options.watch.isEmpty() || language != Language.OTHER) {
      return options.watch;
    }
    Set<String> endings = new TreeSet<>();
    Arrays.stream(Language.values()).forEach(it -> endings.addAll(it.extensions()));
    return endings.stream().map(ending -> "**/*." + ending).toList();
  }

  /// By the programs of its words, or their endings.
  private static Language language(List<String> command) {
    for (String word : command) {
      String name = word.substring(word.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
      String ending = name.substring(name.lastIndexOf('.') + 1);
      if (name.startsWith("python") || ending.equals("py")) {
        return Language.PYTHON;
      }
      if (Set.of("tsx", "ts-node").contains(name) || Set.of("ts", "mts", "cts").contains(ending)) {
        return Language.TYPESCRIPT;
      }
      if (Set.of("node", "npm", "npx").contains(name)
          || (name.contains(".") && Set.of("js", "mjs", "cjs").contains(ending))) {
        return Language.NODE;
      }
      if (name.equals("java") || (name.contains(".") && Set.of("java", "jar").contains(ending))) {
        return Language.JAVA;
      }
    }
    return Language.OTHER;
  }

  /// Whether the interpreter that runs the code is at hand to check it.
  private boolean checked() {
    String program = command.getFirst().substring(command.getFirst().lastIndexOf('/') + 1);
    return program.startsWith("python") || program.equals("node");
  }

  /// After the file that is run, or else the program.
  private String name() {
    String told =
        command.stream()
            .skip(1)
            .filter(word -> !word.startsWith("-") && Files.isRegularFile(session.resolve(word)))
            .findFirst()
            .orElse(command.getFirst());
    String last = told.substring(told.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    String name = (dot > 0 ? last.substring(0, dot) : last).replaceAll("[^A-Za-z0-9_-]", "-");
    return name.isEmpty() ? "run" : name.substring(0, Math.min(64, name.length()));
  }

  private Mode mode() {
    String wish = options.mode;
    if (wish == null) {
      return options.noPort ? Mode.RESTART : Mode.BLUE_GREEN;
    }
    return Arrays.stream(Mode.values())
        .filter(mode -> AgentText.mode(mode).equals(wish))
        .findFirst()
        .orElseThrow(() ->
            Failure.usage(
                Problems.badMode(
                    wish, Arrays.stream(Mode.values()).map(AgentText::mode).toList())));
  }

  private Readiness readiness() {
    String wish = options.noPort ? "none" : options.ready == null ? "tcp" : options.ready;
    if (wish.startsWith("/")) {
      return new Readiness.Http(wish, Readiness.DEFAULT_TIMEOUT);
    }
    if (wish.startsWith("log:")) {
      try {
        return new Readiness.LogLine(wish.substring(4), Readiness.DEFAULT_TIMEOUT);
      } catch (PatternSyntaxException e) {
        throw Failure.usage(Problems.badReady(wish));
      }
    }
    return switch (wish) {
      case "tcp" -> new Readiness.Tcp(Readiness.DEFAULT_TIMEOUT);
      case "none" -> AT_ONCE;
      default -> throw Failure.usage(Problems.badReady(wish));
    };
  }

  private void findProgram(String program) {
    if (program.contains("/")) {
      Path file = session.resolve(program);
      if (!Files.isExecutable(file) || Files.isDirectory(file)) {
        throw new Failure(Problems.noProgram(program, List.of()));
      }
      return;
    }
    List<Path> folders =
        Stream.of(session.environment("PATH").split(File.pathSeparator))
            .filter(folder -> !folder.isEmpty())
            .map(session::resolve)
            .toList();
    if (folders.stream().noneMatch(folder -> Files.isExecutable(folder.resolve(program)))) {
      List<String> names = folders.stream().flatMap(RunSpec::names).distinct().toList();
      throw new Failure(Problems.noProgram(program, Nearest.to(program, names)));
    }
  }

  private static Stream<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }
}
