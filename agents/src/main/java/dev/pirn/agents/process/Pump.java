package dev.pirn.agents.process;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Reads one stream of a process to its end, and tells its lines.
///
/// It holds one buffer and one line. A listener that is slow makes the process wait, as a full pipe
/// does anywhere.
final class Pump implements Runnable {
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final OutputListener.Source source;
  private final OutputListener listener;
  private final Consumer<String> trouble;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private boolean complained;

  private Pump(
      String name,
      InputStream in,
      OutputListener.Source source,
      OutputListener listener,
      Consumer<String> trouble) {
    this.in = in;
    this.source = source;
    this.listener = listener;
    this.trouble = trouble;
    // A platform thread: a blocking read of a file would keep a virtual one's carrier.
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this);
  }

  static Pump start(
      String name,
      InputStream in,
      OutputListener.Source source,
      OutputListener listener,
      Consumer<String> trouble) {
    Pump pump = new Pump(name, in, source, listener, trouble);
    pump.thread.start();
    return pump;
  }

  @Override
  public void run() {
    LineSplitter splitter = new LineSplitter(LONGEST_LINE, this::tell);
    byte[] buffer = new byte[BUFFER];
    try (in) {
      int count = in.read(buffer);
      while (count >= 0) {
        splitter.add(buffer, count);
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // Closed: by #end, or by the JDK because the process has ended.
    } finally {
      splitter.end();
      ended.countDown();
    }
  }

  private void tell(String line) {
    try {
      listener.line(source, line);
    } catch (RuntimeException | Error e) {
      if (!complained) {
        complained = true;
        trouble.accept(
            thread.getName()
                + ": the listener of the output failed, further failures are not told: "
                + e);
      }
    }
  }

  /// Waits for the end of the stream.
  ///
  /// @return whether it has come
  boolean await(Duration time) throws InterruptedException {
    return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Ends the reading, and wakes a listener that waits.
  void end() {
    thread.interrupt();
  }
}
