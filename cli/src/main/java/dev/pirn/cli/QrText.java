package dev.pirn.cli;

import io.nayuki.qrcodegen.QrCode;

/// A QR code in characters, each of which is one square above another.
final class QrText {
  /// A scanner needs some room around it; the norm says four, two are enough.
  private static final int ROOM = 2;

  private static final String BLACK_ON_WHITE = "\033[30;107m";
  private static final String RESET = "\033[0m";

  private QrText() {}

  /// @param colours whether to say which is black and which is white; else the text is taken to be
  ///   light on a dark ground
  static String of(String text, boolean colours) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.LOW);
    StringBuilder lines = new StringBuilder();
    for (int y = -ROOM; y < code.size + ROOM; y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = -ROOM; x < code.size + ROOM; x++) {
        boolean above = code.getModule(x, y) == colours;
        boolean below = code.getModule(x, y + 1) == colours;
        line.append(above ? below ? '█' : '▀' : below ? '▄' : ' ');
      }
      lines.append(colours ? BLACK_ON_WHITE + line + RESET : line.toString()).append('\n');
    }
    return lines.toString();
  }
}
