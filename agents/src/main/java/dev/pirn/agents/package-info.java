/// Agent processes in any language, swapped when their code changes, behind addresses that stay.
///
/// Null throws a `NullPointerException` everywhere but where `@Nullable` says otherwise.
@NullMarked
package dev.pirn.agents;

import org.jspecify.annotations.NullMarked;
