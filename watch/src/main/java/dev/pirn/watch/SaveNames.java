package dev.pirn.watch;

import java.util.regex.Pattern;

/// The names that editors and tools use while they save.
final class SaveNames {
  /// Backup (`a~`), vim swap files and its probe `4913`, emacs locks and autosaves, IntelliJ's safe
  /// write, `sed -i`, office locks, browser and rsync partials, and what calls itself temporary.
  private static final Pattern TEMPORARY =
      Pattern.compile(
          "(?s).*~|\\..*\\.sw[a-z]|\\.sw[a-z]|[0-9]{4,5}|\\.#.*|#.*#|.*___jb_(?:tmp|old|bak)___"
              + "|sed[A-Za-z0-9]{6}|~\\$.*|\\.~lock\\..*#|.*\\.(?:tmp|temp|part|crdownload|kate-swp)"
              + "|\\.goutputstream-.*|\\.\\S+\\.[A-Za-z0-9]{6}");

  private SaveNames() {}

  static boolean temporary(String name) {
    return TEMPORARY.matcher(name).matches();
  }
}
