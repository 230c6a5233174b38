package dev.pirn.web;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a file is to a page.
public enum FileKind {
  /// A stylesheet.
  CSS,
  /// A script, or a module.
  JS,
  /// A document.
  HTML,
  /// An image.
  IMG,
  /// A font.
  FONT,
  /// Markdown.
  MD,
  /// What pages read as data: JSON, YAML, text.
  DATA,
  /// Anything else.
  OTHER;

  private static final String UNKNOWN = "application/octet-stream";

  /// A kind and the media type of a file's name, by the registry of the IANA.
  private record Type(FileKind kind, String media) {}

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          entry("css", CSS, "text/css; charset=utf-8"),
          entry("js", JS, "text/javascript; charset=utf-8"),
          entry("mjs", JS, "text/javascript; charset=utf-8"),
          entry("html", HTML, "text/html; charset=utf-8"),
          entry("htm", HTML, "text/html; charset=utf-8"),
          entry("svg", IMG, "image/svg+xml"),
          entry("png", IMG, "image/png"),
          entry("jpg", IMG, "image/jpeg"),
          entry("jpeg", IMG, "image/jpeg"),
          entry("gif", IMG, "image/gif"),
          entry("webp", IMG, "image/webp"),
          entry("avif", IMG, "image/avif"),
          entry("ico", IMG, "image/vnd.microsoft.icon"),
          entry("bmp", IMG, "image/bmp"),
          entry("woff2", FONT, "font/woff2"),
          entry("woff", FONT, "font/woff"),
          entry("ttf", FONT, "font/ttf"),
          entry("otf", FONT, "font/otf"),
          entry("md", MD, "text/markdown; charset=utf-8"),
          entry("json", DATA, "application/json"),
          entry("webmanifest", DATA, "application/manifest+json"),
          entry("yaml", DATA, "application/yaml"),
          entry("yml", DATA, "application/yaml"),
          entry("txt", DATA, "text/plain; charset=utf-8"),
          entry("csv", DATA, "text/csv; charset=utf-8"),
          entry("xml", DATA, "application/xml"),
          entry("xhtml", OTHER, "application/xhtml+xml"),
          entry("map", OTHER, "application/json"),
          entry("wasm", OTHER, "application/wasm"),
          entry("pdf", OTHER, "application/pdf"),
          entry("mp4", OTHER, "video/mp4"),
          entry("webm", OTHER, "video/webm"),
          entry("mp3", OTHER, "audio/mpeg"),
          entry("ogg", OTHER, "audio/ogg"),
          entry("wav", OTHER, "audio/wav"));

  private static Map.Entry<String, Type> entry(String extension, FileKind kind, String media) {
    return Map.entry(extension, new Type(kind, media));
  }

  private static @Nullable Type type(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.get(extension);
  }

  /// What a file of this name is.
  static FileKind of(String name) {
    Type type = type(name);
    return type == null ? OTHER : type.kind();
  }

  /// The media type of a file of this name.
  static String mediaType(String name) {
    Type type = type(name);
    return type == null ? UNKNOWN : type.media();
  }

  /// As plans name it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
