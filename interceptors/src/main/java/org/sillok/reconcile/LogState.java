package org.sillok.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;

/**
 * What the sweep asks of the log as a whole. Made for one page and thrown away: it may remember
 * what it has read. Not thread-safe.
 */
public interface LogState {

  /** Leaves in the log; 0 if there is no such log. */
  long size(int log);

  /** The leaf hash that the tiles have at this place; null if they lack it. */
  @Nullable Hash leaf(int log, long index);

  /** Whether a place comes behind the entry that ended the import. */
  boolean isBehindImport(int log, long index);

  /** The size of the newest checkpoint that the ledger has accepted; 0 before the first. */
  long anchoredSize(int log);

  /**
   * Checks some more of places, tiles, checkpoints and the ledger's record against each other.
   *
   * @param from what the step before gave as {@code next}; empty to begin
   */
  Audited audit(String from);

  /**
   * One step of an audit.
   *
   * @param next where to go on; empty if that was all
   */
  record Audited(List<Finding> findings, String next) {

    public Audited {
      findings = List.copyOf(findings);
    }
  }
}
