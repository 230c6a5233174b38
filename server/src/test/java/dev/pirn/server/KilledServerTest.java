package dev.pirn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that is killed leaves nothing that keeps the next from starting.
class KilledServerTest {
  @TempDir private Path folder;

  /// What the other process runs.
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      Server server = Server.start(new Site(Path.of(args[0])).options());
      System.out.println(server.url());
      System.out.flush();
      // Until it is killed, or whoever started it is gone.
      while (System.in.read() >= 0) {}
      server.close();
    }
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath(), Main.class.getName(), folder.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// Everything that this process has, on the class path: modules and patches alike.
  private static String classPath() {
    List<String> all = new ArrayList<>();
    for (Class<?> type : List.of(KilledServerTest.class, Server.class)) {
      all.add(Path.of(java.net.URI.create(location(type))).toString());
    }
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String path = System.getProperty(property);
      if (path != null && !path.isEmpty()) {
        all.add(path);
      }
    }
    return String.join(System.getProperty("path.separator"), all);
  }

  private static String location(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    String url = String.valueOf(type.getClassLoader().getResource(name));
    return url.startsWith("jar:")
        ? url.substring(4, url.indexOf("!/"))
        : url.substring(0, url.length() - name.length());
  }

  private static String url(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    String url = out.readLine();
    assertThat(url).startsWith("http://127.0.0.1:");
    return url;
  }

  @Test
  void isFollowedByOneThatServesWhatTheFilesSay() throws Exception {
    Site site = Site.in(folder);
    Process first = start();
    try {
      String url = url(first);
      assertThat(ServerFile.find(folder).orElseThrow().pid()).isEqualTo(first.pid());
      assertThat(Http.of(url).get("/api/v1/patterns").names()).containsExactly("alpha", "beta");
      site.pattern("gamma", "Written just before");
      first.destroyForcibly();
      assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      first.destroyForcibly();
    }
    assertThat(folder.resolve(".pirn/server.json")).exists();
    assertThat(ServerFile.find(folder)).isEmpty();
    site.delete("patterns/alpha.yaml");

    try (Server second = site.start()) {
      assertThat(Http.of(second).get("/api/v1/patterns").names()).containsExactly("beta", "gamma");
      assertThat(ServerFile.find(folder).orElseThrow().url()).isEqualTo(second.url());
    }
  }

  @Test
  void refusesAServerInAnotherProcess() throws Exception {
    Site site = Site.in(folder);
    Process other = null;
    try (Server server = site.start()) {
      // One that is refused in this process must not take the lock away with it.
      assertThatThrownBy(site::start).isInstanceOf(ServerException.class);
      other = start();
      assertThat(other.inputReader().readLine()).isNull();
      assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(other.exitValue()).isEqualTo(1);
      assertThat(ServerFile.find(folder).orElseThrow().url()).isEqualTo(server.url());
    } finally {
      if (other != null) {
        other.destroyForcibly();
      }
    }
  }

  @Test
  void isNotRunningEvenIfNobodyHasTakenNoteOfItsEnd() throws Exception {
    // The shell becomes a process that waits for none of its children.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 1 & echo $!; exec sleep 60").start();
    try (BufferedReader out = parent.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      Path stat = Path.of("/proc", Long.toString(pid), "stat");
      Awaitility.await().until(() -> Files.readString(stat).contains(") Z "));
      assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
      assertThat(new ServerFile(pid, "http://127.0.0.1:1", "", Instant.now(), null).alive())
          .isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }
}
