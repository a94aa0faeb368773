package org.sillok.merkle;

/** Where the tiles of one log are kept. */
@FunctionalInterface
public interface TileReader {

  /**
   * The stored hashes of a tile, 32 bytes each; at least as many as the tree size that the caller
   * asks about has there, maybe more; empty if there is no such tile. The caller doesn't change
   * them. Trouble with the store is thrown unchecked.
   */
  byte[] hashes(int level, long index);
}
