package org.sillok.merkle;

/**
 * Rebuilds a root from all leaves, in order, keeping one hash per tree level: what an auditor runs
 * over the entries to check the whole log. For one thread at a time.
 */
public final class RootBuilder {

  private final NodeHasher hasher = new NodeHasher();
  private final byte[] current = new byte[Hash.SIZE];

  /** At level i, if bit i of the size is set: the root of a perfect subtree of 2^i leaves. */
  private final byte[] subtrees = new byte[Long.SIZE * Hash.SIZE];

  private long size;

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

  public long size() {
    return size;
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
      hasher.node(subtrees, level * Hash.SIZE, current, 0, current, 0);
    }
    System.arraycopy(current, 0, subtrees, level * Hash.SIZE, Hash.SIZE);
    size = Math.addExact(size, 1);
  }
}
