package dev.pirn.yaml;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Makes a record component of type `Map<String, X>` take every key that no other component takes,
/// in the order of the file.
///
/// Such a record has no unknown keys. One that is a slip of the pen away from a known key is
/// reported as a warning, and taken.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Extra {}
