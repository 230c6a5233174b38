package dev.pirn.agents.front;

/// What the bodies of all requests of a front may take up together. Confined to its event loop.
final class Room {
  private long memory = 64L << 20;
  private long disk = 1L << 30;

  /// Takes some memory.
  ///
  /// @return whether there was so much left
  boolean takeMemory(long bytes) {
    if (bytes > memory) {
      return false;
    }
    memory -= bytes;
    return true;
  }

  void giveMemory(long bytes) {
    memory += bytes;
  }

  /// Takes some of the disk.
  ///
  /// @return whether there was so much left
  boolean takeDisk(long bytes) {
    if (bytes > disk) {
      return false;
    }
    disk -= bytes;
    return true;
  }

  void giveDisk(long bytes) {
    disk += bytes;
  }
}
