package dev.pirn.registry;

import java.math.BigInteger;
import java.util.Comparator;

/// The order of semantic versions: by numbers, and a pre-release before its release.
final class SemanticVersion {
  static final Comparator<String> ORDER = SemanticVersion::compare;

  private SemanticVersion() {}

  private static int compare(String a, String b) {
    int dashA = a.indexOf('-');
    int dashB = b.indexOf('-');
    String coreA = dashA < 0 ? a : a.substring(0, dashA);
    String coreB = dashB < 0 ? b : b.substring(0, dashB);
    int core = compareParts(coreA, coreB);
    if (core != 0 || (dashA < 0 && dashB < 0)) {
      return core;
    }
    if (dashA < 0 || dashB < 0) {
      return dashA < 0 ? 1 : -1;
    }
    return compareParts(a.substring(dashA + 1), b.substring(dashB + 1));
  }

  /// Numbers by value and before words; of two that begin alike the shorter one first.
  private static int compareParts(String a, String b) {
    String[] partsA = a.split("\\.", -1);
    String[] partsB = b.split("\\.", -1);
    for (int i = 0; i < Math.min(partsA.length, partsB.length); i++) {
      boolean numberA = number(partsA[i]);
      boolean numberB = number(partsB[i]);
      int order =
          numberA && numberB
              ? new BigInteger(partsA[i]).compareTo(new BigInteger(partsB[i]))
              : numberA || numberB ? (numberA ? -1 : 1) : partsA[i].compareTo(partsB[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(partsA.length, partsB.length);
  }

  private static boolean number(String part) {
    return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
