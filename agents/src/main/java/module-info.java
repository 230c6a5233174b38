/// Agent processes in any language, swapped when their code changes, behind addresses that stay.
@org.jspecify.annotations.NullMarked
module dev.pirn.agents {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;
  requires transitive dev.pirn.settings;
  requires transitive dev.pirn.yaml;
  requires java.compiler;
  requires transitive io.vertx.core;

  exports dev.pirn.agents;

  opens dev.pirn.agents to
      dev.pirn.yaml;
}
