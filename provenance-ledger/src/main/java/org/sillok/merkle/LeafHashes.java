package org.sillok.merkle;

import java.util.Arrays;

/** Hashes of consecutive leaves, made from their data. For one thread at a time. */
public final class LeafHashes {

  private final NodeHasher hasher = new NodeHasher();
  private byte[] hashes;
  private int count;

  /**
   * @param room leaves that it has room for at first
   */
  public LeafHashes(int room) {
    hashes = new byte[Math.multiplyExact(room, Hash.SIZE)];
  }

  public void add(byte[] data) {
    hasher.leaf(data, hashes, next());
  }

  /** A place whose leaf is not there; its hash is all zeros. */
  public void addNothing() {
    next();
  }

  private int next() {
    int offset = count * Hash.SIZE;
    if (offset == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(Hash.SIZE, hashes.length * 2));
    }
    count++;
    return offset;
  }

  public int count() {
    return count;
  }

  public Hash at(int leaf) {
    return Hash.at(hashes, leaf * Hash.SIZE);
  }

  /** Whether a tile has exactly this hash at {@code place}. */
  public boolean equalsAt(int leaf, byte[] tile, int place) {
    int offset = leaf * Hash.SIZE;
    int there = place * Hash.SIZE;
    return tile.length >= there + Hash.SIZE
        && Arrays.equals(hashes, offset, offset + Hash.SIZE, tile, there, there + Hash.SIZE);
  }

  void copyTo(int leaf, byte[] target) {
    System.arraycopy(hashes, leaf * Hash.SIZE, target, 0, Hash.SIZE);
  }
}
