package dev.pirn.web;

import dev.pirn.web.text.ModuleText;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of one file of the tree.
///
/// @param url its address
/// @param file where it lies, absolute
/// @param kind what it is to a page
/// @param size how many bytes it has
/// @param bytes its content, or null where it is read from the disk when somebody asks for it
/// @param module for JavaScript, what it imports
/// @param references the addresses of what it cannot do without
record WebFile(
    String url,
    Path file,
    FileKind kind,
    long size,
    @Nullable Buffer bytes,
    @Nullable ModuleText module,
    List<String> references) {
  WebFile {
    references = List.copyOf(references);
  }
}
