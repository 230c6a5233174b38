/// From a file system to settled change sets: who changed what, net of noise, once the writer has
/// finished. Knows nothing of reloading and depends on the JDK only.
@org.jspecify.annotations.NullMarked
module dev.pirn.watch {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  exports dev.pirn.watch;
}
