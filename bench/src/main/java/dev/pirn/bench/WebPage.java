package dev.pirn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A page of 500 rows with a stylesheet and a module, of which each shows which edit of it is in
/// force. The last row is what is edited, so that a page that is loaded anew has to be read whole.
final class WebPage {
  private static final int ROWS = 500;

  private final Path folder;

  /// What is edited.
  enum Kind {
    CSS("style.css"),
    JS("app.js"),
    HTML("index.html");

    final String file;

    Kind(String file) {
      this.file = file;
    }

    String text(int edit) {
      return switch (this) {
        case CSS -> "#last { order: %d; color: rgb(0 0 %d) }\n".formatted(edit, edit % 256);
        case JS ->
            """
            document.getElementById('script').textContent = '%d';
            import.meta.hot?.accept();
            """
                .formatted(edit);
        case HTML -> html(edit);
      };
    }

    private static String html(int edit) {
      String rows =
          IntStream.range(0, ROWS)
              .mapToObj("<li>row <b>%d</b> of many</li>\n"::formatted)
              .collect(Collectors.joining());
      return """
      <!doctype html>
      <html>
      <head>
      <meta charset="utf-8">
      <title>A page</title>
      <link rel="stylesheet" href="style.css">
      <script type="module" src="app.js"></script>
      </head>
      <body>
      <p id="script"></p>
      <ul>
      %s<li id="last">%d</li>
      </ul>
      </body>
      </html>
      """
          .formatted(rows, edit);
    }
  }

  private WebPage(Path folder) {
    this.folder = folder;
  }

  /// Writes it into a folder, before its first edit.
  static WebPage write(Path folder) throws IOException {
    WebPage page = new WebPage(Files.createDirectories(folder));
    for (Kind kind : Kind.values()) {
      page.edit(kind, 0);
    }
    return page;
  }

  void edit(Kind kind, int edit) throws IOException {
    Files.writeString(folder.resolve(kind.file), kind.text(edit));
  }

  /// The text of the file at an address as it was written; empty if there is none.
  byte[] original(String address) throws IOException {
    Path file = folder.resolve(address.equals("/") ? Kind.HTML.file : address.substring(1));
    return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
  }
}
