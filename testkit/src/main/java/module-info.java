/// What tests of code that uses Pirn need: temporary folders, edits as editors and tools make them,
/// and a recorder of reloads that waits without sleeping. Knows of no test framework.
@org.jspecify.annotations.NullMarked
module dev.pirn.testkit {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;

  exports dev.pirn.testkit;
}
