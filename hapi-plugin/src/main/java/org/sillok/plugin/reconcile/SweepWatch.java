package org.sillok.plugin.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this server itself remembers of the walk in the background: whoever writes to the database
 * cannot change it. Thread-safe.
 */
final class SweepWatch {

  private static final int FAILURES = 3;
  private static final int INTERVALS = 3;
  private static final Duration GRACE = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Duration longest;
  private Instant progressed;
  private int failures;
  private @Nullable String failure;

  /**
   * @param interval from the end of one walk to the beginning of the next
   */
  SweepWatch(Duration interval, InstantSource clock) {
    this.clock = clock;
    this.longest = interval.multipliedBy(INTERVALS).plus(GRACE);
    this.progressed = clock.instant();
  }

  /** This server, or another one, has gone further. */
  synchronized void progressed() {
    progressed = clock.instant();
  }

  /** A round went well, whether there was something to do or not. */
  synchronized void succeeded() {
    failures = 0;
    failure = null;
  }

  synchronized void failed(Throwable e) {
    failures++;
    failure = String.valueOf(e);
  }

  /** Why the walk cannot be relied on, if so. */
  synchronized Optional<String> trouble() {
    if (failure != null && failures >= FAILURES) {
      return Optional.of("it failed " + failures + " times in a row: " + failure);
    }
    return progressed.plus(longest).isBefore(clock.instant())
        ? Optional.of("it has not gone on since " + progressed)
        : Optional.empty();
  }
}
