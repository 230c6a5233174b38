package dev.pirn.agents;

import dev.pirn.settings.Setting;
import dev.pirn.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads the `.env` files of an agent.
final class EnvFiles {
  private EnvFiles() {}

  /// What they set, later files before earlier ones. A file that is not there sets nothing.
  static Map<String, String> read(List<Path> files, Map<String, String> environment) {
    List<Path> there = files.stream().filter(Files::isRegularFile).toList();
    Map<String, String> all = new HashMap<>();
    if (!there.isEmpty()) {
      try (Settings settings =
          Settings.of(there).environment(environment).startBroken(true).open()) {
        for (Setting setting : settings.values().all()) {
          all.put(setting.key(), setting.value());
        }
      }
    }
    return all;
  }
}
