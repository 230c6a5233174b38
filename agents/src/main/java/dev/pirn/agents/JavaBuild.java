package dev.pirn.agents;

import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Compiles an agent's Java sources, each time into a folder of its own, so that the classes of a
/// running process never change under it. Compiling is the check of the code too.
///
/// **Threading.** Several builds may run at once; one takes a thread until it is through.
final class JavaBuild {
  private static final Set<String> SKIPPED = Set.of("target", "build", "node_modules", "test");
  private static final int MOST_ERRORS = 100;

  private final Path folder;
  private final @Nullable JavaCompiler compiler;

  /// @param folder under which the folders of classes are made
  JavaBuild(Path folder) {
    this(folder, ToolProvider.getSystemJavaCompiler());
  }

  /// @param compiler null where there is none
  JavaBuild(Path folder, @Nullable JavaCompiler compiler) {
    this.folder = folder;
    this.compiler = compiler;
  }

  /// What was built.
  ///
  /// @param classes the folder of its classes, to be [#discard]ed when no process runs them
  /// @param command what starts it
  record Built(Path classes, List<String> command) {
    Built {
      command = List.copyOf(command);
    }
  }

  /// Compiles all sources. What is wrong with them comes with line and column.
  Decoded<Built> build(Launch.JavaSources launch) {
    if (compiler == null) {
      return Decoded.failed(Problems.noCompiler());
    }
    Path classes;
    try {
      Files.createDirectories(folder);
      classes = Files.createTempDirectory(folder, "classes-");
    } catch (IOException e) {
      return Decoded.failed(Problems.notWritten(folder, Problems.reason(e)));
    }
    Decoded<Built> built = compile(compiler, launch, classes);
    if (built.value() == null) {
      discard(classes);
    }
    return built;
  }

  private static Decoded<Built> compile(
      JavaCompiler compiler, Launch.JavaSources launch, Path classes) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, launch.classPath());
      files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
      MainClass main = new MainClass(files, launch.entry());
      boolean good =
          compiler
              .getTask(
                  null,
                  main,
                  found,
                  List.of("-g", "-nowarn", "-parameters", "-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources(launch.sources())))
              .call();
      if (!good) {
        return Decoded.failed(errors(found));
      }
      String name = main.name();
      return name == null
          ? Decoded.failed(
              Problems.noMain(
                  launch.entry(), FolderConvention.stem(FolderConvention.name(launch.entry()))))
          : Decoded.of(new Built(classes, command(launch, classes, name)));
    } catch (IOException e) {
      return Decoded.failed(Problems.notReadable(launch.sources(), Problems.reason(e)));
    }
  }

  private static List<String> command(Launch.JavaSources launch, Path classes, String main) {
    String classPath =
        Stream.concat(Stream.of(classes), launch.classPath().stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command =
        new ArrayList<>(List.of(launch.java().toString(), "-cp", classPath, main));
    command.addAll(launch.arguments());
    return command;
  }

  /// All sources below a folder, but for tests and what is not the agent's own.
  private static List<Path> sources(Path root) throws IOException {
    if (Files.isRegularFile(root)) {
      return List.of(root);
    }
    List<Path> sources = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folders.removeLast())) {
        for (Path entry : entries) {
          String name = FolderConvention.name(entry);
          if (name.startsWith(".") || SKIPPED.contains(name)) {
            continue;
          }
          if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            folders.add(entry);
          } else if (name.endsWith(".java") && !name.equals("module-info.java")) {
            sources.add(entry);
          }
        }
      }
    }
    return sources.stream().sorted().toList();
  }

  private static List<Diagnostic> errors(DiagnosticCollector<JavaFileObject> found) {
    List<Diagnostic> errors = new ArrayList<>();
    for (javax.tools.Diagnostic<? extends JavaFileObject> it : found.getDiagnostics()) {
      if (it.getKind() == javax.tools.Diagnostic.Kind.ERROR && errors.size() < MOST_ERRORS) {
        List<String> lines = it.getMessage(Locale.ROOT).lines().map(String::strip).toList();
        String details = String.join("; ", lines.subList(Math.min(1, lines.size()), lines.size()));
        errors.add(
            Problems.code(CodePlace.of(it), lines.isEmpty() ? "this is wrong" : lines.getFirst())
                .help(details.isEmpty() ? null : details.replaceAll("\\s+", " ")));
      }
    }
    errors.sort(Diagnostic.BY_PLACE);
    return errors;
  }

  /// Deletes a folder of classes.
  static void discard(Path classes) {
    try (Stream<Path> below = Files.walk(classes)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // What cannot be deleted takes room, and is deleted with the whole folder at the next start.
    }
  }

  /// Hears which class the entry file became.
  private static final class MainClass extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Path entry;
    private final String simple;
    private @Nullable String name;

    MainClass(StandardJavaFileManager files, Path entry) {
      super(files);
      this.entry = entry;
      this.simple = FolderConvention.stem(FolderConvention.name(entry));
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject from)
        throws IOException {
      String last = className.substring(className.lastIndexOf('.') + 1);
      if (last.equals(simple) && from != null && Path.of(from.toUri()).equals(entry)) {
        name = className;
      }
      return Objects.requireNonNull(super.getJavaFileForOutput(location, className, kind, from));
    }

    @Nullable String name() {
      return name;
    }
  }
}
