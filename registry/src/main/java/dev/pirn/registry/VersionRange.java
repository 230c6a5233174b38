package dev.pirn.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Versions that a dependency accepts: `1.2.3`, `>=1.2 <2`, `^1.2`, `~1.2.3`, `1.x`, `*`, `1.2 -
/// 1.4`, and several of them with `||`.
///
/// A pre-release is accepted only where the range names one of the same three numbers.
final class VersionRange {
  private static final String NUMBER = "(\\d{1,9}|[xX*])";
  private static final String VERSION =
      NUMBER
          + "(?:\\."
          + NUMBER
          + ")?(?:\\."
          + NUMBER
          + ")?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?";
  private static final Pattern TERM =
      Pattern.compile("(>=|<=|!=|==|~>|[=<>~^])?\\s*v?" + VERSION + "(?=[\\s,]|$)[\\s,]*");
  private static final Pattern SPAN =
      Pattern.compile("\\s*v?" + VERSION + "\\s+-\\s+v?" + VERSION + "\\s*");

  private final List<Group> any;

  private record Group(List<Predicate<String>> all, List<String> preReleases) {
    boolean includes(String version) {
      return all.stream().allMatch(term -> term.test(version))
          && (!version.contains("-")
              || preReleases.stream().anyMatch(named -> core(named).equals(core(version))));
    }
  }

  /// Up to three numbers, and what stands behind a dash.
  private record Partial(List<Integer> numbers, @Nullable String preRelease) {
    static Partial of(Matcher matcher, int from) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = from; i < from + 3; i++) {
        String number = matcher.group(i);
        if (number == null || !Character.isDigit(number.charAt(0))) {
          break;
        }
        numbers.add(Integer.valueOf(number));
      }
      return new Partial(numbers, numbers.size() == 3 ? matcher.group(from + 3) : null);
    }

    boolean whole() {
      return numbers.size() == 3;
    }

    String low() {
      String core = text(number(0), number(1), number(2));
      return preRelease == null ? core : core + "-" + preRelease;
    }

    long number(int at) {
      return at < numbers.size() ? numbers.get(at) : 0;
    }

    /// The first version in which the number at this place is greater.
    String after(int at) {
      return switch (at) {
        case 0 -> text(number(0) + 1, 0, 0);
        case 1 -> text(number(0), number(1) + 1, 0);
        default -> text(number(0), number(1), number(2) + 1);
      };
    }

    /// The first version that does not begin with these numbers.
    String end() {
      return after(numbers.size() - 1);
    }

    private static String text(long major, long minor, long patch) {
      return major + "." + minor + "." + patch;
    }
  }

  private VersionRange(List<Group> any) {
    this.any = any;
  }

  /// The range that a text says, or null if it says none.
  static @Nullable VersionRange of(String text) {
    List<Group> any = new ArrayList<>();
    for (String part : text.split("\\|\\|", -1)) {
      Group group = group(part.strip());
      if (group == null) {
        return null;
      }
      any.add(group);
    }
    return new VersionRange(any);
  }

  private static @Nullable Group group(String text) {
    Group group = new Group(new ArrayList<>(), new ArrayList<>());
    Matcher span = SPAN.matcher(text);
    if (span.matches()) {
      add(group, ">=", Partial.of(span, 1));
      add(group, "<=", Partial.of(span, 5));
      return group;
    }
    Matcher term = TERM.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!term.region(at, text.length()).lookingAt()) {
        return null;
      }
      Partial version = Partial.of(term, 2);
      String operator = term.group(1) == null ? "=" : term.group(1);
      if (operator.equals("!=") && !version.whole()) {
        return null;
      }
      add(group, operator, version);
      at = term.end();
    }
    return text.isEmpty() ? null : group;
  }

  private static void add(Group group, String operator, Partial version) {
    if (version.preRelease() != null) {
      group.preReleases().add(version.low());
    }
    List<Predicate<String>> all = group.all();
    if (version.numbers().isEmpty()) {
      if (operator.equals(">") || operator.equals("<")) {
        all.add(_ -> false);
      }
      return;
    }
    String low = version.low();
    switch (operator) {
      case ">=" -> all.add(least(low));
      case "<" -> all.add(below(low));
      case ">" -> all.add(version.whole() ? above(low) : least(version.end()));
      case "<=" -> all.add(version.whole() ? above(low).negate() : below(version.end()));
      case "!=" -> all.add(it -> compare(it, low) != 0);
      case "^" -> {
        all.add(least(low));
        all.add(below(version.after(firstThatCounts(version))));
      }
      case "~", "~>" -> {
        all.add(least(low));
        all.add(below(version.after(Math.min(1, version.numbers().size() - 1))));
      }
      default -> {
        all.add(least(low));
        all.add(version.whole() ? above(low).negate() : below(version.end()));
      }
    }
  }

  /// The place of the first number that is not 0, or of the last that is given.
  private static int firstThatCounts(Partial version) {
    int last = version.numbers().size() - 1;
    int at = 0;
    while (at < last && version.number(at) == 0) {
      at++;
    }
    return at;
  }

  private static Predicate<String> least(String bound) {
    return it -> compare(it, bound) >= 0;
  }

  private static Predicate<String> above(String bound) {
    return it -> compare(it, bound) > 0;
  }

  private static Predicate<String> below(String bound) {
    return it -> compare(it, bound) < 0;
  }

  private static int compare(String a, String b) {
    return SemanticVersion.ORDER.compare(a, b);
  }

  private static String core(String version) {
    return version.substring(0, version.indexOf('-'));
  }

  /// Whether a version lies in the range.
  ///
  /// @param version three numbers, perhaps with a pre-release
  boolean includes(String version) {
    String withoutBuild = withoutBuild(version);
    return any.stream().anyMatch(group -> group.includes(withoutBuild));
  }

  /// What a build is called behind `+` has no place in the order of versions.
  static String withoutBuild(String version) {
    int plus = version.indexOf('+');
    return plus < 0 ? version : version.substring(0, plus);
  }
}
