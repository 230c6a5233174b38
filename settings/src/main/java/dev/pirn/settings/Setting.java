package dev.pirn.settings;

import dev.pirn.live.Place;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One key with its value and where it comes from. Immutable.
///
/// The value of a secret is given by [#value] only: [#shown] and [#toString] are safe to print.
public final class Setting {
  private static final int LONGEST_QUOTED = 100;

  private final String key;
  private final String value;
  private final boolean secret;
  private final @Nullable EnvEntry entry;

  Setting(String key, String value, boolean secret, @Nullable EnvEntry entry) {
    this.key = key;
    this.value = value;
    this.secret = secret;
    this.entry = entry;
  }

  /// The key.
  public String key() {
    return key;
  }

  /// The value, secret or not, with its references resolved.
  public String value() {
    return value;
  }

  /// Whether the value must not be shown: by its key, because it refers to a secret, or because it
  /// is an address with a password in it.
  public boolean secret() {
    return secret;
  }

  /// Where the value comes from.
  public Origin origin() {
    return entry == null ? Origin.ENVIRONMENT : Origin.of(entry);
  }

  /// The value, or `***` for a secret.
  public String shown() {
    return secret ? Secrets.MASK : value;
  }

  /// For problems; null for the environment.
  @Nullable Place place() {
    return entry == null ? null : entry.valuePlace();
  }

  /// What is shown, in the words of a problem.
  String quoted() {
    if (secret) {
      return Secrets.MASK;
    }
    return value.length() > LONGEST_QUOTED
        ? "\"" + value.substring(0, LONGEST_QUOTED) + "...\""
        : "\"" + value + "\"";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Setting it
        && key.equals(it.key)
        && value.equals(it.value)
        && secret == it.secret
        && origin().equals(it.origin());
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, value, secret, origin());
  }

  /// `KEY=value (file:line)`, masked.
  @Override
  public String toString() {
    return key + "=" + shown() + " (" + origin() + ")";
  }
}
