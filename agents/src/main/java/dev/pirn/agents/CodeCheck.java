package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The check of an agent's code before a process is replaced: a command to be run, and what its
/// output means. Only files that have changed are checked, all in one process: what is broken
/// elsewhere has not become so now.
///
/// Java needs no such command, because compiling is its check.
///
/// @param command what to run
/// @param folder where
/// @param limit how long it may take; code that is not checked by then is taken as it is
record CodeCheck(List<String> command, Path folder, Duration limit) {
  /// How long a check may take.
  static final Duration LIMIT = Duration.ofSeconds(10);

  /// More would be a whole checkout; the start shows what is wrong with it.
  private static final int MOST_FILES = 500;

  private static final Pattern LINE = Pattern.compile("(?m)^(.+)\t(\\d{1,9})\t(\\d{1,9})\t(.*)$");

  private static final String PYTHON =
      """
      import sys
      bad = 0
      for name in sys.argv[1:]:
          try:
              with open(name, 'rb') as file:
                  compile(file.read(), name, 'exec', dont_inherit=True)
          except SyntaxError as e:
              print(name, e.lineno or 1, e.offset or 1, e.msg, sep='\\t')
              bad = 1
          except ValueError as e:
              print(name, 1, 1, e, sep='\\t')
              bad = 1
          except (OSError, RecursionError, MemoryError):
              pass
      sys.exit(bad)
      """;

  /// Only what does not compile here costs a process of its own, which knows the place.
  private static final String NODE =
      """
      const { spawnSync } = require('child_process');
      const { readFileSync } = require('fs');
      const vm = require('vm');
      const names = ['exports', 'require', 'module', '__filename', '__dirname'];
      function compiles(file) {
        const source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
        const kinds = {
          cjs: () => vm.compileFunction(source, names, { filename: file }),
          mjs: () => new vm.SourceTextModule(source, { identifier: file }),
        };
        const own = kinds[file.split('.').pop()];
        return (own ? [own] : Object.values(kinds)).some(kind => {
          try {
            kind();
            return true;
          } catch {
            return false;
          }
        });
      }
      let bad = 0;
      for (const file of process.argv.slice(1)) {
        try {
          if (compiles(file)) {
            continue;
          }
        } catch {
          continue;
        }
        const check = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
        if (check.status === 1) {
          const lines = check.stderr.split('\\n');
          const line = /:(\\d+)$/.exec(lines[0]);
          const mark = lines.find(it => /^\\s*\\^+\\s*$/.test(it));
          const what = /^\\w*Error: (.*)$/m.exec(check.stderr);
          console.log([file, line ? line[1] : 1, mark ? mark.indexOf('^') + 1 : 1,
              what ? what[1] : 'this is wrong'].join('\\t'));
          bad = 1;
        }
      }
      process.exit(bad);
      """;

  CodeCheck {
    command = List.copyOf(command);
  }

  /// The check after a change; null if there is nothing to check.
  ///
  /// @param changed files that have changed, some of which may be gone
  static @Nullable CodeCheck of(AgentSpec agent, Collection<Path> changed) {
    if (!agent.precheck().enabled()) {
      return null;
    }
    if (!agent.precheck().command().isEmpty()) {
      return new CodeCheck(agent.precheck().command(), agent.workingFolder(), LIMIT);
    }
    List<String> prefix =
        switch (agent.language()) {
          case PYTHON -> List.of(python(agent), "-I", "-S", "-W", "ignore", "-c", PYTHON);
          case NODE ->
              List.of("node", "--no-warnings", "--experimental-vm-modules", "-e", NODE, "--");
          case TYPESCRIPT, JAVA, OTHER -> List.of();
        };
    List<String> files =
        changed.stream()
            .filter(it -> Language.of(FolderConvention.name(it)) == agent.language())
            .filter(Files::isRegularFile)
            .map(Path::toString)
            .sorted()
            .toList();
    return prefix.isEmpty() || files.isEmpty() || files.size() > MOST_FILES
        ? null
        : new CodeCheck(
            Stream.concat(prefix.stream(), files.stream()).toList(), agent.workingFolder(), LIMIT);
  }

  private static String python(AgentSpec agent) {
    if (agent.launch() instanceof Launch.Program program) {
      String first = program.command().getFirst();
      if (first.substring(first.lastIndexOf('/') + 1).startsWith("python")) {
        return first;
      }
    }
    return "python3";
  }

  /// What its end means: nothing, or what is wrong with the code.
  ///
  /// @param exit with what it ended
  /// @param output what it wrote to both streams, or the end of that
  List<Diagnostic> problems(int exit, String output) {
    if (exit == 0) {
      return List.of();
    }
    List<Diagnostic> problems = new ArrayList<>();
    Matcher matcher = LINE.matcher(output);
    while (matcher.find()) {
      Path file = path(matcher.group(1));
      Place place =
          CodePlace.of(
              file, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
      problems.add(Problems.code(place, matcher.group(4)));
    }
    if (problems.isEmpty()) {
      String last =
          output.lines().map(String::strip).filter(it -> !it.isEmpty()).reduce("", (_, it) -> it);
      problems.add(
          Problems.code(Place.of(folder), "the check of the code ended with %d".formatted(exit))
              .help(last.isEmpty() ? null : last));
    }
    return AgentFinder.bounded(problems);
  }

  private Path path(String name) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      return folder;
    }
  }
}
