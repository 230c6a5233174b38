package dev.pirn.registry;

import java.util.Comparator;

/// The order of semantic versions: by numbers, and a pre-release before its release.
final class SemanticVersion {
  static final Comparator<String> ORDER = SemanticVersion::compare;

  private SemanticVersion() {}

  private static int compare(String a, String b) {
    int dashA = a.indexOf('-');
    int dashB = b.indexOf('-');
    int coreA = dashA < 0 ? a.length() : dashA;
    int coreB = dashB < 0 ? b.length() : dashB;
    int core = compareParts(a, 0, coreA, b, 0, coreB);
    if (core != 0 || (dashA < 0 && dashB < 0)) {
      return core;
    }
    if (dashA < 0 || dashB < 0) {
      return dashA < 0 ? 1 : -1;
    }
    return compareParts(a, dashA + 1, a.length(), b, dashB + 1, b.length());
  }

  /// Numbers by value and before words; of two that begin alike the shorter one first.
  private static int compareParts(String a, int startA, int endA, String b, int startB, int endB) {
    int fromA = startA;
    int fromB = startB;
    while (true) {
      int toA = partEnd(a, fromA, endA);
      int toB = partEnd(b, fromB, endB);
      int order = comparePart(a, fromA, toA, b, fromB, toB);
      if (order != 0) {
        return order;
      }
      if (toA == endA || toB == endB) {
        return Boolean.compare(toB == endB, toA == endA);
      }
      fromA = toA + 1;
      fromB = toB + 1;
    }
  }

  private static int partEnd(String text, int from, int end) {
    int dot = text.indexOf('.', from, end);
    return dot < 0 ? end : dot;
  }

  private static int comparePart(String a, int fromA, int toA, String b, int fromB, int toB) {
    boolean numberA = number(a, fromA, toA);
    boolean numberB = number(b, fromB, toB);
    if (numberA != numberB) {
      return numberA ? -1 : 1;
    }
    int startA = numberA ? afterZeros(a, fromA, toA) : fromA;
    int startB = numberB ? afterZeros(b, fromB, toB) : fromB;
    int digits = Integer.compare(toA - startA, toB - startB);
    return numberA && digits != 0
        ? digits
        : CharSequence.compare(a.subSequence(startA, toA), b.subSequence(startB, toB));
  }

  private static int afterZeros(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static boolean number(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return to > from;
  }
}
