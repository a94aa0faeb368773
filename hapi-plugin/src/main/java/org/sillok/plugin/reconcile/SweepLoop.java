package org.sillok.plugin.reconcile;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.sillok.plugin.reconcile.SweepTable.Claim;
import org.sillok.reconcile.Sweep;
import org.sillok.reconcile.SweepRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that takes up walks as they fall due and goes through them page by page, not faster than
 * allowed. A page that fails is tried again, later and later.
 */
final class SweepLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(SweepLoop.class);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Sweep sweep;
  private final SweepTable table;
  private final Supplier<Optional<Claim>> claims;
  private final double rowsPerSecond;
  private final SweepMetrics metrics;

  /**
   * @param claims the next walk, if one is due
   * @param rowsPerSecond the speed limit; infinite for none
   */
  SweepLoop(
      Sweep sweep,
      SweepTable table,
      Supplier<Optional<Claim>> claims,
      double rowsPerSecond,
      SweepMetrics metrics) {
    this.sweep = sweep;
    this.table = table;
    this.claims = claims;
    this.rowsPerSecond = rowsPerSecond;
    this.metrics = metrics;
  }

  @Override
  public void run() {
    Duration wait = IDLE;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Optional<Claim> claim = claims.get();
        if (claim.isPresent()) {
          walk(claim.get());
        } else {
          Thread.sleep(IDLE.toMillis());
        }
        wait = IDLE;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        LOG.warn("The sweep was interrupted; next attempt in {}", wait, e);
        wait = sleep(wait);
      }
    }
  }

  private static Duration sleep(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }

  private void walk(Claim claim) throws InterruptedException {
    SweepRun run = claim.run();
    String id = claim.id();
    try {
      while (!run.isDone()) {
        long begun = System.nanoTime();
        SweepRun next = sweep.step(run);
        long rows = next.checked() - run.checked();
        metrics.checked(rows);
        run = next;
        if (!table.save(new Claim(id, run))) {
          return;
        }
        throttle(rows, System.nanoTime() - begun);
      }
      metrics.finished();
    } finally {
      table.release(id);
    }
  }

  private void throttle(long rows, long nanos) throws InterruptedException {
    long rest = Math.round(rows / rowsPerSecond * 1e9) - nanos;
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (rest > 0) {
      Thread.sleep(Duration.ofNanos(rest).toMillis());
    }
  }
}
