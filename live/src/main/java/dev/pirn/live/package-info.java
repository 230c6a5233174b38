/// A typed value that follows its file.
///
/// Start at [Live]: it opens a [Source], holds the current [Snapshot], and tells listeners about
/// every [Reload].
///
/// Listeners, checks and decoders say in their own docs on which thread they are called. Unless a
/// parameter is marked nullable, passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.live;
