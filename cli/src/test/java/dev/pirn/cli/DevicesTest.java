package dev.pirn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.GlobalHistogramBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.pirn.server.Server;
import dev.pirn.server.ServerOptions;
import dev.pirn.server.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How another machine is shown its way to the pages.
class DevicesTest {
  private static final List<String> LINKS =
      List.of(
          "http://192.168.178.123:7474/@hotreload/enter?pass=0123456789abcdef0123456789abcdef",
          "http://10.0.0.7:7474/@hotreload/enter?pass=0123456789abcdef0123456789abcdef");

  @TempDir Path folder;

  private static String printed(boolean terminal, boolean colours) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(InputStream.nullInputStream(), out, out, terminal, terminal, colours);
    DevicesCommand.print(console, LINKS);
    console.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void linksArePrinted() {
    assertThat(printed(false, false))
        .isEqualTo(
            """
            another machine that opens this may look at the pages, and at nothing else:
              %s
              %s
            """
                .formatted(LINKS.getFirst(), LINKS.getLast()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theFirstLinkCanBeScannedOnATerminal(boolean colours) throws Exception {
    List<String> lines = printed(true, colours).lines().skip(3).toList();
    assertThat(lines).hasSizeLessThan(24).allMatch(line -> line.contains("\033") == colours);
    assertThat(scanned(lines, colours)).isEqualTo(LINKS.getFirst());
  }

  /// What a camera sees: each character is two squares, one above the other.
  private static String scanned(List<String> lines, boolean blackOnWhite) throws Exception {
    int scale = 4;
    List<String> rows = lines.stream().map(line -> line.replaceAll("\033\\[[0-9;]*m", "")).toList();
    int width = rows.getFirst().length() * scale;
    int height = rows.size() * 2 * scale;
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        char shown = rows.get(y / scale / 2).charAt(x / scale);
        boolean upper = y / scale % 2 == 0;
        boolean ink = shown == '█' || shown == (upper ? '▀' : '▄');
        pixels[y * width + x] = ink == blackOnWhite ? 0 : 0xffffff;
      }
    }
    try {
      return new QRCodeReader()
          .decode(
              new BinaryBitmap(
                  new GlobalHistogramBinarizer(new RGBLuminanceSource(width, height, pixels))))
          .getText();
    } catch (NotFoundException e) {
      throw new AssertionError(String.join("\n", lines), e);
    }
  }

  @Test
  void aServerThatOnlyThisMachineReachesHasNone() {
    Desk desk = Desk.workspace(folder);
    try (Server _ = Server.start(ServerOptions.of(Workspace.of(folder)).port(0))) {
      Ran ran = desk.run("devices");
      assertThat(ran.exit()).isEqualTo(Exit.FAILED);
      assertThat(ran.err())
          .isEqualTo(
              """
              error[PIRN-K005]: no other machine can reach this server
                help: start it with "pirn serve --lan", or set server.host and server.allow_remote
              """);
      assertThat(desk.run("devices", "--json").out()).isEqualTo("{\n  \"links\" : [ ]\n}\n");
    }
    assertThat(desk.run("devices").err()).startsWith("error[PIRN-K001]: no server is running");
  }
}
