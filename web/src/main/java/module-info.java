/// Pages that follow their files while they are open.
@org.jspecify.annotations.NullMarked
module dev.pirn.web {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;
  requires transitive io.vertx.core;
  requires io.vertx.httpproxy;

  exports dev.pirn.web;
}
