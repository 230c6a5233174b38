package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a text must be like, of a record component that is a text, or a list, set or map of texts.
///
/// ```java
/// record Release(@Text(max = 100) String title, @Text(matches = "\\d+\\.\\d+", like = "a version like 1.0") String version) {}
/// ```
///
/// A text with a form must be text in YAML too: what is a number or `true` without quotes is an
/// error that says to quote it, because other readers of the file take it for one.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Text {
  /// How many characters it has at least, in code points; 0 by default.
  int min() default 0;

  /// How many characters it has at most, in code points; without limit by default.
  int max() default Integer.MAX_VALUE;

  /// The regular expression that the whole of it matches; none by default. Where a JSON Schema is
  /// wanted, one that means the same in ECMAScript.
  String matches() default "";

  /// What the form is called in messages: `a version like 1.0`.
  String like() default "";
}
