package org.sillok.anchor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sillok.log.LogBreak;

/**
 * How far the log is anchored, for health and metrics.
 *
 * @param treeSize leaves in the log
 * @param anchoredSize leaves under the newest head that the ledger has accepted
 * @param anchoredAt when this hospital learned of that
 * @param lastError why the last attempt failed; empty after one that worked
 * @param failingSince when the first of the failed attempts since the last good one was
 * @param stopped why nothing is published: this log does not extend what the ledger has, since it
 *     was rewritten or restored from a backup. Empty again when that has been put right
 * @param breaks where logs of this hospital were closed and others took over
 */
public record AnchorState(
    long treeSize,
    long anchoredSize,
    Optional<Instant> anchoredAt,
    Optional<String> lastError,
    Optional<Instant> failingSince,
    Optional<String> stopped,
    List<LogBreak> breaks) {

  static final AnchorState BEFORE_THE_FIRST_LOOK =
      new AnchorState(
          0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  public AnchorState {
    breaks = List.copyOf(breaks);
  }

  /** Leaves that have their place and wait for the ledger. */
  public long waiting() {
    return Math.max(0, treeSize - anchoredSize);
  }

  AnchorState looked(
      long newTreeSize, long newAnchoredSize, Optional<Instant> when, List<LogBreak> nowBreaks) {
    return new AnchorState(
        newTreeSize, newAnchoredSize, when, lastError, failingSince, stopped, nowBreaks);
  }

  AnchorState worked() {
    return new AnchorState(
        treeSize,
        anchoredSize,
        anchoredAt,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        breaks);
  }

  AnchorState failed(String error, Instant now) {
    return new AnchorState(
        treeSize,
        anchoredSize,
        anchoredAt,
        Optional.of(error),
        Optional.of(failingSince.orElse(now)),
        stopped,
        breaks);
  }

  AnchorState stoppedBy(String reason) {
    return new AnchorState(
        treeSize, anchoredSize, anchoredAt, lastError, failingSince, Optional.of(reason), breaks);
  }
}
