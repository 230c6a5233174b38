package dev.pirn.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"pirn %s (Java %s)".formatted(text(), Runtime.version())};
  }

  /// The version of this module, as it was built.
  static String text() {
    return Version.class.getModule().getDescriptor() == null
        ? "unknown"
        : Version.class.getModule().getDescriptor().rawVersion().orElse("unknown");
  }
}
