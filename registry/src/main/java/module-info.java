/// The agent registry: query, validate, change and sync the file that declares the agents, and
/// follow it.
@org.jspecify.annotations.NullMarked
module dev.pirn.registry {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;
  requires dev.pirn.yaml;

  exports dev.pirn.registry;

  opens dev.pirn.registry to
      dev.pirn.yaml;
}
