package org.sillok.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sequencer as long as it fills its batches, and remembers how that went. What comes after
 * a batch with room left waits for the next round: under steady load, entries would else be placed
 * one by one, each at the cost of a batch. One thread runs it, any may ask.
 */
final class Sequencing implements Runnable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final IntSupplier sequencer;
  private final int batchSize;
  private final InstantSource clock;
  private volatile Instant succeeded;
  private volatile @Nullable String error;

  /**
   * @param sequencer one batch; returns how many entries it took
   * @param batchSize most entries that it takes at once
   */
  Sequencing(IntSupplier sequencer, int batchSize, InstantSource clock) {
    this.sequencer = sequencer;
    this.batchSize = batchSize;
    this.clock = clock;
    this.succeeded = clock.instant();
  }

  @Override
  public void run() {
    try {
      int taken;
      do {
        taken = sequencer.getAsInt();
        succeeded = clock.instant();
        error = null;
      } while (taken >= batchSize);
    } catch (RuntimeException | Error e) {
      error = e.getCause() == null ? e.toString() : e + ": " + e.getCause().getMessage();
      throw e;
    }
  }

  /** Why the log does not grow: the last batch failed, or has been under way for too long. */
  Optional<String> problem() {
    String failure = error;
    if (failure != null) {
      return Optional.of("fails since " + succeeded + ": " + failure);
    }
    return succeeded.plus(PATIENCE).isBefore(clock.instant())
        ? Optional.of("stands still since " + succeeded)
        : Optional.empty();
  }
}
