package org.sillok.merkle;

/**
 * Up to 256 consecutive hashes of the tree's level {@code 8 · level}, as C2SP tlog-tiles stores
 * them. Immutable.
 */
public final class Tile {

  /** Hashes in a full tile. */
  public static final int WIDTH = 256;

  /** Tree levels from one tile level to the next. */
  public static final int HEIGHT = 8;

  private final int level;
  private final long index;
  private final byte[] hashes;

  Tile(int level, long index, byte[] hashes) {
    this.level = level;
    this.index = index;
    this.hashes = hashes;
  }

  public int level() {
    return level;
  }

  public long index() {
    return index;
  }

  /** Hashes in it, 1 to 256. */
  public int width() {
    return hashes.length / Hash.SIZE;
  }

  /** The bytes to store and to serve, 32 for each hash. */
  public byte[] toBytes() {
    return hashes.clone();
  }

  @Override
  public String toString() {
    return new TilePath(level, index, width()).toString();
  }
}
