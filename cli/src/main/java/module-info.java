/// The `pirn` command.
@org.jspecify.annotations.NullMarked
module dev.pirn.cli {
  requires static com.google.errorprone.annotations;
  requires static transitive org.jspecify;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires dev.pirn.agents;
  requires dev.pirn.server;
  requires dev.pirn.yaml;
  requires info.picocli;
  requires io.nayuki.qrcodegen;
  requires java.management;
  requires org.slf4j;

  opens dev.pirn.cli to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      dev.pirn.cli.LogSetup;
}
