package dev.pirn.patterns;

import dev.pirn.live.Place;
import java.util.List;

/// A pattern as a file defines it, with the places that a library's own problems point at.
///
/// @param pattern the pattern
/// @param namePlace where its name stands
/// @param relatedPlaces where each of its related patterns stands, in the same order
record Definition(Pattern pattern, Place namePlace, List<Place> relatedPlaces) {
  Definition {
    relatedPlaces = List.copyOf(relatedPlaces);
  }
}
