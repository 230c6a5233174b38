/// Tests of code that follows files with Pirn.
///
/// [dev.pirn.testkit.TempWorkspace] is a folder that is deleted in the end;
/// [dev.pirn.testkit.Scribe] edits files in it as editors and tools do; [dev.pirn.testkit.Recorder]
/// keeps what a source has told and waits for it.
///
/// Nothing here sleeps, and no test framework is needed. Unless a parameter is marked nullable,
/// passing null throws `NullPointerException`.
@org.jspecify.annotations.NullMarked
package dev.pirn.testkit;
