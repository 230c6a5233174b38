package dev.pirn.watch;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Which names the JDK can make a path of: it encodes them as the locale says, which in a container
/// without `LANG` is plain ASCII.
final class Names {
  /// The encoding of names as the JDK sees it.
  static final String ENCODING = shown(System.getProperty("sun.jnu.encoding", "UTF-8"));

  /// Whether it is UTF-8, in which every valid name can be said.
  static final boolean UTF_8 = ENCODING.equals("UTF-8");

  static final Charset CHARSET =
      UTF_8 || !Charset.isSupported(ENCODING) ? StandardCharsets.UTF_8 : Charset.forName(ENCODING);

  private Names() {}

  private static String shown(String encoding) {
    // What a POSIX locale calls itself, and the name that people know.
    return encoding.equals("ANSI_X3.4-1968") ? "US-ASCII" : encoding;
  }

  /// Whether the JDK can make a path of a name.
  static boolean usable(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return CHARSET.newEncoder().canEncode(name);
      }
    }
    return true;
  }
}
