/// Settings from `.env` files: live, typed, masked, and edited in place.
///
/// Start at [Settings]: it opens files and holds the current [Values], which are immutable. No
/// `toString`, message, event or history of this package shows the value of a secret.
///
/// Each class says how it may be used by several threads. Unless a parameter is marked nullable,
/// passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.settings;
