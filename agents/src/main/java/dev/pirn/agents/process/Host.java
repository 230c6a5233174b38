package dev.pirn.agents.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What this system has to offer for processes.
///
/// @param setsid the program that starts another one in a session of its own; null when there is
///   none
/// @param exitWaits opens a wait
/// @param calls whether system calls can be made
/// @param proc whether there is `/proc`
record Host(
    ProcessTable table,
    Signals signals,
    Supplier<ExitWait> exitWaits,
    @Nullable Path setsid,
    @Nullable Path shell,
    boolean calls,
    boolean proc) {

  /// The folders of a system's own programs, whatever the PATH.
  private static final List<String> FOLDERS = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

  enum Access {
    /// All that there is.
    FULL,
    /// As where the JVM is started without native access.
    NO_CALLS,
    /// As on a system that is not Linux.
    PORTABLE
  }

  /// Finds out what there is.
  ///
  /// @param spawner starts the programs that do what no call does
  static Host of(Access access, Spawner spawner) {
    boolean linux = access != Access.PORTABLE && System.getProperty("os.name").equals("Linux");
    boolean proc = linux && ProcTable.available();
    boolean calls = proc && access == Access.FULL && callable();
    ProcessTable table = proc ? new ProcTable() : new HandleTable();
    Signals signals =
        calls ? new LinuxSignals(table) : new ProgramSignals(table, program("kill"), spawner);
    Supplier<ExitWait> waits = calls ? () -> PidfdWait.open(table) : () -> new LookingWait(table);
    return new Host(table, signals, waits, program("setsid"), program("sh"), calls, proc);
  }

  private static boolean callable() {
    try {
      return LinuxCalls.available();
    } catch (LinkageError | IllegalCallerException e) {
      // Native access is denied, or this C library lacks a call.
      return false;
    }
  }

  private static @Nullable Path program(String name) {
    for (String folder : FOLDERS) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    // Systems without the common folders have it somewhere on the PATH.
    return Programs.onPath(name, Map.copyOf(System.getenv()), Path.of("/"));
  }

  ExitWait exitWait() {
    return exitWaits.get();
  }

  /// Where this JVM's own files are.
  static long self() {
    return ProcessHandle.current().pid();
  }
}
