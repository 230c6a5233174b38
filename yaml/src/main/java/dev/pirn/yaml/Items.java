package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How many items there must be, of a record component that is a list, set or map.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Items {
  /// How many there are at least; 0 by default.
  int min() default 0;

  /// How many there are at most; without limit by default.
  int max() default Integer.MAX_VALUE;

  /// Whether an item that is listed twice is an error; false by default. Keys are there once
  /// anyway.
  boolean unique() default false;
}
