package dev.pirn.live;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/// An immutable value with where it comes from.
///
/// @param value the value
/// @param generation grows by one with each published snapshot of a source, from 1
/// @param digest identifies the bytes of all its files, in hexadecimal: for one file their SHA-256
/// @param time when it was published
/// @param files the files that it was made of, absolute
/// @param <T> the type of the value
public record Snapshot<T>(T value, long generation, String digest, Instant time, Set<Path> files) {
  public Snapshot {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(files, "files");
  }
}
