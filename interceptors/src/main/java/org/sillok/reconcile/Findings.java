package org.sillok.reconcile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.log.ResourceVersion;
import org.sillok.verification.Step;

/**
 * The findings that are kept. They are numbered from 1; each is open until the log tells of its
 * review, whatever becomes of where it is kept. Thread-safe.
 */
public interface Findings {

  /**
   * Keeps those that are new, and notes of the others that it is still so. A finding is new if it
   * says something else than those before, or if it was reviewed and a whole walk did not see it
   * any more.
   */
  void report(List<Finding> found);

  default void report(Finding finding) {
    report(List.of(finding));
  }

  /** Whether one was seen since, reviewed or not. */
  boolean has(Step step, ResourceVersion version, Instant since);

  /** The first {@code limit} behind the number {@code after} that nobody has reviewed. */
  List<Kept> open(long after, int limit);

  long countOpen();

  /** Those seen since, reviewed or not. */
  List<Kept> seenSince(Instant since, int limit);

  /** Those from one number to another, of those that there are. */
  List<Kept> between(long first, long last);

  /**
   * Writes into the log that those from one number to another were looked at.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  void review(long first, long last, String by, String reason);

  /**
   * @param firstSeen null if that is lost
   * @param lastSeen null if that is lost
   * @param review null as long as nobody has reviewed it
   */
  record Kept(
      long id,
      Finding finding,
      @Nullable Instant firstSeen,
      @Nullable Instant lastSeen,
      @Nullable Review review) {}

  /** Who has looked at a finding, and what came of it. */
  record Review(Instant at, String by, String reason) {}
}
