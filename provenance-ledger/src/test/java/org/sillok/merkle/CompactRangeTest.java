package org.sillok.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactRangeTest {

  private static byte[] leaf(int i) {
    return ("leaf " + i).getBytes(UTF_8);
  }

  private static RootBuilder add(RootBuilder tree, int until) {
    while (tree.size() < until) {
      tree.add(leaf((int) tree.size()));
    }
    return tree;
  }

  @Test
  void aTreeThatGoesOnFromAnySizeHasTheSameRoot() {
    Hash want = add(new RootBuilder(), 300).root();
    for (int size = 0; size <= 300; size++) {
      CompactRange range = add(new RootBuilder(), size).range();
      CompactRange read = CompactRange.parse(range.toString());
      assertThat(read.size()).isEqualTo(size);
      RootBuilder again = new RootBuilder(read, (level, index, hash) -> {});
      assertThat(again.root()).isEqualTo(add(new RootBuilder(), size).root());
      assertThat(add(again, 300).root()).isEqualTo(want);
    }
  }

  @Test
  void tellsOfEachHashThatAnUpperTileHolds() {
    int size = 66_000;
    Map<String, Hash> told = new HashMap<>();
    RootBuilder tree =
        new RootBuilder(
            CompactRange.EMPTY, (level, index, hash) -> told.put(level + "/" + index, hash));
    TreeAppender tiles = new TreeAppender((level, index) -> new byte[0], 0);
    Map<String, Hash> want = new HashMap<>();
    for (int i = 0; i < size; i++) {
      tree.add(leaf(i));
      for (Tile tile : tiles.append(java.util.List.of(Rfc6962.leaf(leaf(i))))) {
        for (int at = 0; tile.level() > 0 && at < tile.width(); at++) {
          want.put(
              tile.level() + "/" + (tile.index() * Tile.WIDTH + at),
              Hash.at(tile.toBytes(), at * Hash.SIZE));
        }
      }
    }
    assertThat(told).hasSize(size / 256 + size / 65_536).isEqualTo(want);
  }

  @Test
  void refusesWhatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new CompactRange(3, new byte[32]));
    assertThatIllegalArgumentException().isThrownBy(() -> new CompactRange(0, new byte[32]));
    assertThatIllegalArgumentException().isThrownBy(() -> new CompactRange(-1, new byte[64 * 32]));
    for (String text : new String[] {"", "x", "1", "1 ", "1 00", "-1 " + "00".repeat(2048)}) {
      assertThatIllegalArgumentException().isThrownBy(() -> CompactRange.parse(text));
    }
  }
}
