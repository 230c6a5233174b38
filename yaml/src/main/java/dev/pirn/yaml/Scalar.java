package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a record with one component stand for a single value instead of a mapping: a value type,
/// or the short form among the alternatives of a sealed interface.
///
/// ```java
/// sealed interface Template permits Text, Full {}
/// @Scalar record Text(String content) implements Template {}           // greet: Hello
/// record Full(String description, String content) implements Template {} // greet: {content: …}
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Scalar {}
