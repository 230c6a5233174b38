package dev.pirn.settings;

import java.util.List;

/// A `.env` file that has been read: its text and its settings, in the order of the file.
///
/// @param text the text, without a byte order mark
/// @param bom whether it begins with a byte order mark
/// @param entries the settings
record EnvFile(EnvText text, boolean bom, List<EnvEntry> entries) {
  EnvFile {
    entries = List.copyOf(entries);
  }

  @Override
  public String toString() {
    return "EnvFile[" + text.file() + ", " + entries.size() + " settings]";
  }
}
