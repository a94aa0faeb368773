package org.sillok.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundLoopTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMillis(5);

  private final Semaphore rounds = new Semaphore(0);

  @Test
  void runsInADaemonThreadOfItsNameByInterval() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (BackgroundLoop loop =
        new BackgroundLoop(
            "sillok-test",
            SOON,
            () -> {
              thread.set(Thread.currentThread());
              rounds.release();
            })) {
      loop.start();
      loop.start();
      rounds.acquire(3);
    }
    assertThat(thread.get().getName()).isEqualTo("sillok-test");
    assertThat(thread.get().isDaemon()).isTrue();
    assertThat(thread.get().isAlive()).isFalse();
  }

  @Test
  void goesOnAfterAFailure() throws Exception {
    try (BackgroundLoop loop =
        new BackgroundLoop(
            "test",
            SOON,
            () -> {
              rounds.release();
              if (rounds.availablePermits() % 2 == 0) {
                throw new IllegalStateException("fails each time");
              }
              throw new StackOverflowError("fails each time");
            })) {
      loop.start();
      rounds.acquire(3);
    }
  }

  @Test
  void closingWaitsForTheRoundAndDoesNotInterruptIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean undisturbed = new AtomicBoolean();
    BackgroundLoop loop =
        new BackgroundLoop(
            "test",
            NEVER,
            () -> {
              rounds.release();
              undisturbed.set(await(go));
            });
    loop.start();
    rounds.acquire();
    Thread closer = new Thread(loop::close);
    closer.start();
    closer.join(100);
    assertThat(closer.isAlive()).isTrue();
    go.countDown();
    closer.join();
    assertThat(undisturbed).isTrue();
    loop.start();
    assertThat(rounds.tryAcquire(50, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void refusesAnIntervalOfNothing() {
    assertThatThrownBy(() -> new BackgroundLoop("test", Duration.ZERO, () -> {}))
        .hasMessageContaining("PT0S");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void goesOnAfterAnError() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    try (BackgroundLoop loop =
        new BackgroundLoop(
            "test",
            SOON,
            () -> {
              rounds.release();
              if (first.getAndSet(false)) {
                throw new StackOverflowError("once");
              }
            })) {
      loop.start();
      assertThat(rounds.tryAcquire(3, 10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
