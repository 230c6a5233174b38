package dev.pirn.patterns;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a file that cannot be put in force is called: as its last good version was, or else as can
/// be read in it, or else as the file itself.
///
/// @param name the name of the pattern or bundle
/// @param category its category or domain; empty when it cannot be told
record FileLabel(String name, String category) {
  private static final int READ_AT_MOST = 64 * 1024;
  private static final String VALUE = ":[ \\t]+[\"']?([A-Za-z0-9_][A-Za-z0-9_. -]*)";
  private static final Pattern NAME = line("name");
  private static final Pattern CATEGORY = line("category");

  private static Pattern line(String key) {
    return Pattern.compile("^" + key + VALUE, Pattern.MULTILINE);
  }

  static FileLabel of(Path file, PatternLibrary lastGood) {
    List<LoadedPattern> loaded = lastGood.byFile(file);
    if (!loaded.isEmpty()) {
      LoadedPattern first = loaded.getFirst();
      Bundle bundle = first.bundle();
      return new FileLabel(
          bundle == null ? first.name() : bundle.name(), first.pattern().category());
    }
    String text = beginning(file);
    String stem = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return new FileLabel(value(NAME, text, stem), value(CATEGORY, text, ""));
  }

  private static String value(Pattern line, String text, String otherwise) {
    Matcher matcher = line.matcher(text);
    return matcher.find() ? matcher.group(1).strip() : otherwise;
  }

  /// The first bytes of a regular file, or nothing if it cannot be read: this is only for a label.
  private static String beginning(Path file) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(READ_AT_MOST), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
