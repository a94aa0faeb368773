package org.sillok.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Extends a tree by leaves, given its right edge only: memory is a few tiles whatever the size.
 *
 * <p>It trusts the tiles that it reads, so compare {@link #root} with the last signed root before
 * the first {@link #append}. For one thread at a time; after an exception, or when the tiles could
 * not be stored, make a new one.
 */
public final class TreeAppender {

  private static final int LEVELS = Long.SIZE / Tile.HEIGHT;

  /** The unfinished tile of each level; how much of it holds follows from the size. */
  private final byte[][] edge = new byte[LEVELS][Tile.WIDTH * Hash.SIZE];

  private final NodeHasher hasher = new NodeHasher();
  private long size;

  /**
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws TileException if the tiles don't reach that far
   */
  public TreeAppender(TileReader reader, long size) {
    if (size < 0) {
      throw new IllegalArgumentException("tree size is " + size + ", want 0 or more");
    }
    this.size = size;
    for (int level = 0; level < LEVELS; level++) {
      int bytes = width(level) * Hash.SIZE;
      if (bytes > 0) {
        byte[] tile = reader.hashes(level, index(level));
        if (tile.length < bytes) {
          throw new TileException(level, index(level), tile.length, bytes);
        }
        System.arraycopy(tile, 0, edge[level], 0, bytes);
      }
    }
  }

  public long size() {
    return size;
  }

  public Hash root() {
    return new TiledTree((level, index) -> edge[level]).root(size);
  }

  /** Adds leaf hashes in order; returns the tiles that are new or have grown, each once. */
  public List<Tile> append(List<Hash> leaves) {
    long before = size;
    Math.addExact(before, leaves.size());
    List<Tile> changed = new ArrayList<>();
    for (Hash leaf : leaves) {
      append(leaf, changed);
    }
    for (int level = 0; level < LEVELS; level++) {
      boolean grown = size >>> (level * Tile.HEIGHT) != before >>> (level * Tile.HEIGHT);
      int width = width(level);
      if (grown && width > 0) {
        changed.add(tile(level, index(level), width));
      }
    }
    return changed;
  }

  private void append(Hash leaf, List<Tile> changed) {
    Hash hash = leaf;
    int level = 0;
    while (width(level) == Tile.WIDTH - 1) {
      hash.copyTo(edge[level], (Tile.WIDTH - 1) * Hash.SIZE);
      changed.add(tile(level, index(level), Tile.WIDTH));
      hash = hasher.perfect(edge[level], 0, Tile.WIDTH);
      level++;
    }
    hash.copyTo(edge[level], width(level) * Hash.SIZE);
    size++;
  }

  private Tile tile(int level, long index, int width) {
    return new Tile(level, index, Arrays.copyOf(edge[level], width * Hash.SIZE));
  }

  private int width(int level) {
    return (int) (size >>> (level * Tile.HEIGHT) & (Tile.WIDTH - 1));
  }

  private long index(int level) {
    return size >>> (level * Tile.HEIGHT) >>> Tile.HEIGHT;
  }
}
