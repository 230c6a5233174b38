package dev.pirn.agents;

import dev.pirn.live.Diagnostic;
import dev.pirn.watch.WatchSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the environment says of reloading, in the variables `MCP_MESH_*`. A variable that says
/// nothing, or something that is not understood, leaves what holds without it; the latter is told.
///
/// @param enabled whether changes do anything; null where nothing is said, as in all of them
/// @param delay how long a file must be at rest
/// @param extensions the endings of files that are watched, in lower case and without a dot
/// @param mode how processes follow one another
/// @param preserveState whether what agents keep outlives a start
/// @param precheck whether files are checked before a process is replaced
/// @param diagnostics what is to be said of the variables
record ReloadEnvironment(
    @Nullable Boolean enabled,
    @Nullable Duration delay,
    @Nullable Set<String> extensions,
    @Nullable Mode mode,
    @Nullable Boolean preserveState,
    @Nullable Boolean precheck,
    List<Diagnostic> diagnostics) {
  static final String ENABLE = "MCP_MESH_ENABLE_HOT_RELOAD";
  static final String DELAY = "MCP_MESH_RELOAD_DELAY";
  static final String EXTENSIONS = "MCP_MESH_WATCH_EXTENSIONS";
  static final String STRATEGY = "MCP_MESH_RELOAD_STRATEGY";
  static final String PRESERVE = "MCP_MESH_PRESERVE_STATE";
  static final String PRECHECK = "MCP_MESH_RELOAD_PRECHECK";

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s)?");
  private static final Pattern EXTENSION = Pattern.compile("(?:\\*?\\.)?([A-Za-z0-9_+-]{1,32})");

  static final ReloadEnvironment NOTHING =
      new ReloadEnvironment(null, null, null, null, null, null, List.of());

  ReloadEnvironment {
    diagnostics = List.copyOf(diagnostics);
  }

  static ReloadEnvironment of(Map<String, String> environment) {
    List<Diagnostic> said = new ArrayList<>();
    for (String unused : List.of("MCP_MESH_RELOAD_DEBOUNCE", "MCP_MESH_RELOAD_PORT_DELAY")) {
      if (environment.containsKey(unused)) {
        said.add(Problems.notUsed(unused));
      }
    }
    return new ReloadEnvironment(
        flag(ENABLE, environment, said),
        delay(environment, said),
        extensions(environment, said),
        strategy(environment, said),
        flag(PRESERVE, environment, said),
        flag(PRECHECK, environment, said),
        said);
  }

  private static @Nullable String value(String name, Map<String, String> environment) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static @Nullable Boolean flag(
      String name, Map<String, String> environment, List<Diagnostic> said) {
    String value = value(name, environment);
    if (value == null) {
      return null;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1", "t", "y" -> true;
      case "false", "no", "off", "0", "f", "n" -> false;
      default -> {
        said.add(Problems.badVariable(name, value, "true or false, yes or no, on or off, 1 or 0"));
        yield null;
      }
    };
  }

  private static @Nullable Duration delay(Map<String, String> environment, List<Diagnostic> said) {
    String value = value(DELAY, environment);
    if (value == null) {
      return null;
    }
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      said.add(Problems.badVariable(DELAY, value, "a duration like 500ms or 2s"));
      return null;
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration delay =
        "s".equals(matcher.group(2)) ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    if (delay.compareTo(WatchSpec.LONGEST_DEBOUNCE) > 0) {
      said.add(Problems.badVariable(DELAY, value, "from 0 to 5s"));
      return null;
    }
    if (matcher.group(2) == null && amount != 0) {
      said.add(Problems.noUnit(DELAY, amount));
    }
    return delay;
  }

  private static @Nullable Set<String> extensions(
      Map<String, String> environment, List<Diagnostic> said) {
    String value = value(EXTENSIONS, environment);
    if (value == null) {
      return null;
    }
    Set<String> extensions = new LinkedHashSet<>();
    for (String item : value.split(",", -1)) {
      Matcher matcher = EXTENSION.matcher(item.strip());
      if (matcher.matches()) {
        extensions.add(matcher.group(1).toLowerCase(Locale.ROOT));
      } else if (!item.isBlank()) {
        said.add(Problems.badVariable(EXTENSIONS, value, "endings with commas, like .py,.yaml"));
        return null;
      }
    }
    return extensions.isEmpty() ? null : extensions;
  }

  private static @Nullable Mode strategy(Map<String, String> environment, List<Diagnostic> said) {
    String value = value(STRATEGY, environment);
    if (value == null) {
      return null;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "restart" -> Mode.BLUE_GREEN;
      case "refresh" -> Mode.SIGNAL;
      default -> {
        said.add(Problems.badVariable(STRATEGY, value, "restart or refresh"));
        yield null;
      }
    };
  }
}
