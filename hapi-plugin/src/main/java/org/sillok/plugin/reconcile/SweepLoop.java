package org.sillok.plugin.reconcile;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sillok.plugin.reconcile.SweepTable.Claim;
import org.sillok.reconcile.Sweep;
import org.sillok.reconcile.SweepRun;

/**
 * Takes up walks as they fall due, and goes one page further in every round. A page that fails
 * since the database is in trouble is tried again in the next round. For one thread.
 */
final class SweepLoop implements Runnable {

  private final Sweep sweep;
  private final SweepTable table;
  private final Supplier<Optional<Claim>> claims;
  private final int page;
  private final SweepMetrics metrics;
  private final SweepWatch watch;
  private volatile @Nullable Claim current;

  /**
   * @param claims the next walk, if one is due
   * @param page rows in one round
   */
  SweepLoop(
      Sweep sweep,
      SweepTable table,
      Supplier<Optional<Claim>> claims,
      int page,
      SweepMetrics metrics,
      SweepWatch watch) {
    this.sweep = sweep;
    this.table = table;
    this.claims = claims;
    this.page = page;
    this.metrics = metrics;
    this.watch = watch;
  }

  @Override
  public void run() {
    try {
      round();
      watch.succeeded();
    } catch (RuntimeException | Error e) {
      watch.failed(e);
      throw e;
    }
  }

  /** Whether there is more to do. */
  boolean round() {
    Claim claim = current == null ? claims.get().orElse(null) : current;
    if (claim == null) {
      return false;
    }
    current = claim;
    SweepRun next = sweep.step(claim.run(), page);
    metrics.checked(next.checked() - claim.run().checked());
    Claim further = new Claim(claim.id(), next);
    boolean mine = table.save(further);
    current = mine && !next.isDone() ? further : null;
    if (mine && next.isDone()) {
      metrics.finished();
    }
    return current != null;
  }

  /** Keeps the walk that it is at, however long the present step takes; from any thread. */
  void renew() {
    Claim claim = current;
    if (claim != null) {
      table.renew(claim.id());
    }
  }

  /** Lets another server go on with it. */
  void release() {
    Claim claim = current;
    if (claim != null) {
      table.release(claim.id());
    }
  }
}
