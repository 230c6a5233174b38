package dev.pirn.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The key of a record component, in full: no prefix is put before it.
///
/// Without it the key of `chunkSize` is the prefix of the binding and `CHUNK_SIZE`.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
  /// The key.
  String value();
}
