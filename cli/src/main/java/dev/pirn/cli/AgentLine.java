package dev.pirn.cli;

import java.util.regex.Pattern;

/// How a line that an agent has printed is shown: `name #generation | text`, on a terminal with the
/// name in a colour that is always the same for it.
///
/// @param colours whether what is written is coloured
record AgentLine(boolean colours) {
  /// Those that can be read on black and on white.
  private static final int[] COLOURS = {36, 33, 32, 35, 34, 31};

  /// What sets colours, and nothing else, in the words of a terminal.
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]{0,32}m");

  private static final String PLAIN = "\u001b[0m";

  /// The line with its end.
  String text(String agent, long generation, String text) {
    String prefix = "%s #%d |".formatted(Text.visible(agent), generation);
    return colours
        ? "\u001b[%dm%s%s %s\n".formatted(colour(agent), prefix, PLAIN, coloured(text))
        : prefix + " " + shown(COLOUR.matcher(text).replaceAll("")) + "\n";
  }

  private static int colour(String agent) {
    return COLOURS[Math.floorMod(agent.hashCode(), COLOURS.length)];
  }

  /// With the colours of the agent's own, and nothing else that could steer a terminal.
  private static String coloured(String text) {
    if (text.indexOf('\u001b') < 0) {
      return shown(text);
    }
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (var found : COLOUR.matcher(text).results().toList()) {
      out.append(shown(text.substring(at, found.start()))).append(found.group());
      at = found.end();
    }
    return out.append(shown(text.substring(at))).append(PLAIN).toString();
  }

  private static String shown(String text) {
    return Text.visible(text.replace("\t", "    "));
  }
}
