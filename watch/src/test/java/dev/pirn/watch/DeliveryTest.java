package dev.pirn.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Path A = Path.of("/a");
  private static final Path B = Path.of("/b");

  private final Recorder recorder = new Recorder();
  private long stamps;

  private Change change(Change.Kind kind, Path path, @Nullable Path from) {
    return new Change(kind, path, from, ++stamps);
  }

  private Change created(Path path) {
    return change(Change.Kind.CREATED, path, null);
  }

  private Change modified(Path path) {
    return change(Change.Kind.MODIFIED, path, null);
  }

  private Change deleted(Path path) {
    return change(Change.Kind.DELETED, path, null);
  }

  /// What comes of changes that are offered while the listener is busy.
  private List<String> merged(Change... changes) {
    Delivery delivery = new Delivery(recorder, Thread::new);
    for (Change change : changes) {
      delivery.offer(List.of(change), null);
    }
    delivery.handOver();
    return recorder.take().stream()
        .map(Recorder.Heard::change)
        .map(change -> change.kind() + " " + change.path() + " " + change.from())
        .toList();
  }

  @Test
  void mergesWhatHappensToAPathWhileTheListenerIsBusy() {
    assertThat(merged(created(A), modified(A))).containsExactly("CREATED /a null");
    assertThat(merged(created(A), deleted(A))).isEmpty();
    assertThat(merged(modified(A), modified(A))).containsExactly("MODIFIED /a null");
    assertThat(merged(modified(A), deleted(A))).containsExactly("DELETED /a null");
    assertThat(merged(deleted(A), created(A))).containsExactly("MODIFIED /a null");
    assertThat(merged(modified(A), modified(B), modified(A)))
        .containsExactly("MODIFIED /b null", "MODIFIED /a null");
  }

  @Test
  void tellsThatAFileIsGoneIfTheListenerMayJustHaveReadIt() {
    CompletableFuture<Delivery> self = new CompletableFuture<>();
    Delivery delivery =
        new Delivery(
            changes -> {
              recorder.onChange(changes);
              if (changes.changes().getFirst().path().equals(A)) {
                self.join().offer(List.of(created(A), deleted(A)), null);
                self.join().offer(List.of(created(B), deleted(B)), null);
              }
            },
            Thread::new);
    self.complete(delivery);
    delivery.offer(List.of(deleted(A)), null);
    delivery.handOver();
    assertThat(recorder.take()).hasSize(1);
    delivery.handOver();
    assertThat(recorder.take())
        .extracting(heard -> heard.change().kind() + " " + heard.change().path())
        .containsExactly("DELETED /a");
  }

  @Test
  void keepsWhereACreatedFileWas() {
    assertThat(merged(change(Change.Kind.CREATED, B, A), modified(B)))
        .containsExactly("CREATED /b /a");
    assertThat(merged(deleted(B), change(Change.Kind.CREATED, B, A)))
        .containsExactly("MODIFIED /b null");
  }

  @Test
  void waitsUntilEverythingWasHandled() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<ChangeSet> seen = new CopyOnWriteArrayList<>();
    Delivery delivery =
        Delivery.named(
            "slow",
            changes -> {
              busy.countDown();
              await(go);
              seen.add(changes);
            });
    delivery.start();
    delivery.offer(List.of(modified(A)), null);
    await(busy);
    delivery.offer(List.of(modified(B)), null);
    assertThat(delivery.waits(A)).isFalse();
    assertThat(delivery.waits(B)).isTrue();
    assertThat(delivery.awaitRest(Duration.ofMillis(20))).isFalse();
    go.countDown();
    assertThat(delivery.awaitRest(LIMIT)).isTrue();
    assertThat(seen).hasSize(2);
    delivery.close(LIMIT);
    assertThat(delivery.awaitRest(LIMIT)).isFalse();
  }

  @Test
  void comesToRestWhenWhatWaitedCancelledItselfOut() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Delivery delivery =
        Delivery.named(
            "none",
            _ -> {
              busy.countDown();
              await(go);
            });
    delivery.start();
    delivery.offer(List.of(modified(A)), null);
    await(busy);
    delivery.offer(List.of(created(B)), null);
    delivery.offer(List.of(deleted(B)), null);
    go.countDown();
    assertThat(delivery.awaitRest(LIMIT)).isTrue();
    delivery.close(LIMIT);
  }

  @Test
  void goesOnAfterAListenerThatThrows() throws Exception {
    List<ChangeSet> seen = new CopyOnWriteArrayList<>();
    Delivery delivery =
        Delivery.named(
            "throwing",
            changes -> {
              seen.add(changes);
              throw new IllegalStateException("on purpose");
            });
    delivery.start();
    delivery.offer(List.of(modified(A)), null);
    assertThat(delivery.awaitRest(LIMIT)).isTrue();
    delivery.offer(List.of(modified(B)), null);
    assertThat(delivery.awaitRest(LIMIT)).isTrue();
    assertThat(seen).hasSize(2);
    assertThat(delivery.failure()).hasMessage("on purpose");
    delivery.close(LIMIT);
  }

  @Test
  void tellsNothingMoreWhenTheListenerClosesIt() {
    AtomicReference<@Nullable Delivery> own = new AtomicReference<>();
    List<Object> seen = new CopyOnWriteArrayList<>();
    Delivery delivery =
        Delivery.named(
            "closing",
            new ChangeListener() {
              @Override
              public void onChange(ChangeSet changes) {
                seen.add(changes);
                Objects.requireNonNull(own.get()).close(LIMIT);
              }

              @Override
              public void onState(WatchState state) {
                seen.add(state);
              }
            });
    own.set(delivery);
    delivery.start();
    delivery.offer(List.of(modified(A)), new WatchState(Backend.INOTIFY, 0, 0, 0, List.of(), null));
    delivery.offer(List.of(modified(B)), null);
    Awaitility.await().atMost(LIMIT).until(() -> !alive("pirn-watch-closing"));
    assertThat(seen).hasSize(1);
  }

  @Test
  void waitsForTheListenerThatIsBeingCalledAndCallsItNoMore() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    List<ChangeSet> seen = new CopyOnWriteArrayList<>();
    CountDownLatch go = new CountDownLatch(1);
    Delivery delivery =
        Delivery.named(
            "busy",
            changes -> {
              busy.countDown();
              await(go);
              seen.add(changes);
            });
    delivery.start();
    delivery.offer(List.of(modified(A)), null);
    await(busy);
    delivery.offer(List.of(modified(B)), null);
    Thread closer = Thread.ofPlatform().start(() -> delivery.close(LIMIT));
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> closer.getState() == Thread.State.TIMED_WAITING && !delivery.waits(B));
    go.countDown();
    closer.join();
    assertThat(alive("pirn-watch-busy")).isFalse();
    assertThat(seen).hasSize(1);
  }

  private static boolean alive(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(one -> one.getName().equals(thread));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
