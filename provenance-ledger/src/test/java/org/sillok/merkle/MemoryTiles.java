package org.sillok.merkle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A tile store in memory that counts its reads. */
final class MemoryTiles implements TileReader {

  private final Map<String, byte[]> tiles = new HashMap<>();
  int reads;

  static MemoryTiles of(NaiveTree tree, int size) {
    MemoryTiles tiles = new MemoryTiles();
    tiles.put(new TreeAppender(tiles, 0).append(tree.leaves(0, size)));
    return tiles;
  }

  void put(List<Tile> changed) {
    changed.forEach(tile -> tiles.put(tile.level() + "/" + tile.index(), tile.toBytes()));
  }

  void remove(int level, long index) {
    tiles.remove(level + "/" + index);
  }

  int count() {
    return tiles.size();
  }

  @Override
  public byte[] hashes(int level, long index) {
    reads++;
    return tiles.getOrDefault(level + "/" + index, new byte[0]);
  }
}
