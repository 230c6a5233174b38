package dev.pirn.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A workspace on the disk, for tests.
record Site(Path root) {
  /// With the folder `patterns`, which has `alpha` and `beta`.
  static Site in(Path root) {
    Site site = new Site(root);
    site.pattern("alpha", "Counts rows");
    site.pattern("beta", "Finds duplicates");
    return site;
  }

  Path write(String file, String text) {
    try {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return path;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path pattern(String name, String title) {
    return write("patterns/" + name + ".yaml", text(name, title));
  }

  static String text(String name, String title) {
    return """
    name: %s
    category: analytics
    title: %s
    description: %s for a test
    backend_type: postgres
    difficulty: intermediate
    use_cases: [counting]
    templates:
      main: "SELECT 1 -- {{table}}"
    """
        .formatted(name, title, title);
  }

  void config(String yaml) {
    write("pirn.yaml", yaml);
  }

  void delete(String file) {
    try {
      Files.delete(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void move(String from, String to) {
    try {
      Files.move(root.resolve(from), root.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ServerOptions options() {
    return ServerOptions.of(Workspace.of(root)).port(0);
  }

  Server start() {
    return Server.start(options());
  }
}
