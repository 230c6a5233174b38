package dev.pirn.settings;

import dev.pirn.live.Place;

/// One setting of a file, with where it stands in the file's text.
///
/// @param key its key
/// @param value its value, not yet resolved
/// @param quote how the value is written
/// @param secret whether the line must not be shown
/// @param lineStart where the line begins
/// @param keyStart where the key begins, after a possible `export`
/// @param valueStart where the value begins, its quote included
/// @param valueEnd the index behind the value, its quote included
record EnvEntry(
    EnvText in,
    String key,
    Template value,
    Quote quote,
    boolean secret,
    int lineStart,
    int keyStart,
    int valueStart,
    int valueEnd) {

  int line() {
    return in.line(keyStart);
  }

  /// The key, for problems.
  Place keyPlace() {
    return place(keyStart, keyStart + key.length());
  }

  /// The value, for problems.
  Place valuePlace() {
    return valueStart == valueEnd ? keyPlace() : place(valueStart, valueEnd);
  }

  /// A reference in the value; of a secret the value as a whole.
  Place place(Template.Reference reference) {
    return secret ? valuePlace() : place(reference.start(), reference.end());
  }

  private Place place(int start, int end) {
    if (!secret) {
      return in.shown(start, end, start < in.lineEnd(keyStart) ? valueEnd : end, "");
    }
    int stop = start < valueStart ? end : start + Secrets.MASK.length();
    Place place = in.shown(start, stop, valueStart, Secrets.MASK);
    return start < valueStart
        ? place
        // As many columns as the mask has: the length of a secret is nobody's business.
        : new Place(place.file(), place.line(), place.column(), 3, place.text());
  }

  /// Without the value.
  @Override
  public String toString() {
    return key + " at " + in.file() + ":" + line();
  }
}
