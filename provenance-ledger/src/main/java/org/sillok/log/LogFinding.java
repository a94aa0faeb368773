package org.sillok.log;

/**
 * Something in the stored log is not as it was written.
 *
 * @param position what the kind says: a leaf's index, a row's id or a tree size
 * @param detail for people: got and want; no content of a resource
 */
public record LogFinding(Kind kind, long position, String detail) {

  /** What is wrong. */
  public enum Kind {
    /** No entry has this leaf index. */
    PLACE_EMPTY,
    /** More than one entry has this leaf index. */
    PLACE_TAKEN_TWICE,
    /** The row of this id has a place outside its log, or half a place, or one in no log. */
    PLACE_OUTSIDE,
    /** The text of the entry at this leaf index is not an entry. */
    ENTRY_MALFORMED,
    /** The lookup columns of the entry at this leaf index say something else than its text. */
    ENTRY_COLUMNS_DIFFER,
    /** No server of this hospital wrote the entry and nonce that stand at this leaf index. */
    ENTRY_MAC_INVALID,
    /** The sequencer has set the row of this id aside: its mac is wrong. */
    ENTRY_SET_ASIDE,
    /** A resource version has a second birth entry, in the row of this id. */
    SECOND_BIRTH,
    /** The tile has another hash for this leaf index than the entry. */
    LEAF_DIFFERS,
    /** A tile's row is missing or has another length; the position is its first leaf. */
    TILE_INCOMPLETE,
    /** A tile of an upper level has other hashes than the leaves give; position: first leaf. */
    TILE_DIFFERS,
    /** There is a tile that a tree of this size does not have; position: first leaf. */
    TILE_SURPLUS,
    /** The head of this size has another root than the entries give. */
    CHECKPOINT_ROOT_DIFFERS,
    /** The signed note of the head of this size is not signed by the log, or says other things. */
    CHECKPOINT_NOTE_INVALID,
    /** There is a head of this size, and the tree is smaller. */
    CHECKPOINT_BEYOND_TREE,
    /** The ledger has accepted a head of this size that is not stored. */
    CHECKPOINT_MISSING,
    /** The ledger has accepted another root for this size, or none, or given another receipt. */
    LEDGER_DIFFERS
  }

  @Override
  public String toString() {
    return kind + " " + position + ": " + detail;
  }
}
