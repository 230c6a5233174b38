package dev.pirn.watch;

import java.util.regex.Pattern;

/// The names that editors and tools use while they save.
final class SaveNames {
  /// Backup (`a~`), vim swap files and its probes (`4913` and up in steps of 123), emacs locks and
  /// autosaves, IntelliJ's safe write, `sed -i`, `perl -i`, `ln -sf`, office locks, browser and
  /// rsync partials, and what calls itself temporary. A random ending (`sedXXXXXX`, `XXXXXXXX`,
  /// `CuXXXXXX`, `.NAME.XXXXXX`) has a digit or a capital letter in it, which tells `.env.docker`
  /// from it.
  private static final Pattern TEMPORARY =
      Pattern.compile(
          "(?s).*~|\\..*\\.sw[a-z]|\\.sw[a-z]|4913|5036|5159|5282|5405|\\.#.*|#.*#"
              + "|.*___jb_(?:tmp|old|bak)___|(?:sed|XX|Cu)(?=.*[A-Z0-9])[A-Za-z0-9]{6}|~\\$.*|\\.~lock\\..*#"
              + "|.*\\.(?:tmp|temp|part|crdownload|kate-swp)|\\.goutputstream-.*"
              + "|\\.\\S+\\.(?=.*[A-Z0-9])[A-Za-z0-9]{6}");

  private SaveNames() {}

  static boolean temporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }
}
