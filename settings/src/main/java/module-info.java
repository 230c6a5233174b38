/// Settings from `.env` files: live, typed, masked, and edited in place.
@org.jspecify.annotations.NullMarked
module dev.pirn.settings {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires transitive dev.pirn.live;
  requires dev.pirn.yaml;

  exports dev.pirn.settings;

  opens dev.pirn.settings to
      dev.pirn.yaml;
}
