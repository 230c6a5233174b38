/// Typed values that follow their files: snapshots, reloads, checks, listeners, history and
/// diagnostics. Depends on the JDK and `dev.pirn.watch` only.
@org.jspecify.annotations.NullMarked
module dev.pirn.live {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.watch;
  requires jdk.jfr;

  exports dev.pirn.live;
}
