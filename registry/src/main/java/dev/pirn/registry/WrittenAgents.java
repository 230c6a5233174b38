package dev.pirn.registry;

import java.nio.file.Path;
import java.util.List;

/// A change of a registry's file that was written.
///
/// @param file the file
/// @param digest the SHA-256 of its bytes, in hexadecimal
/// @param ids the agents that were changed
public record WrittenAgents(Path file, String digest, List<String> ids) {
  public WrittenAgents {
    ids = List.copyOf(ids);
  }
}
