/// YAML text to Java records, with the position of every key.
@org.jspecify.annotations.NullMarked
module dev.pirn.yaml {
  requires static com.google.errorprone.annotations;
  requires transitive dev.pirn.live;
  // Not static: a component is optional if its type is marked @Nullable, which is looked up.
  requires transitive org.jspecify;
  requires org.snakeyaml.engine;

  exports dev.pirn.yaml;
}
