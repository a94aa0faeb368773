package org.sillok.log;

import java.sql.Connection;
import org.sillok.log.LogFinding.Kind;
import org.sillok.merkle.Hash;
import org.sillok.merkle.RootBuilder;
import org.sillok.merkle.Tile;
import org.sillok.merkle.TilePath;

/** Compares the stored tiles with the hashes that the leaves give, as the tree grows. */
final class TileAudit implements RootBuilder.UpperNodes {

  private static final int LEVELS = Long.SIZE / Tile.HEIGHT;

  private final TileTable stored;
  private final AuditFindings findings;

  /** Of each upper level the stored tile that its last hash stands in. */
  private final byte[][] open = new byte[LEVELS][0];

  /** Whether that was found wrong. */
  private final boolean[] told = new boolean[LEVELS];

  TileAudit(Connection connection, int log, AuditFindings findings) {
    this.stored = new TileTable(connection, log);
    this.findings = findings;
  }

  /** The stored hashes of a level-0 tile, for its leaves to be compared with. */
  byte[] leaves(long tile) {
    return stored.hashes(0, tile);
  }

  /** All its hashes have been compared. */
  void full(int level, long tile, byte[] got) {
    if (got.length != Tile.WIDTH * Hash.SIZE) {
      incomplete(level, tile, Tile.WIDTH, got.length);
    }
  }

  @Override
  public void node(int level, long index, Hash hash) {
    long tile = index / Tile.WIDTH;
    int at = (int) (index % Tile.WIDTH);
    byte[] got = open[level];
    if (got.length == 0 || at == 0) {
      got = stored.hashes(level, tile);
      open[level] = got;
      told[level] &= at > 0;
    }
    if (!told[level] && differs(got, at, hash) && !fitsBelow(level, index, got, at)) {
      findings.add(Kind.TILE_DIFFERS, first(level, tile), path(level, tile, Tile.WIDTH));
      told[level] = true;
    }
    if (at == Tile.WIDTH - 1) {
      full(level, tile, got);
    }
  }

  private static boolean differs(byte[] got, int at, Hash hash) {
    return got.length >= (at + 1) * Hash.SIZE && !Hash.at(got, at * Hash.SIZE).equals(hash);
  }

  /** Whether it is right if the tile below it is: then what differs is an entry, named as such. */
  private boolean fitsBelow(int level, long index, byte[] got, int at) {
    byte[] below = stored.hashes(level - 1, index);
    if (below.length != Tile.WIDTH * Hash.SIZE) {
      return false;
    }
    RootBuilder root = new RootBuilder();
    for (int i = 0; i < below.length; i += Hash.SIZE) {
      root.add(Hash.at(below, i));
    }
    return root.root().equals(Hash.at(got, at * Hash.SIZE));
  }

  /** Of the unfinished tiles only whether they are there; their length is asked for later. */
  void ended(long size) {
    for (int level = 0; level < LEVELS; level++) {
      long inLevel = size >>> (Tile.HEIGHT * level);
      int width = (int) (inLevel % Tile.WIDTH);
      if (width > 0 && stored.hashes(level, inLevel / Tile.WIDTH).length == 0) {
        incomplete(level, inLevel / Tile.WIDTH, width, 0);
      }
    }
  }

  private void incomplete(int level, long tile, int width, int bytes) {
    findings.add(
        Kind.TILE_INCOMPLETE,
        first(level, tile),
        path(level, tile, width) + " has " + bytes + " bytes, want " + width * Hash.SIZE);
  }

  private static long first(int level, long tile) {
    return tile << (Tile.HEIGHT * (level + 1));
  }

  private static String path(int level, long tile, int width) {
    return new TilePath(level, tile, width).toString();
  }
}
