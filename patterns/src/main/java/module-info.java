/// The pattern library: load, validate, list, search, recommend and format patterns that follow
/// their files.
@org.jspecify.annotations.NullMarked
module dev.pirn.patterns {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;
  requires dev.pirn.yaml;
  requires org.apache.lucene.core;
  requires org.apache.lucene.analysis.common;

  exports dev.pirn.patterns;

  opens dev.pirn.patterns to
      dev.pirn.yaml;
}
