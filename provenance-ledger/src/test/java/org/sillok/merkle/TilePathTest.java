package org.sillok.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {

  @Test
  void writesIndexesInGroupsOfThreeDigits() {
    assertThat(new TilePath(0, 1_234_067, 256)).hasToString("tile/0/x001/x234/067");
    assertThat(new TilePath(0, 0, 256)).hasToString("tile/0/000");
    assertThat(new TilePath(63, 999, 255)).hasToString("tile/63/999.p/255");
    assertThat(new TilePath(2, 1000, 1)).hasToString("tile/2/x001/000.p/1");
    assertThat(new TilePath(0, 999_999_999_999_999_999L, 256))
        .hasToString("tile/0/x999/x999/x999/x999/x999/999");
  }

  @Test
  void readsBackWhatItWrites() {
    for (long index : new long[] {0, 7, 999, 1000, 1001, 12_345, 1_000_000, 999_999_999_999L}) {
      for (int width : new int[] {1, 9, 10, 99, 100, 255, 256}) {
        TilePath path = new TilePath(width % 64, index, width);
        assertThat(TilePath.parse(path.toString())).isEqualTo(path);
      }
    }
  }

  @Test
  void isWithinATreeThatHasAllItsHashes() {
    for (int level = 0; level < 3; level++) {
      long below = 1L << (8 * level);
      for (long index : new long[] {0, 1, 255}) {
        for (int width : new int[] {1, 255, 256}) {
          TilePath path = new TilePath(level, index, width);
          long leaves = (index * 256 + width) * below;
          assertThat(path.isWithin(leaves)).isTrue();
          assertThat(path.isWithin(leaves - 1)).isFalse();
          assertThat(path.isWithin(0)).isFalse();
        }
      }
    }
    assertThat(new TilePath(63, 0, 1).isWithin(Long.MAX_VALUE)).isFalse();
    assertThat(new TilePath(0, 999_999_999_999_999_999L, 256).isWithin(Long.MAX_VALUE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/x01/002",
        "tile/0/X001/002",
        "tile/0/x001//002",
        "tile/00/000",
        "tile/01/000",
        "tile/64/000",
        "tile/100/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/0/-01",
        "tile/entries/000",
        "tile/data/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/000.p/-1",
        "tile/0/000.p/1/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/x001/x001/x001/x001/x001/x001/001",
        "tile/0/٠٠٠",
        "tile/٠/000",
        "tile/0/../000"
      })
  void refusesEveryOtherSpelling(String path) {
    assertThatThrownBy(() -> TilePath.parse(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a tile path");
  }

  @Test
  void refusesNumbersThatNoTileHas() {
    assertThatThrownBy(() -> new TilePath(64, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TilePath(-1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TilePath(0, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TilePath(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TilePath(0, 0, 257)).isInstanceOf(IllegalArgumentException.class);
  }
}
