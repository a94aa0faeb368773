package org.sillok.testdata.chain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sillok.ledger.TreeHead;
import org.sillok.merkle.ConsistencyProof;
import org.sillok.merkle.Hash;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TileReader;
import org.sillok.merkle.TiledTree;
import org.sillok.merkle.TreeAppender;

/** The tree of a log in memory. For one thread. */
public final class GrowingTree {

  private record Place(int level, long index) {}

  private final Map<Place, byte[]> tiles = new HashMap<>();
  private final TileReader reader =
      (level, index) -> tiles.getOrDefault(new Place(level, index), new byte[0]);
  private final TreeAppender appender = new TreeAppender(reader, 0);
  private final TiledTree tree = new TiledTree(reader);

  public void add(Hash leaf) {
    for (Tile tile : appender.append(List.of(leaf))) {
      tiles.put(new Place(tile.level(), tile.index()), tile.toBytes());
    }
  }

  public TreeHead head() {
    return new TreeHead(appender.size(), appender.root());
  }

  /** From an earlier size to the present one. */
  public ConsistencyProof proof(long from) {
    return tree.consistency(from, appender.size());
  }
}
