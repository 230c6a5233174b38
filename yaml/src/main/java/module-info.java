/// YAML text to Java records, with the position of every key.
@org.jspecify.annotations.NullMarked
module dev.pirn.yaml {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;
  requires org.snakeyaml.engine;

  exports dev.pirn.yaml;
}
