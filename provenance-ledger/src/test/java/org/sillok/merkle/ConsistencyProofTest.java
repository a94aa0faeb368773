package org.sillok.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsistencyProofTest {

  private static final int LIMIT = 300;
  private static final NaiveTree NAIVE = NaiveTree.ofSize(LIMIT);
  private static final TiledTree TREE = new TiledTree(MemoryTiles.of(NAIVE, LIMIT));

  @Test
  void agreesWithTheRfcForEveryPairOfSizes() throws ProofException {
    for (int to = 0; to <= LIMIT; to++) {
      for (int from = 0; from <= to; from++) {
        ConsistencyProof proof = TREE.consistency(from, to);
        assertThat(proof.path()).isEqualTo(NAIVE.proof(from, to));
        proof.verify(NAIVE.mth(0, from), NAIVE.mth(0, to));
      }
    }
  }

  @Test
  void rejectsEverySpoiledPath() {
    for (int to = 0; to <= 128; to++) {
      for (int from = 0; from <= to; from++) {
        Hash oldRoot = NAIVE.mth(0, from);
        Hash newRoot = NAIVE.mth(0, to);
        for (List<Hash> path : Mutations.of(TREE.consistency(from, to).path())) {
          assertRejected(new ConsistencyProof(from, to, path), oldRoot, newRoot);
        }
      }
    }
  }

  @Test
  void rejectsWrongRootsAndSizesEverywhere() {
    for (int to = 1; to < LIMIT; to++) {
      for (int from = 1; from <= to; from++) {
        Hash oldRoot = NAIVE.mth(0, from);
        Hash newRoot = NAIVE.mth(0, to);
        ConsistencyProof proof = TREE.consistency(from, to);
        List<Hash> path = proof.path();
        assertRejected(proof, Mutations.flipped(oldRoot, to % 256), newRoot);
        assertRejected(proof, oldRoot, Mutations.flipped(newRoot, from % 256));
        assertRejected(new ConsistencyProof(from - 1, to, path), oldRoot, newRoot);
        assertRejected(new ConsistencyProof(from, to + 1, path), oldRoot, NAIVE.mth(0, to + 1));
        if (from < to) {
          assertRejected(proof, newRoot, oldRoot);
          assertRejected(new ConsistencyProof(from + 1, to, path), oldRoot, newRoot);
          assertRejected(new ConsistencyProof(to, from, path), newRoot, oldRoot);
        }
      }
    }
  }

  @Test
  void rejectsATreeWhosePastWasRewritten() {
    for (int changed = 0; changed < 20; changed++) {
      List<byte[]> leaves = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        leaves.add(NAIVE.data(i == changed ? i + 100 : i));
      }
      NaiveTree rewritten = new NaiveTree(leaves);
      for (int from = changed + 1; from < 40; from++) {
        assertRejected(
            new ConsistencyProof(from, 40, rewritten.proof(from, 40)),
            NAIVE.mth(0, from),
            rewritten.mth(0, 40));
      }
    }
  }

  @Test
  void startsFromTheEmptyTreeOnlyWithItsRoot() throws ProofException {
    Hash root = NAIVE.mth(0, 9);
    new ConsistencyProof(0, 9, List.of()).verify(Rfc6962.EMPTY, root);
    assertRejected(new ConsistencyProof(0, 9, List.of()), root, root);
    assertRejected(new ConsistencyProof(0, 9, List.of(root)), Rfc6962.EMPTY, root);
    assertRejected(new ConsistencyProof(0, 0, List.of()), Rfc6962.EMPTY, root);
    assertRejected(new ConsistencyProof(0, 0, List.of()), root, root);
  }

  @Test
  void rejectsSizesThatAreNegativeOrShrink() {
    Hash root = NAIVE.mth(0, 4);
    assertRejected(new ConsistencyProof(-1, 4, List.of()), root, root);
    assertRejected(new ConsistencyProof(4, -1, List.of()), root, root);
    assertRejected(new ConsistencyProof(Long.MIN_VALUE, Long.MIN_VALUE, List.of()), root, root);
    assertRejected(new ConsistencyProof(4, Long.MIN_VALUE, List.of()), root, root);
    assertThatThrownBy(() -> new ConsistencyProof(5, 4, List.of()).verify(root, root))
        .isInstanceOf(ProofException.class)
        .hasMessageContaining("tree sizes 5 to 4 are out of order");
  }

  @Test
  void wantsTheRightNumberOfHashesInAHugeTree() {
    Hash root = NAIVE.mth(0, 4);
    assertThatThrownBy(() -> new ConsistencyProof(3, Long.MAX_VALUE, List.of()).verify(root, root))
        .isInstanceOf(ProofException.class)
        .hasMessage("consistency proof has 0 hashes, want 64 from size 3 to 9223372036854775807");
  }

  private static void assertRejected(ConsistencyProof proof, Hash oldRoot, Hash newRoot) {
    try {
      proof.verify(oldRoot, newRoot);
    } catch (ProofException expected) {
      return;
    }
    throw new AssertionError("accepted " + proof);
  }
}
