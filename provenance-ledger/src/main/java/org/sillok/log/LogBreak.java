package org.sillok.log;

import org.sillok.merkle.Hash;

/**
 * Where a log of this hospital was closed by the members and its successor took over.
 *
 * @param kept so many leaves of it are in this database as the ledger has them
 * @param size leaves of the last head that the ledger has accepted of it
 */
public record LogBreak(int log, long kept, long size, Hash root) {

  /** Whether leaves that the ledger vouches for are not here. */
  public boolean lost() {
    return kept < size;
  }

  /** For people. */
  @Override
  public String toString() {
    String closed =
        "log " + log + " was closed by the members at " + size + " leaves with the root " + root;
    return lost()
        ? closed
            + ": the first "
            + kept
            + " are here and proved, the "
            + (size - kept)
            + " after them are lost, or were never written by this hospital's servers"
        : closed + ", and all of them are here";
  }
}
