package dev.pirn.patterns;

import dev.pirn.live.AtomicFile;
import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes pattern files below one root: checked first, and then whole or not at all.
///
/// Nothing is written before the content is known to be a sound pattern. What is there is replaced
/// only by somebody who names the digest of what he has seen. Links below the root are not
/// followed.
///
/// **Threading.** Safe for use by several threads, which write one after the other. A program that
/// writes the same file at the same moment is not kept out.
final class PatternFiles {
  static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Path root;
  private final PatternDecoder decoder;
  private final ReentrantLock writing = new ReentrantLock();

  PatternFiles(Path root, PatternDecoder decoder) {
    this.root = root;
    this.decoder = decoder;
  }

  /// Writes a pattern.
  ///
  /// @param name its name, and the name of its file
  /// @param folder the folder below the root, with `/` between its parts; empty for the root
  ///   itself, null for where the pattern is now, or else the root
  /// @param bytes the file's content, not changed
  /// @param replaces the digest of the file that it replaces, or null if there must be none
  /// @param library the library in force, which may have the name already
  Decoded<WrittenPattern> write(
      String name,
      @Nullable String folder,
      byte[] bytes,
      @Nullable String replaces,
      PatternLibrary library) {
    Diagnostic refused = checkRequest(name, folder, bytes);
    if (refused != null) {
      return Decoded.failed(refused);
    }
    Path file = target(name, folder, library);
    Decoded<PatternFile> decoded = decoder.decode(new Content(file, bytes));
    PatternFile content = decoded.value();
    if (content == null) {
      return Decoded.failed(decoded.diagnostics());
    }
    refused = checkContent(content, name, file);
    if (refused == null) {
      refused = checkTaken(name, file, library);
    }
    return refused != null
        ? Decoded.failed(refused)
        : replace(name, file, bytes, replaces, decoded.diagnostics());
  }

  private @Nullable Diagnostic checkRequest(String name, @Nullable String folder, byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      return Problems.tooLarge(bytes.length, MOST_BYTES);
    }
    if (!Names.isSafe(name)) {
      return Problems.badName(name, null);
    }
    return folder == null || folder.isEmpty() ? null : checkFolder(folder);
  }

  private Path target(String name, @Nullable String folder, PatternLibrary library) {
    LoadedPattern known = folder == null ? known(name, library) : null;
    if (known != null && known.root().equals(root)) {
      return known.file();
    }
    Path in = folder == null ? root : root.resolve(folder);
    Path yml = in.resolve(name + ".yml");
    return Files.exists(yml, LinkOption.NOFOLLOW_LINKS) ? yml : in.resolve(name + ".yaml");
  }

  /// What comes from the file that is the pattern or the bundle of this name. An entry of another
  /// bundle may have the name too: it stands back.
  private static @Nullable LoadedPattern known(String name, PatternLibrary library) {
    return library
        .get(name)
        .filter(loaded -> loaded.bundle() == null)
        .or(() -> library.list().stream().filter(loaded -> isIn(name, loaded)).findFirst())
        .orElse(null);
  }

  private static boolean isIn(String bundleName, LoadedPattern loaded) {
    Bundle bundle = loaded.bundle();
    return bundle != null && bundle.name().equals(bundleName);
  }

  private static @Nullable Diagnostic checkContent(PatternFile content, String name, Path file) {
    return switch (content) {
      case PatternFile.Single(Definition it) ->
          checkSame(it.pattern().name(), it.namePlace(), name);
      case PatternFile.Many(Bundle bundle, var _) -> checkSame(bundle.name(), Place.of(file), name);
      case PatternFile.Foreign(String kind) -> Problems.noPattern(kind, Place.of(file));
    };
  }

  private static @Nullable Diagnostic checkSame(String found, Place place, String asked) {
    return found.equals(asked) ? null : Problems.otherName(asked, found, place);
  }

  private static @Nullable Diagnostic checkTaken(String name, Path file, PatternLibrary library) {
    LoadedPattern known = known(name, library);
    return known == null || known.file().equals(file) ? null : Problems.exists(name, known.file());
  }

  private @Nullable Diagnostic checkFolder(String folder) {
    Path current = root;
    for (String part : folder.split("/", -1)) {
      if (!Names.isSafe(part)) {
        return Problems.badFolder(folder, "\"%s\" cannot be a folder's name".formatted(part));
      }
      current = current.resolve(part);
      if (Files.isSymbolicLink(current)) {
        return Problems.badFolder(folder, "\"%s\" is a link".formatted(part));
      }
      if (Files.exists(current) && !Files.isDirectory(current)) {
        return Problems.badFolder(folder, "\"%s\" is no folder".formatted(part));
      }
    }
    return null;
  }

  private Decoded<WrittenPattern> replace(
      String name, Path file, byte[] bytes, @Nullable String replaces, List<Diagnostic> warnings) {
    writing.lock();
    try {
      String digest = AtomicFile.digest(file);
      if (digest != null && replaces == null) {
        return Decoded.failed(Problems.exists(name, file));
      }
      if (replaces != null && !replaces.equals(digest)) {
        return Decoded.failed(Problems.changedMeanwhile(file, digest));
      }
      String written = AtomicFile.write(file, bytes);
      return Decoded.of(new WrittenPattern(name, file, written, digest != null), warnings);
    } catch (IOException e) {
      return Decoded.failed(Problems.notWritten(file, reason(e)));
    } finally {
      writing.unlock();
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException inFile ? inFile.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
