package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the key of a record component, or the value by which [Discriminator] chooses a record.
///
/// Without it the key of `backendFunction` is its name, and may be written `backendFunction`,
/// `backend_function` or `backend-function`. The same three spellings are understood of a name that
/// is given here and of its aliases.
///
/// ```java
/// record Pattern(@Key(value = "backend_function", aliases = "teradata_function") String function) {}
/// ```
///
/// Where a file has both, the name wins and the alias is reported as a warning. The name in two
/// spellings is an error.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Key {
  /// The name, as messages show it; empty for the component's or the record's own name.
  String value() default "";

  /// Other names that are understood.
  String[] aliases() default {};
}
