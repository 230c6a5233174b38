package dev.pirn.agents.process;

import java.util.ArrayList;
import java.util.List;

/// Something that a system offers for processes, or does not.
///
/// @param name two or three words
/// @param available whether it is there
/// @param meaning what it gives, or when it is not there, what is lost and what to do
public record Capability(String name, boolean available, String meaning) {

  /// What this system offers.
  ///
  /// @param options asks for a part of it only; what is not asked for is not listed
  public static List<Capability> probe(LauncherOptions options) {
    return of(Host.of(Launcher.access(options), ProcessBuilder::start), options);
  }

  static List<Capability> of(Host host, LauncherOptions options) {
    List<Capability> all = new ArrayList<>();
    boolean sessions = host.setsid() != null;
    all.add(
        sessions
            ? new Capability("own sessions", true, "Ctrl+C does not reach agents")
            : new Capability(
                "own sessions",
                false,
                "there is no program setsid: Ctrl+C reaches agents too, and what they start is"
                    + " signalled one by one; install util-linux"));
    boolean groups = sessions && host.signals().reachGroups();
    all.add(
        groups
            ? new Capability(
                "group signals",
                true,
                host.calls() ? "sent by system call" : "sent by the program kill, which is slower")
            : new Capability(
                "group signals",
                false,
                "processes are signalled one by one, and one that is started meanwhile is signalled"
                    + " late; install setsid and kill"));
    all.add(
        host.proc()
            ? new Capability("marks", true, "who leaves its session is found by its environment")
            : new Capability(
                "marks",
                false,
                "there is no /proc: who leaves its session and its parent is not found"));
    if (options.guardian()) {
      all.add(
          Guardian.possible(host)
              ? new Capability("guardian", true, "nothing stays behind when this process is killed")
              : new Capability(
                  "guardian",
                  false,
                  "there is no /proc or no sh: agents stay behind when this process is killed"));
    }
    if (options.adopting()) {
      all.add(
          host.calls()
              ? new Capability(
                  "adopting", true, "who clears its environment and leaves is found as an orphan")
              : new Capability(
                  "adopting",
                  false,
                  "native access is denied or this is not Linux: who clears its environment and"
                      + " leaves is not found; start Java with"
                      + " --enable-native-access=dev.pirn.agents"));
    }
    return List.copyOf(all);
  }
}
