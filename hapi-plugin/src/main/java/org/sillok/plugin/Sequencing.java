package org.sillok.plugin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the sequencer until nothing waits, and remembers how that went. One thread runs it, any may
 * ask.
 */
final class Sequencing implements Runnable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final IntSupplier sequencer;
  private final InstantSource clock;
  private volatile Instant succeeded;
  private volatile @Nullable String error;

  /**
   * @param sequencer one batch; returns 0 when nothing waits
   */
  Sequencing(IntSupplier sequencer, InstantSource clock) {
    this.sequencer = sequencer;
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
      } while (taken > 0);
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
