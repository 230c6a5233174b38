package dev.pirn.live;

/// The codes of the problems that this module reports; each has a page in `docs/guide/errors`.
final class Codes {
  static final String MISSING = "PIRN-L001";
  static final String UNREADABLE = "PIRN-L002";
  static final String TOO_LARGE = "PIRN-L003";
  static final String EMPTY = "PIRN-L004";
  static final String NOT_A_FILE = "PIRN-L005";
  static final String DECODER_FAILED = "PIRN-L006";
  static final String CHECK_FAILED = "PIRN-L007";
  static final String ASSEMBLER_FAILED = "PIRN-L008";
  static final String BEING_WRITTEN = "PIRN-L009";
  static final String REFUSED = "PIRN-L010";
  static final String NOT_KEPT = "PIRN-L011";
  static final String HELD_BACK = "PIRN-L012";
  static final String WATCH = "PIRN-W001";

  private Codes() {}
}
