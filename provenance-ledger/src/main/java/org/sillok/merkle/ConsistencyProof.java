package org.sillok.merkle;

import java.util.List;

/**
 * That a tree's first leaves are those of an older tree: RFC 6962 §2.1.2, checked as in RFC 9162
 * §2.1.4.2. From the empty tree, and from a tree to itself, the path is empty.
 *
 * <p>The record holds whatever a stranger sent; {@link #verify} judges it.
 *
 * @param from leaves in the older tree
 * @param to leaves in the newer tree
 */
public record ConsistencyProof(long from, long to, List<Hash> path) {

  public ConsistencyProof {
    path = List.copyOf(path);
  }

  /**
   * @throws ProofException unless the tree of size {@code to} with {@code newRoot} extends the tree
   *     of size {@code from} with {@code oldRoot}
   */
  public void verify(Hash oldRoot, Hash newRoot) throws ProofException {
    if (from < 0 || to < from) {
      throw new ProofException(
          "tree sizes " + from + " to " + to + " are out of order, want 0 <= from <= to < 2^63");
    }
    if (from == 0) {
      requireLength(0);
      requireRoot("old", Rfc6962.EMPTY, oldRoot);
      if (to == 0) {
        requireRoot("new", Rfc6962.EMPTY, newRoot);
      }
    } else if (from == to) {
      requireLength(0);
      requireRoot("new", oldRoot, newRoot);
    } else {
      verifyGrowth(oldRoot, newRoot);
    }
  }

  private void verifyGrowth(Hash oldRoot, Hash newRoot) throws ProofException {
    PathShape shape = PathShape.of(from - 1, to);
    // The largest perfect subtree that ends at the old right edge; it is the old tree itself when
    // from is a power of two, and is left out of the path then.
    int height = Long.numberOfTrailingZeros(from);
    boolean seedIsOldRoot = from == 1L << height;
    int start = seedIsOldRoot ? 0 : 1;
    int inner = shape.inner() - height;
    requireLength(start + inner + shape.border());

    Hash seed = seedIsOldRoot ? oldRoot : path.get(0);
    Hash oldHash = seed;
    Hash newHash = seed;
    long mask = (from - 1) >>> height;
    for (int i = 0; i < inner + shape.border(); i++) {
      Hash sibling = path.get(start + i);
      if (i >= inner || (mask >>> i & 1) == 1) {
        oldHash = Rfc6962.node(sibling, oldHash);
        newHash = Rfc6962.node(sibling, newHash);
      } else {
        newHash = Rfc6962.node(newHash, sibling);
      }
    }
    requireRoot("old", oldHash, oldRoot);
    requireRoot("new", newHash, newRoot);
  }

  private void requireLength(int want) throws ProofException {
    if (path.size() != want) {
      throw new ProofException(
          "consistency proof has "
              + path.size()
              + " hashes, want "
              + want
              + " from size "
              + from
              + " to "
              + to);
    }
  }

  private static void requireRoot(String which, Hash got, Hash want) throws ProofException {
    if (!got.equals(want)) {
      throw new ProofException(
          "consistency proof leads to " + which + " root " + got + ", want " + want);
    }
  }
}
