package org.sillok.reconcile;

import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;
import org.sillok.verification.Failure;
import org.sillok.verification.LoggedEntry;
import org.sillok.verification.Step;

/** Whether the tree has an entry's leaf at the place that its row names. */
final class LeafCheck {

  private LeafCheck() {}

  /** Null if it has, or if the entry has no place yet. */
  static @Nullable Failure of(LoggedEntry entry, LogState log) {
    Integer number = entry.log();
    Long index = entry.leafIndex();
    if (number == null && index == null) {
      return null;
    }
    if (number == null || index == null || number < 1 || index < 0) {
      return new Failure(
          Step.LEAF, "row " + entry.id() + " of sillok_entry was taken out of the log");
    }
    Hash leaf = log.leaf(number, index);
    if (leaf != null && leaf.equals(entry.leafHash())) {
      return null;
    }
    return new Failure(
        Step.LEAF,
        "leaf "
            + index
            + " of log "
            + number
            + (leaf == null ? " does not exist" : " is another than the entry's"));
  }
}
