package dev.pirn.settings;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.live.Diagnostic;
import dev.pirn.live.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Reads `.env` files.
final class EnvDecoder implements Decoder<EnvFile> {
  private static final char BOM = '\ufeff';

  private final Secrets secrets;

  EnvDecoder(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Decoded<EnvFile> decode(Content content) {
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(content.bytes());
    CharBuffer out = CharBuffer.allocate(content.bytes().length);
    CoderResult result = utf8.decode(in, out, true);
    String all = out.flip().toString();
    boolean bom = !all.isEmpty() && all.charAt(0) == BOM;
    EnvText text = new EnvText(content.file(), bom ? all.substring(1) : all);
    if (result.isError()) {
      int end = text.text().length();
      return Decoded.failed(Problems.notUtf8(text.hidden(end, end), in.get(in.position())));
    }
    if (text.text().isBlank()) {
      return Decoded.failed(Problems.blankFile(Place.of(content.file())));
    }
    EnvParser parser = new EnvParser(text, secrets);
    List<EnvEntry> entries = parser.entries();
    List<Diagnostic> said = parser.problems();
    return Diagnostic.anyError(said)
        ? Decoded.failed(said)
        : Decoded.of(new EnvFile(text, bom, entries), said);
  }
}
