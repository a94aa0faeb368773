package org.sillok.reconcile;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Step;

/** The findings that are kept. Thread-safe. */
public interface Findings {

  /**
   * Keeps it, or notes that it is still so. A reviewed finding that now says something else counts
   * as not reviewed.
   */
  void report(Finding finding);

  /** Whether there is one, reviewed or not. */
  boolean has(Step step, ResourceVersion version);

  /** The oldest {@code limit} that nobody has reviewed. */
  List<Kept> open(int limit);

  long countOpen();

  /** Those seen since, reviewed or not. */
  List<Kept> seenSince(Instant since, int limit);

  Optional<Kept> find(long id);

  /** Writes the review into the log as well. */
  void review(Kept finding, String by, String reason);

  /**
   * @param review null as long as nobody has reviewed it
   */
  record Kept(
      long id, Finding finding, Instant firstSeen, Instant lastSeen, @Nullable Review review) {}

  /** Who has looked at a finding, and what came of it. */
  record Review(Instant at, String by, String reason) {}
}
