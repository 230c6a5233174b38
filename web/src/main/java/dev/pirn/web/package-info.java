/// Pages that follow their files while they are open.
///
/// Null throws a `NullPointerException` everywhere but where `@Nullable` says otherwise.
@NullMarked
package dev.pirn.web;

import org.jspecify.annotations.NullMarked;
