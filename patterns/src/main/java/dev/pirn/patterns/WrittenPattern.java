package dev.pirn.patterns;

import java.nio.file.Path;

/// A pattern file that was written.
///
/// @param name the pattern's name, or the bundle's
/// @param file the file, absolute
/// @param digest the digest of its bytes, to be given to replace it again
/// @param replaced whether the file was there before
public record WrittenPattern(String name, Path file, String digest, boolean replaced) {}
