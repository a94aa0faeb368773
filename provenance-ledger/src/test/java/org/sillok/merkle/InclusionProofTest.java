package org.sillok.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InclusionProofTest {

  private static final int LIMIT = 300;
  private static final NaiveTree NAIVE = NaiveTree.ofSize(LIMIT);
  private static final TiledTree TREE = new TiledTree(MemoryTiles.of(NAIVE, LIMIT));

  @Test
  void agreesWithTheRfcForEverySizeAndIndex() throws ProofException {
    for (int size = 1; size <= LIMIT; size++) {
      Hash root = NAIVE.mth(0, size);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = TREE.inclusion(index, size);
        assertThat(proof.path()).isEqualTo(NAIVE.path(index, 0, size));
        proof.verify(NAIVE.leaf(index), root);
      }
    }
  }

  @Test
  void rejectsEverySpoiledPath() {
    for (int size = 1; size <= 128; size++) {
      for (int index = 0; index < size; index++) {
        Hash leaf = NAIVE.leaf(index);
        Hash root = NAIVE.mth(0, size);
        for (List<Hash> path : Mutations.of(TREE.inclusion(index, size).path())) {
          assertRejected(new InclusionProof(index, size, path), leaf, root);
        }
      }
    }
  }

  @Test
  void rejectsAWrongPlaceSizeLeafOrRootEverywhere() {
    for (int size = 1; size <= LIMIT; size++) {
      Hash root = NAIVE.mth(0, size);
      for (int index = 0; index < size; index++) {
        Hash leaf = NAIVE.leaf(index);
        InclusionProof proof = TREE.inclusion(index, size);
        List<Hash> path = proof.path();
        assertRejected(new InclusionProof(index + 1, size, path), leaf, root);
        assertRejected(new InclusionProof(index - 1, size, path), leaf, root);
        assertRejected(new InclusionProof(index ^ 2, size, path), leaf, root);
        int other = size < LIMIT ? size + 1 : size - 1;
        assertRejected(new InclusionProof(index, other, path), leaf, NAIVE.mth(0, other));
        assertRejected(proof, leaf, NAIVE.mth(0, other));
        assertRejected(proof, Mutations.flipped(leaf, index % 256), root);
        assertRejected(proof, leaf, Mutations.flipped(root, index % 256));
      }
    }
  }

  @Test
  void rejectsAnIndexBeyondTheTreeSize() {
    List<Hash> path = TREE.inclusion(3, 7).path();
    for (long index : new long[] {7, 8, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      assertThatThrownBy(
              () -> new InclusionProof(index, 7, path).verify(NAIVE.leaf(3), NAIVE.mth(0, 7)))
          .isInstanceOf(ProofException.class)
          .hasMessage("index " + index + " is not in a tree of size 7");
    }
  }

  @Test
  void rejectsTreeSizesThatAreNone() {
    Hash leaf = NAIVE.leaf(0);
    assertRejected(new InclusionProof(0, 0, List.of()), leaf, leaf);
    assertRejected(new InclusionProof(0, 0, List.of()), leaf, Rfc6962.EMPTY);
    assertRejected(new InclusionProof(0, -1, List.of()), leaf, leaf);
    // 2^63, as a careless reader of an unsigned number would hand it on
    assertRejected(new InclusionProof(0, Long.MIN_VALUE, List.of()), leaf, leaf);
    assertRejected(new InclusionProof(-2, Long.MIN_VALUE, List.of()), leaf, leaf);
  }

  @Test
  void saysHowManyHashesItWantedInAHugeTree() {
    assertThatThrownBy(
            () ->
                new InclusionProof(0, Long.MAX_VALUE, List.of())
                    .verify(NAIVE.leaf(0), NAIVE.leaf(0)))
        .isInstanceOf(ProofException.class)
        .hasMessage("inclusion proof has 0 hashes, want 63 for index 0 of 9223372036854775807");
  }

  private static void assertRejected(InclusionProof proof, Hash leaf, Hash root) {
    try {
      proof.verify(leaf, root);
    } catch (ProofException expected) {
      return;
    }
    throw new AssertionError("accepted " + proof);
  }
}
