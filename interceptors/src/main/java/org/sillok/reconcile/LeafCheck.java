package org.sillok.reconcile;

import org.jspecify.annotations.Nullable;
import org.sillok.merkle.Hash;
import org.sillok.verification.Failure;
import org.sillok.verification.ImportEnd;
import org.sillok.verification.LoggedEntry;
import org.sillok.verification.Step;

/**
 * Whether the tree has an entry's leaf at the place that its row names, and whether the entry may
 * stand there.
 */
final class LeafCheck {

  private LeafCheck() {}

  /**
   * Null if it has, if the entry has no place yet, or if that tile is damaged, which is told once.
   */
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
    String place = "leaf " + index + " of log " + number;
    if (index >= log.size(number)) {
      return new Failure(Step.LEAF, place + " does not exist");
    }
    Hash leaf = log.leaf(number, index);
    if (leaf != null && !leaf.equals(entry.leafHash())) {
      return new Failure(Step.LEAF, place + " is another than the entry's");
    }
    return ImportEnd.isImport(entry) && log.isBehindImport(number, index)
        ? ImportEnd.failure(place)
        : null;
  }
}
