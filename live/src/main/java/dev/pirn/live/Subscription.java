package dev.pirn.live;

/// A listener's registration. Closing it twice does nothing; once `close()` has returned on a
/// thread other than the one that calls listeners, the listener is called at most for what is
/// already on its way to it.
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
