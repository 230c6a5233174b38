package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the key that tells the records of a sealed interface apart.
///
/// The key's value is the record's [Key], or else its name; case, `-` and `_` do not count. A
/// record may take the key as a component too.
///
/// ```java
/// @Discriminator("kind")
/// sealed interface Check permits HttpCheck, TcpCheck {}   // check: {kind: http-check, path: /}
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Discriminator {
  /// The key.
  String value();
}
