package dev.pirn.agents.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A program of its own that supervises, to be killed, or to be given little memory.
final class Supervisor {
  private Supervisor() {}

  public static void main(String[] args) throws Exception {
    LauncherOptions options = LauncherOptions.of(Supervisor::print);
    if (args[0].equals("flood")) {
      flood(options);
    } else {
      guard(options, args);
    }
  }

  /// Starts each script, says so, and waits until it is killed or told to close.
  private static void guard(LauncherOptions options, String[] scripts)
      throws LaunchException, IOException {
    try (Launcher launcher = Launcher.open(options)) {
      print(launcher.runId());
      for (String script : scripts) {
        launcher.start(command(script), (source, line) -> print(line));
      }
      while (System.in.read() >= 0) {}
    }
  }

  /// Counts what a program prints that prints a gigabyte without a line end.
  private static void flood(LauncherOptions options) throws Exception {
    AtomicLong count = new AtomicLong();
    Tail tail = new Tail(10, 100_000);
    try (Launcher launcher = Launcher.open(options)) {
      ChildProcess child =
          launcher.start(
              command("head -c 1000000000 /dev/zero | tr '\\0' 'x'"),
              (source, line) -> {
                count.addAndGet(line.length());
                tail.add(line);
              });
      child.exit().toCompletableFuture().join();
      child.stop(Ward.GRACE).toCompletableFuture().join();
    }
    print(count + " " + tail.lines().size());
  }

  private static Command command(String script) {
    return new Command(
        List.of("sh", "-c", script), Path.of("/"), Map.of("PATH", System.getenv("PATH")));
  }

  private static void print(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /// Starts it.
  static Process start(List<String> jvm, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", classPath(), Supervisor.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String classPath() {
    List<String> all = new ArrayList<>();
    for (Class<?> type : List.of(Supervisor.class, Launcher.class)) {
      String name = type.getName().replace('.', '/') + ".class";
      String url = String.valueOf(type.getClassLoader().getResource(name));
      all.add(Path.of(URI.create(url.substring(0, url.length() - name.length()))).toString());
    }
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      all.add(System.getProperty(property, ""));
    }
    return String.join(System.getProperty("path.separator"), all);
  }

  static String line(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    return String.valueOf(out.readLine());
  }
}
