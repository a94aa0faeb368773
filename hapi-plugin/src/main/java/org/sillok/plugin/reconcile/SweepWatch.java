package org.sillok.plugin.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.plugin.reconcile.SweepTable.Progress;
import org.sillok.reconcile.DatabaseTrouble;

/**
 * Whether the walk in the background goes on, by what this server remembers and what servers have
 * left under their mark: whoever writes to the database cannot change it. Thread-safe.
 */
final class SweepWatch {

  private static final int FAILURES = 3;
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Duration interval;
  private Instant progressed;
  private boolean resting;
  private int failures;
  private @Nullable String failure;

  /**
   * @param interval from the end of one walk to the beginning of the next
   */
  SweepWatch(Duration interval, InstantSource clock) {
    this.clock = clock;
    this.interval = interval;
    this.progressed = clock.instant();
  }

  /** A server has gone further. */
  synchronized void progressed(Progress progress) {
    progressed = progress.at().isAfter(progressed) ? progress.at() : progressed;
    resting = progress.resting();
  }

  /** A round went well, whether there was something to do or not. */
  synchronized void succeeded() {
    failures = 0;
    failure = null;
  }

  synchronized void failed(Throwable e) {
    failures++;
    failure = DatabaseTrouble.kindOf(e);
  }

  /** Why the walk cannot be relied on, if so. */
  synchronized Optional<String> trouble() {
    if (failure != null && failures >= FAILURES) {
      return Optional.of("it failed " + failures + " times in a row: " + failure);
    }
    Instant latest = progressed.plus(resting ? interval : Duration.ZERO).plus(GRACE);
    return latest.isBefore(clock.instant())
        ? Optional.of("it has not gone on since " + progressed)
        : Optional.empty();
  }
}
