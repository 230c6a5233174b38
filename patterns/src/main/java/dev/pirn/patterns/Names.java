package dev.pirn.patterns;

import java.util.regex.Pattern;

/// Which names a pattern may have: such as can be a file's name everywhere and never lead out of a
/// folder.
final class Names {
  static final String RULE =
      "use letters, digits, \"_\" and \"-\", with single dots between them, at most 100 characters";

  static final int MOST = 100;
  static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");

  private Names() {}

  static boolean isSafe(String name) {
    return name.length() <= MOST && FORM.matcher(name).matches();
  }
}
