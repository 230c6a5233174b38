package dev.pirn.watch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The disk as the JDK shows it on any system.
final class PortableDisk implements Disk {
  private final Function<Path, @Nullable Print> printer;

  PortableDisk() {
    this.printer = file -> stat(file, LinkOption.NOFOLLOW_LINKS);
  }

  /// A disk that lists like this one and looks at single entries in another way.
  PortableDisk(Function<Path, @Nullable Print> printer) {
    this.printer = printer;
  }

  @Override
  public @Nullable Print print(Path file) {
    return printer.apply(file);
  }

  @Override
  public @Nullable Print follow(Path file) {
    return stat(file);
  }

  private static @Nullable Print stat(Path file, LinkOption... options) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, options);
      Print.Kind kind =
          found.isRegularFile()
              ? Print.Kind.FILE
              : found.isDirectory()
                  ? Print.Kind.FOLDER
                  : found.isSymbolicLink() ? Print.Kind.LINK : Print.Kind.OTHER;
      return new Print(
          kind,
          Objects.hashCode(found.fileKey()),
          found.size(),
          found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
          0,
          0,
          1);
    } catch (AccessDeniedException e) {
      return Print.HIDDEN;
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  @Override
  public List<Entry> list(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      for (Path file : stream) {
        String name = String.valueOf(file.getFileName());
        boolean valid = valid(folder, file, name);
        Print print = valid ? printer.apply(file) : stat(file, LinkOption.NOFOLLOW_LINKS);
        if (print != null) {
          entries.add(new Entry(name, valid, print));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  /// Whether a name that was listed leads back to its file: names that are not valid in the
  /// system's encoding are shown with a replacement for what cannot be said.
  static boolean valid(Path folder, Path file, String name) {
    return Names.usable(name) && (name.indexOf('\uFFFD') < 0 || file.equals(folder.resolve(name)));
  }

  @Override
  public Set<Long> written(Set<Long> keys) {
    return OpenFiles.written(keys, this::follow);
  }
}
