/// A library of patterns that follows its files: load, validate, list, search, recommend, format.
///
/// Start at [Patterns]: it opens folders of pattern files and holds the current [PatternLibrary]. A
/// library is immutable; everything that is derived from it (search, events) says which library it
/// speaks of.
///
/// Each class says how it may be used by several threads. Unless a parameter is marked nullable,
/// passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.patterns;
