package dev.pirn.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

/// A process that only has the YAML library compose the same files, as a measure of the machine:
/// what is quicker than this on another machine is so by the machine.
final class ParserAlone {
  private ParserAlone() {}

  /// The arguments: the library's folder.
  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
      files = all.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
    for (Path file : files) {
      new Compose(LoadSettings.builder().build()).composeString(Files.readString(file));
    }
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println(files.size() + " " + (System.currentTimeMillis() - started));
  }
}
