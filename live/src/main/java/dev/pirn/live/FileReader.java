package dev.pirn.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Locale;

/// Reads whole files within a limit. Never opens what is not a regular file: opening a FIFO would
/// wait for its writer.
final class FileReader {
  private final long maxBytes;

  FileReader(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// What came of reading.
  sealed interface Result {}

  record Read(Content content, Instant modified) implements Result {}

  record Missing() implements Result {}

  record Unusable(Diagnostic diagnostic) implements Result {}

  Result read(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        return unusable(
            Codes.NOT_A_FILE,
            file,
            "this is not a regular file",
            "put a regular file in its place");
      }
      if (attributes.size() > maxBytes) {
        return tooLarge(file, attributes.size());
      }
      byte[] bytes;
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes((int) maxBytes + 1);
      }
      if (bytes.length > maxBytes) {
        return tooLarge(file, bytes.length);
      }
      if (bytes.length == 0) {
        return unusable(
            Codes.EMPTY,
            file,
            "the file is empty",
            "write its content; to take away what it holds, delete the file");
      }
      return new Read(new Content(file, bytes), attributes.lastModifiedTime().toInstant());
    } catch (NoSuchFileException e) {
      return new Missing();
    } catch (AccessDeniedException e) {
      return unusable(
          Codes.UNREADABLE,
          file,
          "the file may not be read",
          "give the user that runs this program the right to read it");
    } catch (FileSystemException e) {
      if (belowAFile(file)) {
        return new Missing();
      }
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      return unreadable(file, reason);
    } catch (IOException e) {
      return unreadable(file, String.valueOf(e.getMessage()));
    }
  }

  /// Whether what should be a folder above it is a file, so that it cannot be there.
  private static boolean belowAFile(Path file) {
    for (Path above = file.getParent(); above != null; above = above.getParent()) {
      try {
        return !Files.readAttributes(above, BasicFileAttributes.class).isDirectory();
      } catch (IOException e) {
        // Higher up it shows why.
      }
    }
    return false;
  }

  private static Result unreadable(Path file, String reason) {
    return unusable(
        Codes.UNREADABLE,
        file,
        "the file cannot be read: " + reason,
        "mend what the message names; it is read again with its next change");
  }

  private Result tooLarge(Path file, long size) {
    return unusable(
        Codes.TOO_LARGE,
        file,
        String.format(Locale.ROOT, "the file has %,d bytes; at most %,d are read", size, maxBytes),
        "split it, or raise the limit");
  }

  private static Unusable unusable(String code, Path file, String message, String help) {
    return new Unusable(Diagnostic.error(code, Place.of(file), message).help(help));
  }
}
