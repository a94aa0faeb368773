package org.sillok.merkle;

/**
 * Rebuilds a root from all leaves, in order, keeping one hash per tree level: what an auditor runs
 * over the entries to check the whole log. For one thread at a time.
 */
public final class RootBuilder {

  /** Takes the hashes that tiles of the upper levels hold, each when its subtree is complete. */
  @FunctionalInterface
  public interface UpperNodes {

    /**
     * @param level of the tile, from 1
     * @param index of the hash in its level
     */
    void node(int level, long index, Hash hash);
  }

  private final UpperNodes upper;
  private final NodeHasher hasher = new NodeHasher();
  private final byte[] current = new byte[Hash.SIZE];

  /** At level i, if bit i of the size is set: the root of a perfect subtree of 2^i leaves. */
  private final byte[] subtrees = new byte[Long.SIZE * Hash.SIZE];

  private long size;

  public RootBuilder() {
    this(CompactRange.EMPTY, (level, index, hash) -> {});
  }

  /** Goes on behind the leaves of {@code from}. */
  public RootBuilder(CompactRange from, UpperNodes upper) {
    this.upper = upper;
    this.size = from.size();
    byte[] roots = from.subtrees();
    for (int level = 0, at = 0; level < Long.SIZE; level++) {
      if ((size >>> level & 1) == 1) {
        System.arraycopy(roots, at, subtrees, level * Hash.SIZE, Hash.SIZE);
        at += Hash.SIZE;
      }
    }
  }

  /** Adds a leaf by its data. */
  public void add(byte[] data) {
    hasher.leaf(data, current, 0);
    push();
  }

  /** Adds a leaf by its hash. */
  public void add(Hash leaf) {
    leaf.copyTo(current, 0);
    push();
  }

  /** Adds one of {@code leaves}. */
  public void add(LeafHashes leaves, int leaf) {
    leaves.copyTo(leaf, current);
    push();
  }

  public long size() {
    return size;
  }

  /** What it takes to go on from here. */
  public CompactRange range() {
    byte[] roots = new byte[Long.bitCount(size) * Hash.SIZE];
    for (int level = 0, at = 0; level < Long.SIZE; level++) {
      if ((size >>> level & 1) == 1) {
        System.arraycopy(subtrees, level * Hash.SIZE, roots, at, Hash.SIZE);
        at += Hash.SIZE;
      }
    }
    return new CompactRange(size, roots);
  }

  public Hash root() {
    if (size == 0) {
      return Rfc6962.EMPTY;
    }
    int lowest = Long.numberOfTrailingZeros(size);
    byte[] root = new byte[Hash.SIZE];
    System.arraycopy(subtrees, lowest * Hash.SIZE, root, 0, Hash.SIZE);
    for (int level = lowest + 1; level < Long.SIZE; level++) {
      if ((size >>> level & 1) == 1) {
        hasher.node(subtrees, level * Hash.SIZE, root, 0, root, 0);
      }
    }
    return Hash.of(root);
  }

  private void push() {
    int level = 0;
    for (; (size >>> level & 1) == 1; level++) {
      tell(level);
      hasher.node(subtrees, level * Hash.SIZE, current, 0, current, 0);
    }
    tell(level);
    System.arraycopy(current, 0, subtrees, level * Hash.SIZE, Hash.SIZE);
    size = Math.addExact(size, 1);
  }

  private void tell(int level) {
    if (level > 0 && level % Tile.HEIGHT == 0) {
      upper.node(level / Tile.HEIGHT, size >>> level, Hash.at(current, 0));
    }
  }
}
