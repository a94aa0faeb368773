package org.sillok.ledger.besu;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Blocks that come by themselves, so that earlier ones are confirmed. */
final class BackgroundMining implements AutoCloseable {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Anvil chain;
  private volatile boolean paused;

  BackgroundMining(Anvil chain) {
    this.chain = chain;
    timer.scheduleWithFixedDelay(this::mine, 0, 50, TimeUnit.MILLISECONDS);
  }

  private synchronized void mine() {
    if (!paused) {
      chain.mine();
    }
  }

  synchronized void pause() {
    paused = true;
  }

  void go() {
    paused = false;
  }

  @Override
  public void close() throws InterruptedException {
    timer.shutdown();
    timer.awaitTermination(10, TimeUnit.SECONDS);
  }
}
