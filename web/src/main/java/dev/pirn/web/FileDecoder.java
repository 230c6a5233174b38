package dev.pirn.web;

import dev.pirn.live.Content;
import dev.pirn.live.Decoded;
import dev.pirn.live.Decoder;
import dev.pirn.web.text.CssText;
import dev.pirn.web.text.ModuleText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Reads what pages need to know of a file. Nothing in a file is an error here: browsers say what
/// they do not understand, and better.
final class FileDecoder implements Decoder<WebFile> {
  /// The largest file of which the content is kept in memory.
  static final int MOST_KEPT = 1024 * 1024;

  private final List<Path> roots;

  /// @param roots the folders that are served, absolute
  FileDecoder(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public Decoded<WebFile> decode(Content content) {
    Path file = content.file();
    Path root =
        roots.stream()
            .filter(file::startsWith)
            .reduce((a, b) -> b.startsWith(a) ? b : a)
            .orElseThrow(() -> new IllegalArgumentException("%s lies nowhere".formatted(file)));
    String url = Urls.of(root.relativize(file));
    FileKind kind = FileKind.of(url);
    byte[] bytes = content.bytes();
    boolean kept = bytes.length <= MOST_KEPT;
    ModuleText module = kind == FileKind.JS && kept ? ModuleText.read(text(bytes)) : null;
    Stream<String> references =
        module != null
            ? module.imports().stream().map(ModuleText.Import::specifier).filter(FileDecoder::path)
            : kind == FileKind.CSS && kept ? css(bytes) : Stream.empty();
    return Decoded.of(
        new WebFile(
            url,
            file,
            kind,
            bytes.length,
            kept ? Buffer.buffer(bytes) : null,
            module,
            references
                .map(reference -> Urls.resolve(url, reference))
                .filter(Objects::nonNull)
                .distinct()
                .toList()));
  }

  /// Whether it is no name that the page's import map stands for.
  static boolean path(String specifier) {
    return specifier.startsWith("/") || specifier.startsWith("./") || specifier.startsWith("../");
  }

  private static Stream<String> css(byte[] bytes) {
    CssText text = CssText.read(text(bytes));
    return Stream.concat(text.imports().stream(), text.urls().stream());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
