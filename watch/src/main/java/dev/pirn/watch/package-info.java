/// Recursive file watching that reports a change when its writer has finished.
///
/// Start at [Watcher]: it watches what a [WatchSpec] names and hands every settled [ChangeSet] to a
/// [ChangeListener], on a thread of its own for each subscription.
///
/// Unless a parameter is marked nullable, passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.watch;
