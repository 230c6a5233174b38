package dev.pirn.web;

/// What a file is to a page.
enum FileKind {
  CSS,
  JS,
  HTML,
  IMG,
  FONT,
  MD,
  DATA,
  OTHER
}
