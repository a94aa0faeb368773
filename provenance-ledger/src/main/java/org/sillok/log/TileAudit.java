package org.sillok.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TreeAppender;

/** Builds the tiles again from the leaves and compares them with the stored ones. */
final class TileAudit {

  private final TileTable stored;
  private final AuditFindings findings;
  private final TreeAppender again = new TreeAppender((level, index) -> new byte[0], 0);

  /** The unfinished tile of each level. */
  private final Map<Integer, Tile> edge = new HashMap<>();

  TileAudit(Connection connection, int log, AuditFindings findings) {
    this.stored = new TileTable(connection, log);
    this.findings = findings;
  }

  /** The stored hashes of a level-0 tile, for its leaves to be compared with. */
  byte[] leaves(long tile) {
    return stored.hashes(0, tile);
  }

  /** Goes on with leaves that were compared with level 0. */
  void add(List<Hash> leaves) {
    for (Tile tile : again.append(leaves)) {
      if (tile.width() == Tile.WIDTH) {
        edge.remove(tile.level());
        compare(tile, stored.hashes(tile.level(), tile.index()), true);
      } else {
        edge.put(tile.level(), tile);
      }
    }
  }

  /** Compares the tiles at the edge, which may have grown since, and looks for others. */
  void ended(SurplusQueries surplus) throws SQLException {
    for (Tile tile : edge.values()) {
      compare(tile, stored.hashes(tile.level(), tile.index()), false);
    }
    surplus.tiles();
  }

  /** Of an unfinished tile only whether it is there; whether it is long enough is asked later. */
  private void compare(Tile tile, byte[] got, boolean full) {
    byte[] want = tile.toBytes();
    long firstLeaf = tile.index() << (Tile.HEIGHT * (tile.level() + 1));
    if (full ? got.length != want.length : got.length == 0) {
      findings.add(
          Kind.TILE_INCOMPLETE,
          firstLeaf,
          tile + " has " + got.length + " bytes, want " + want.length);
    } else if (tile.level() > 0) {
      int length = Math.min(got.length, want.length);
      if (!Arrays.equals(got, 0, length, want, 0, length) && !fitsBelow(tile, got, length)) {
        findings.add(Kind.TILE_DIFFERS, firstLeaf, tile.toString());
      }
    }
  }

  /**
   * Whether it is right if the tiles below it are: then what differs is an entry, named as such.
   */
  private boolean fitsBelow(Tile tile, byte[] got, int length) {
    for (int i = 0; i < length / Hash.SIZE; i++) {
      byte[] below = stored.hashes(tile.level() - 1, tile.index() * Tile.WIDTH + i);
      if (below.length != Tile.WIDTH * Hash.SIZE
          || !root(below).equals(Hash.at(got, i * Hash.SIZE))) {
        return false;
      }
    }
    return true;
  }

  private static Hash root(byte[] hashes) {
    RootBuilder root = new RootBuilder();
    for (int at = 0; at < hashes.length; at += Hash.SIZE) {
      root.add(Hash.at(hashes, at));
    }
    return root.root();
  }
}
