package dev.pirn.bench;

import java.util.Arrays;
import java.util.Locale;

/// Measured values of one figure, and how they are shown: always with their number and spread.
record Sample(double p50, double p95, double p99, double max, int count) {
  static Sample of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Sample(
        at(sorted, 0.50),
        at(sorted, 0.95),
        at(sorted, 0.99),
        sorted[sorted.length - 1],
        sorted.length);
  }

  private static double at(double[] sorted, double quantile) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(quantile * (sorted.length - 1)))];
  }

  static String row(String figure, Sample sample, String unit, String note) {
    return String.format(
        Locale.ROOT,
        "%-66s %10.3f %10.3f %10.3f %-5s %6d  %s",
        figure,
        sample.p50,
        sample.p99,
        sample.max,
        unit,
        sample.count,
        note);
  }

  static String skipped(String figure, String why) {
    return String.format(Locale.ROOT, "%-66s skipped: %s", figure, why);
  }

  static String head() {
    return String.format(
        Locale.ROOT,
        "%-66s %10s %10s %10s %-5s %6s  %s",
        "figure",
        "p50",
        "p99",
        "max",
        "unit",
        "n",
        "note");
  }
}
