package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Between which bounds a number must be, of a record component that is a number.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {
  /// The least; by default there is none.
  double min() default Double.NEGATIVE_INFINITY;

  /// The greatest; by default there is none.
  double max() default Double.POSITIVE_INFINITY;
}
