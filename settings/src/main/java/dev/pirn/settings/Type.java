package dev.pirn.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How the text of a setting becomes a value.
///
/// @param expected what is expected, in the words of a problem
/// @param parser gives null for a text that does not fit
record Type<T>(String expected, Function<String, @Nullable T> parser) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,18})(ms|s|m|h|d)?");
  private static final Pattern SIZE =
      Pattern.compile("([0-9]{1,18}) ?(|k|m|g|t|ki|mi|gi|ti)b?", Pattern.CASE_INSENSITIVE);

  static final Type<String> STRING = new Type<>("a text", text -> text);
  static final Type<Secret> SECRET = new Type<>("a text", Secret::new);
  static final Type<Integer> INT =
      new Type<>("a whole number from -2147483648 to 2147483647", number(Integer::valueOf));
  static final Type<Long> LONG = new Type<>("a whole number of 64 bits", number(Long::valueOf));
  static final Type<Double> DOUBLE = new Type<>("a finite number", Type::parseDouble);
  static final Type<Boolean> BOOLEAN =
      new Type<>("true or false, yes or no, on or off, 1 or 0", Type::parseBoolean);
  static final Type<Duration> DURATIONS =
      new Type<>("a duration like 500ms, 2s, 5m, 1h or 1d", Type::parseDuration);
  static final Type<ByteSize> SIZES =
      new Type<>("a size like 512, 64kB, 10MB or 2GiB", Type::parseSize);
  static final Type<Path> PATH = new Type<>("a path", Type::parsePath);
  static final Type<URI> URIS = new Type<>("a URI", Type::parseUri);

  @Nullable T parse(String text) {
    return parser.apply(text);
  }

  static <T> Type<List<T>> listOf(Type<T> item) {
    return new Type<>(
        "a list with commas, each item " + item.expected,
        text -> {
          List<T> items = new ArrayList<>();
          for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
              T value = item.parse(part.strip());
              if (value == null) {
                return null;
              }
              items.add(value);
            }
          }
          return List.copyOf(items);
        });
  }

  static <E extends Enum<E>> Type<E> enumOf(Class<E> type) {
    E[] all = type.getEnumConstants();
    return new Type<>(
        Stream.of(all).map(Enum::name).collect(Collectors.joining(", ", "one of ", "")),
        text -> {
          for (E constant : all) {
            if (Secrets.plain(constant.name()).equals(Secrets.plain(text))) {
              return constant;
            }
          }
          return null;
        });
  }

  private static <N> Function<String, @Nullable N> number(Function<String, N> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (NumberFormatException e) {
        return null;
      }
    };
  }

  private static @Nullable Double parseDouble(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> null;
    };
  }

  static boolean hasNoUnit(String duration) {
    return duration.chars().allMatch(Character::isDigit) && !duration.matches("0*");
  }

  private static @Nullable Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    ChronoUnit unit =
        switch (matcher.group(2)) {
          case "s" -> ChronoUnit.SECONDS;
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          case "d" -> ChronoUnit.DAYS;
          case null, default -> ChronoUnit.MILLIS;
        };
    try {
      return Duration.of(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable ByteSize parseSize(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    // A bare "k" is 1,000 to some and 1,024 to others.
    if (!unit.isEmpty() && !text.toLowerCase(Locale.ROOT).endsWith("b")) {
      return null;
    }
    long base = unit.endsWith("i") ? 1024 : 1000;
    int power = unit.isEmpty() ? 0 : "kmgt".indexOf(unit.charAt(0)) + 1;
    try {
      long bytes = Long.parseLong(matcher.group(1));
      for (int i = 0; i < power; i++) {
        bytes = Math.multiplyExact(bytes, base);
      }
      return new ByteSize(bytes);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Path parsePath(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static @Nullable URI parseUri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
