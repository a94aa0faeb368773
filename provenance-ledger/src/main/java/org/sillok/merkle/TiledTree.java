package org.sillok.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Roots and proofs for any size that the stored tiles (C2SP tlog-tiles, height 8) reach. Each
 * question reads each tile that it needs once, and no other.
 *
 * <p>What comes out is as good as the tiles: whoever hands a proof on verifies it against a signed
 * root first. As thread-safe as the reader.
 */
public final class TiledTree {

  private final TileReader reader;

  public TiledTree(TileReader reader) {
    this.reader = reader;
  }

  /**
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws TileException if the tiles don't reach that far
   */
  public Hash root(long size) {
    require(size >= 0, "tree size is " + size + ", want 0 or more");
    return size == 0 ? Rfc6962.EMPTY : new TileCache(reader).subtree(0, size);
  }

  /**
   * RFC 6962's PATH(index, D[0:size]).
   *
   * @throws IllegalArgumentException unless 0 ≤ index < size
   * @throws TileException if the tiles don't reach that far
   */
  public InclusionProof inclusion(long index, long size) {
    require(0 <= index && index < size, "index " + index + " is not in a tree of size " + size);
    TileCache tiles = new TileCache(reader);
    List<Hash> path = new ArrayList<>();
    long begin = 0;
    long end = size;
    while (end - begin > 1) {
      long middle = begin + TileCache.split(end - begin);
      if (index < middle) {
        path.add(tiles.subtree(middle, end));
        end = middle;
      } else {
        path.add(tiles.subtree(begin, middle));
        begin = middle;
      }
    }
    Collections.reverse(path);
    return new InclusionProof(index, size, path);
  }

  /**
   * RFC 6962's PROOF(from, D[0:to]); empty from 0 and from {@code to}.
   *
   * @throws IllegalArgumentException unless 0 ≤ from ≤ to
   * @throws TileException if the tiles don't reach that far
   */
  public ConsistencyProof consistency(long from, long to) {
    require(0 <= from && from <= to, "tree sizes " + from + " to " + to + " are out of order");
    if (from == 0) {
      return new ConsistencyProof(0, to, List.of());
    }
    TileCache tiles = new TileCache(reader);
    List<Hash> path = new ArrayList<>();
    long begin = 0;
    long end = to;
    while (end != from) {
      long middle = begin + TileCache.split(end - begin);
      if (from <= middle) {
        path.add(tiles.subtree(middle, end));
        end = middle;
      } else {
        path.add(tiles.subtree(begin, middle));
        begin = middle;
      }
    }
    if (begin > 0) {
      path.add(tiles.subtree(begin, end));
    }
    Collections.reverse(path);
    return new ConsistencyProof(from, to, path);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
