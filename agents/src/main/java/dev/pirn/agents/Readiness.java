package dev.pirn.agents;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// How it shows that a process is ready for requests. The set of kinds may grow.
public sealed interface Readiness {
  /// How long a process has to get ready, where nobody says otherwise.
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /// How long a process has to get ready.
  Duration timeout();

  /// It answers a GET with a status from 200 to 399.
  ///
  /// @param path the path, beginning with `/`
  record Http(String path, Duration timeout) implements Readiness {
    public Http {
      Objects.requireNonNull(timeout, "timeout");
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("a path begins with \"/\", was \"" + path + "\"");
      }
    }

    /// Whether an answer with this status says that it is ready.
    public static boolean accepts(int status) {
      return status >= 200 && status < 400;
    }
  }

  /// Its port takes connections. The default.
  record Tcp(Duration timeout) implements Readiness {
    public Tcp {
      Objects.requireNonNull(timeout, "timeout");
    }
  }

  /// It writes a line in which this is found.
  ///
  /// @param pattern a regular expression
  record LogLine(String pattern, Duration timeout) implements Readiness {
    /// @throws java.util.regex.PatternSyntaxException if it is no regular expression
    public LogLine {
      Objects.requireNonNull(timeout, "timeout");
      Pattern.compile(pattern);
    }
  }

  /// This command, run in the agent's working folder and with its environment, ends with 0.
  ///
  /// @param command the program and its arguments, at least one word
  record Command(List<String> command, Duration timeout) implements Readiness {
    public Command {
      Objects.requireNonNull(timeout, "timeout");
      command = List.copyOf(command);
      if (command.isEmpty()) {
        throw new IllegalArgumentException("a command has at least one word");
      }
    }
  }
}
