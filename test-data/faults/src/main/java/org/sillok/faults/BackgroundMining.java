package org.sillok.faults;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Blocks that come by themselves, so that earlier ones are confirmed. Threads may share it. */
public final class BackgroundMining implements AutoCloseable {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Anvil chain;
  private boolean paused;

  public BackgroundMining(Anvil chain, Duration period) {
    this.chain = chain;
    timer.scheduleWithFixedDelay(this::mine, 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void mine() {
    if (!paused) {
      try {
        chain.mine();
      } catch (IllegalStateException e) {
        // It was killed; perhaps it comes back.
      }
    }
  }

  /** When this returns no block is made any more. */
  public synchronized void pause() {
    paused = true;
  }

  public synchronized void go() {
    paused = false;
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
