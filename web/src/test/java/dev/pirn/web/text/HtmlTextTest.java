package dev.pirn.web.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
  private static @Nullable String inject(String html, Charset charset) {
    byte[] injected = HtmlText.inject(html.getBytes(charset), "~");
    return injected == null ? null : new String(injected, charset);
  }

  /// The `~` is where the tag is put.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!doctype html><html><head>~<title>x</title></head></html>",
        "<!DOCTYPE HTML>\r\n<HTML LANG=EN>\r\n<HEAD>~\r\n<META CHARSET=utf-8>",
        "<html><head>~</head>",
        "<head>~</head>",
        "<head\n>~",
        "<head/>~",
        "<head class=\"a>b\" id='>' x=1>~<title>",
        "<html class=\"a>b\" data-x='</head><head>'><head>~",
        "<html a = \"b\" c= 'd' e =f g=/ h><head>~",
        "<html a=\"b\"c='d'e><head>~",
        "<html =x><head>~",
        "<html lang=de/><head>~",
        "<!doctype html>~<title>x</title>",
        "<!doctype html><html>~<body>",
        "<!doctype html>\n<html>\n~<meta charset=utf-8>",
        "<!doctype html>\n~<p>x",
        "<!doctype html>~plain",
        "<!doctype html>~",
        "<!doctype html><html>~<header>x</header>",
        "<html>~</html>",
        "<!-- a > b --><!doctype html><!-- <head> --><html><!--[if IE]><head><![endif]--><head>~",
        "<!--><html><head>~",
        "<!---><html><head>~",
        "<!----><html><head>~",
        "<!-- a --!><html><head>~",
        "<!-- a -- b - -> --><html><head>~",
        "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"x\">\n<html><head>~",
        "<![CDATA[x]><html><head>~",
        "\uFEFF<!doctype html><html><head>~ü",
        " \t\r\n\f<html><head>~",
        "<html data-hot=\"on\"><head>~",
        "<html data-hot><head>~",
        "<html data-hotter=off><head>~",
        "<html x=data-hot=off><head>~",
        "<head data-hot=off>~",
        "<html><!-- data-hot=\"off\" --><head>~<title>ä€\ud83d\ude00</title>",
        "<html><head>~<head><head>",
        "<html lang=a><html lang=b><head>~",
      })
  void isPutFirstIntoTheHead(String expected) {
    assertThat(inject(expected.replace("~", ""), StandardCharsets.UTF_8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<p>x</p>",
        "<header>x</header>",
        "<headline>",
        "<htmlx><head>",
        "<title>x</title>",
        "<body>x</body>",
        "plain <html><head>",
        "<!-- a --><p>x</p>",
        "<!-- <html><head>",
        "<!--->",
        "<?xml version=\"1.0\"?><svg/>",
        "<!doctype html",
        "<html",
        "<html ",
        "<html a=\"><head>",
        "<html a=",
        "<html><head",
        "<html data-hot=\"off\"><head>",
        "<html data-hot='off'><head>",
        "<HTML lang=de DATA-HOT = OFF><head>",
        "<!doctype html><html data-hot=off>",
        "{\"a\": \"<html>\"}",
      })
  void whatIsNoWholeDocumentOrDoesNotWantItIsLeftAlone(String html) {
    assertThat(inject(html, StandardCharsets.UTF_8)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"UTF-16LE", "UTF-16BE", "UTF-16"})
  void whatHasTwoBytesForALetterIsLeftAlone(String charset) {
    String html = "<!doctype html><html><head></head>";
    assertThat(inject(html, Charset.forName(charset))).isNull();
    assertThat(inject("\uFEFF" + html, Charset.forName(charset))).isNull();
  }

  @ParameterizedTest
  @CsvSource({"UTF-8", "ISO-8859-1", "windows-1252", "Shift_JIS", "GB18030", "EUC-KR"})
  void theDocumentAndTheTagSurviveInEveryOtherEncoding(String name) {
    Charset charset = Charset.forName(name);
    byte[] html = "<html><head><title>§ ü</title>".getBytes(charset);
    byte[] injected = HtmlText.inject(html, "<script data-page='/ü\ud83d\ude00'>");
    assertThat(injected).isNotNull();
    assertThat(new String(injected, charset))
        .isEqualTo(
            "<html><head><script data-page='/&#252;&#128512;'>"
                + new String("<title>§ ü</title>".getBytes(charset), charset));
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        "<!--",
        "<!-- --",
        "--",
        "<!---->",
        "<!",
        "<html ",
        "<html a=b>",
        "a=\"b\" ",
        " ",
        "<",
        "=",
        "<?>"
      })
  void fiveMegabytesOfAnythingAreReadInTime(String piece) {
    String html = "<html " + piece.repeat(5_000_000 / piece.length());
    assertThat(HtmlText.inject(html.getBytes(StandardCharsets.UTF_8), "~"))
        .satisfiesAnyOf(
            injected -> assertThat(injected).isNull(),
            injected -> assertThat(injected).hasSize(html.length() + 1));
    assertThat(inject("<html>" + html, StandardCharsets.UTF_8)).isNotEqualTo("");
  }

  @Test
  void nothingIsTooBrokenToBeRead() {
    String[] pieces =
        "<!--|-->|--!>|<!doctype html|<html|<head|>|/|=|'|\"|data-hot|off| |\n|a|<|\u0000|ü"
            .split("\\|");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder html = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        html.append(pieces[random.nextInt(pieces.length)]);
      }
      String injected = inject(html.toString(), StandardCharsets.UTF_8);
      if (injected != null) {
        assertThat(injected.replace("~", ""))
            .as("seed %d, round %d", seed, round)
            .isEqualTo(html.toString());
      }
    }
  }
}
