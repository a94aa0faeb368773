package org.sillok.merkle;

import java.util.List;

/**
 * That a leaf stands at a place in a tree: RFC 6962 §2.1.1, checked as in RFC 9162 §2.1.3.2.
 *
 * <p>The record holds whatever a stranger sent; {@link #verify} judges it.
 *
 * @param index the leaf's place, from 0
 * @param size leaves in the tree
 * @param path sibling hashes from the leaf up
 */
public record InclusionProof(long index, long size, List<Hash> path) {

  public InclusionProof {
    path = List.copyOf(path);
  }

  /**
   * @throws ProofException unless {@code leaf} stands at the index in the tree of that size and
   *     root
   */
  public void verify(Hash leaf, Hash root) throws ProofException {
    if (size < 0) {
      throw new ProofException("tree size " + size + " is out of range, want 0 to 2^63-1");
    }
    if (index < 0 || index >= size) {
      throw new ProofException("index " + index + " is not in a tree of size " + size);
    }
    PathShape shape = PathShape.of(index, size);
    if (path.size() != shape.length()) {
      throw new ProofException(
          "inclusion proof has "
              + path.size()
              + " hashes, want "
              + shape.length()
              + " for index "
              + index
              + " of "
              + size);
    }
    Hash got = rootFrom(leaf, shape.inner());
    if (!got.equals(root)) {
      throw new ProofException("inclusion proof leads to root " + got + ", want " + root);
    }
  }

  private Hash rootFrom(Hash leaf, int inner) {
    Hash hash = leaf;
    for (int i = 0; i < path.size(); i++) {
      boolean siblingOnTheRight = i < inner && (index >>> i & 1) == 0;
      hash = siblingOnTheRight ? Rfc6962.node(hash, path.get(i)) : Rfc6962.node(path.get(i), hash);
    }
    return hash;
  }
}
