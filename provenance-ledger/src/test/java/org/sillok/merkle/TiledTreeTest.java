package org.sillok.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TiledTreeTest {

  @Test
  void hasTheRootOfEverySizeThatTheTilesReach() {
    NaiveTree naive = NaiveTree.ofSize(600);
    TiledTree tree = new TiledTree(MemoryTiles.of(naive, 600));
    for (int size = 0; size <= 600; size++) {
      assertThat(tree.root(size)).isEqualTo(naive.mth(0, size));
    }
  }

  @Test
  void growsTheSameTreeInBatchesOfAnySize() {
    NaiveTree naive = NaiveTree.ofSize(1500);
    Random random = new Random(6962);
    for (int round = 0; round < 20; round++) {
      MemoryTiles tiles = new MemoryTiles();
      int size = 0;
      while (size < 1500) {
        int next = Math.min(1500, size + random.nextInt(400));
        TreeAppender appender = new TreeAppender(tiles, size);
        assertThat(appender.root()).isEqualTo(naive.mth(0, size));
        tiles.put(appender.append(naive.leaves(size, next)));
        size = next;
        assertThat(appender.size()).isEqualTo(size);
        assertThat(appender.root()).isEqualTo(naive.mth(0, size));
        assertThat(new TiledTree(tiles).root(size)).isEqualTo(naive.mth(0, size));
      }
    }
  }

  @Test
  void givesOutEachChangedTileOnceWithTheWidthThatTheSpecificationSays() {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      leaves.add(leaf(i));
    }
    MemoryTiles tiles = new MemoryTiles();
    List<Tile> changed = new TreeAppender(tiles, 0).append(leaves);
    tiles.put(changed);
    // The example of C2SP tlog-tiles for a tree of 70,000 leaves.
    assertThat(changed).hasSize(273 + 1 + 1 + 1 + 1);
    assertThat(tiles.count()).isEqualTo(changed.size());
    assertThat(changed.stream().filter(tile -> tile.width() < Tile.WIDTH))
        .extracting(Tile::toString)
        .containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");

    assertThat(new TreeAppender(tiles, 70_000).append(List.of(leaf(1))))
        .extracting(Tile::toString)
        .containsExactly("tile/0/273.p/113");
    assertThat(new TreeAppender(tiles, 70_000).append(List.of())).isEmpty();
  }

  @Test
  void provesInAMillionLeavesFromFewTiles() throws ProofException {
    MemoryTiles tiles = new MemoryTiles();
    TreeAppender appender = new TreeAppender(tiles, 0);
    RootBuilder builder = new RootBuilder();
    int size = 1_000_003;
    for (int begin = 0; begin < size; begin += 5000) {
      List<Hash> leaves = new ArrayList<>();
      for (int i = begin; i < Math.min(size, begin + 5000); i++) {
        leaves.add(leaf(i));
        builder.add(leaf(i));
      }
      tiles.put(appender.append(leaves));
    }
    assertThat(appender.root()).isEqualTo(builder.root());

    TiledTree tree = new TiledTree(tiles);
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      int index = random.nextInt(size);
      tiles.reads = 0;
      tree.inclusion(index, size).verify(leaf(index), builder.root());
      assertThat(tiles.reads).isLessThanOrEqualTo(5);
      int from = random.nextInt(size);
      tree.consistency(from, size).verify(tree.root(from), builder.root());
    }
  }

  @Test
  void saysWhichTileIsMissingOrTooShort() {
    NaiveTree naive = NaiveTree.ofSize(600);
    MemoryTiles tiles = MemoryTiles.of(naive, 600);
    TiledTree tree = new TiledTree(tiles);
    assertThatThrownBy(() -> tree.root(601))
        .isInstanceOf(TileException.class)
        .hasMessage("tile/0/2 has 2816 bytes, want at least 2848");
    assertThatThrownBy(() -> new TreeAppender(tiles, 601)).isInstanceOf(TileException.class);
    tiles.remove(0, 1);
    assertThatThrownBy(() -> tree.inclusion(300, 600))
        .isInstanceOf(TileException.class)
        .hasMessageContaining("tile/0/1 has 0 bytes");
    assertThat(tree.inclusion(0, 600).path()).isEqualTo(naive.path(0, 0, 600));
  }

  @Test
  void refusesQuestionsThatMakeNoSense() {
    MemoryTiles tiles = MemoryTiles.of(NaiveTree.ofSize(10), 10);
    TiledTree tree = new TiledTree(tiles);
    assertThatThrownBy(() -> tree.root(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.inclusion(10, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.inclusion(-1, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.inclusion(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(5, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.consistency(-1, 4)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TreeAppender(tiles, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.root(Long.MAX_VALUE)).isInstanceOf(TileException.class);
  }

  @Test
  void aChangedStoredHashChangesTheRoot() {
    MemoryTiles tiles = MemoryTiles.of(NaiveTree.ofSize(300), 300);
    Hash root = new TiledTree(tiles).root(300);
    tiles.hashes(1, 0)[5] ^= 1;
    assertThat(new TreeAppender(tiles, 300).root()).isNotEqualTo(root);
  }

  private static Hash leaf(int i) {
    return Rfc6962.leaf(ByteBuffer.allocate(4).putInt(i).array());
  }
}
