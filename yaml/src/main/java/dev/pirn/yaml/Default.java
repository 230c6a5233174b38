package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a record component whose key is missing or has no value, written as YAML.
///
/// ```java
/// record App(@Default("8080") int port, @Default("[a, b]") List<String> names) {}
/// ```
///
/// A default that does not fit its component is refused when the decoder is made.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /// YAML text.
  String value();
}
