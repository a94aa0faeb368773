package org.sillok.reconcile;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Full checks that somebody asked for; whichever server is free does them. Thread-safe. */
public interface CheckJobs {

  /** Asks for one and returns its id. */
  String request();

  /** Empty if there is none of this id, or not any more. */
  Optional<Job> find(String id);

  /** Stops and forgets it; false if there is none. */
  boolean cancel(String id);

  /**
   * @param begun false as long as no server has taken it up
   * @param finishedAt null until it is done
   */
  record Job(boolean begun, SweepRun run, @Nullable Instant finishedAt) {}
}
