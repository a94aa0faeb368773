package org.sillok.merkle;

import java.util.HashMap;
import java.util.Map;

/** Nodes of the tree, computed from tiles that are each read once. Lives for one question. */
final class TileCache {

  private record Key(int level, long index) {}

  private final TileReader reader;
  private final NodeHasher hasher = new NodeHasher();
  private final Map<Key, byte[]> tiles = new HashMap<>();

  TileCache(TileReader reader) {
    this.reader = reader;
  }

  /**
   * RFC 6962's MTH(D[begin:end]); the range must be a subtree of some tree, so its begin aligned.
   */
  Hash subtree(long begin, long end) {
    long size = end - begin;
    if (Long.bitCount(size) == 1) {
      return perfect(Long.numberOfTrailingZeros(size), begin);
    }
    long middle = begin + split(size);
    return Rfc6962.node(subtree(begin, middle), subtree(middle, end));
  }

  /** The largest power of two below {@code size}, which is at least 2. */
  static long split(long size) {
    return Long.highestOneBit(size - 1);
  }

  private Hash perfect(int height, long begin) {
    int level = height / Tile.HEIGHT;
    long first = begin >>> (level * Tile.HEIGHT);
    int count = 1 << (height % Tile.HEIGHT);
    int offset = (int) (first % Tile.WIDTH) * Hash.SIZE;
    byte[] tile = tile(level, first / Tile.WIDTH, offset + count * Hash.SIZE);
    return hasher.perfect(tile, offset, count);
  }

  private byte[] tile(int level, long index, int wantBytes) {
    byte[] tile =
        tiles.computeIfAbsent(
            new Key(level, index), key -> reader.hashes(key.level(), key.index()));
    if (tile.length < wantBytes) {
      throw new TileException(level, index, tile.length, wantBytes);
    }
    return tile;
  }
}
