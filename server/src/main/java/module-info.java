/// A workspace behind one HTTP port and one event log.
@org.jspecify.annotations.NullMarked
module dev.pirn.server {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.agents;
  requires transitive dev.pirn.patterns;
  requires transitive dev.pirn.registry;
  requires transitive dev.pirn.settings;
  requires transitive dev.pirn.web;
  requires dev.pirn.yaml;
  requires transitive io.vertx.core;
  requires io.vertx.web;
  requires micrometer.core;
  requires micrometer.registry.prometheus;

  exports dev.pirn.server;

  // The records of pirn.yaml are not public.
  opens dev.pirn.server to
      dev.pirn.yaml;
}
